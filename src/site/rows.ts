/** Rows of queries/reports/site_*.sql and of the metric tables that pages read as they are. */

export type MetricKey =
  | "deployment_frequency"
  | "change_lead_time"
  | "change_fail_rate"
  | "failed_deployment_recovery_time"
  | "deployment_rework_rate";
export type ScopeKind = "organisation" | "team" | "service";
export type PeriodKind = "quarter" | "month" | "week";
export type Unit = "per day" | "seconds" | "ratio";
/** `unclear`: the two intervals overlap. `too few`: n below 6 in either period. */
export type Verdict = "better" | "worse" | "unclear" | "too few" | "none";

export interface ContextRow {
  organisation: string;
  time_zone: string;
  as_of: string;
  run_id: string | null;
  version: string;
  industry: string;
}

export interface FigureRow {
  metric: MetricKey;
  basis: string;
  scope_kind: ScopeKind;
  scope: string;
  period_kind: PeriodKind;
  period_start: string;
  period_end: string;
  period_label: string;
  /** `latest`: the last complete period; `current`: the one that as-of lies in. */
  role: "latest" | "current" | "earlier";
  is_partial: boolean;
  value: number | null;
  unit: Unit;
  n: number;
  p75: number | null;
  p90: number | null;
  interval_low: number | null;
  interval_high: number | null;
  interval_method: string | null;
  numerator: number | null;
  denominator: number | null;
  pending: number | null;
  pending_failed: number | null;
  unknown: number | null;
  unknown_failed: number | null;
  changes: number | null;
  status: "ok" | "no data";
  reason: string | null;
  previous_value: number | null;
  previous_n: number | null;
  previous_label: string | null;
  /** Relative for durations and frequency, in points (0.01 = 1 point) for ratios. */
  change: number | null;
  verdict: Verdict;
  /** The value of the same period a year earlier. */
  year_earlier: number | null;
  /** Deployment frequency only: median time between deployments, and days with one per week. */
  median_gap_seconds: number | null;
  days_per_week: number | null;
  rule_version: string;
  is_local_rule: boolean;
}

export interface StageRow {
  scope_kind: ScopeKind;
  scope: string;
  period_kind: PeriodKind;
  period_start: string;
  basis: string;
  stage: string;
  stage_order: number;
  value_seconds: number | null;
  share: number | null;
}

export interface QuickCheckRow {
  scope_kind: ScopeKind;
  scope: string;
  metric: MetricKey;
  score: number | null;
  industry: string;
  industry_mean: number;
}

export interface ServiceRow {
  service: string;
  title: string;
  repository: string | null;
  tier: number | null;
  regulated: string[];
  upstream: string[];
  team: string | null;
  team_title: string | null;
  first_live_at: string | null;
  last_live_at: string | null;
  retired_at: string | null;
  waiting: number;
  oldest_waiting_seconds: number | null;
  open_failures: number;
}

export interface TeamRow {
  team: string;
  title: string;
  services: string[];
}

/** Facts carry the quarter in which their metric files them. */
interface Filed {
  service: string;
  quarter_label: string;
}

export interface WaveRow extends Filed {
  wave_id: string;
  environment: string;
  version: string | null;
  sha: string | null;
  live_at: string;
  completed_at: string;
  kind: "deployment" | "redeployment" | "rollback";
  copies: number;
  attempts: number;
  changes: number;
  outcome: "known" | "pending" | "unknown";
  is_failure: boolean;
  failure_reasons: string[];
  is_rework: boolean;
  rework_reasons: string[];
  is_withdrawn: boolean;
  deployer: string | null;
  url: string | null;
}

export interface ChangeRow extends Filed {
  change_id: string;
  number: string | null;
  title: string;
  author: string | null;
  kind: string;
  basis: string;
  first_commit_at: string | null;
  opened_at: string | null;
  merged_at: string;
  live_at: string;
  lead_seconds: number;
  coding_seconds: number | null;
  pickup_seconds: number | null;
  review_seconds: number | null;
  no_review_seconds: number | null;
  merge_to_live_seconds: number | null;
  has_review: boolean;
  wave_version: string | null;
  url: string | null;
}

export interface FailureRow extends Filed {
  wave_id: string;
  version: string | null;
  failed_at: string;
  restored_at: string | null;
  recovery_seconds: number | null;
  open_seconds: number | null;
  is_open: boolean;
  is_during_rollout: boolean;
  reasons: string[];
  incident: string | null;
  severity: string | null;
  url: string | null;
}

export interface WaitingRow {
  service: string;
  change_id: string;
  number: string | null;
  title: string;
  author: string | null;
  merged_at: string;
  waiting_seconds: number;
  url: string | null;
}

export interface AttemptRow {
  service: string;
  /** Of the service, more than are listed. */
  attempts: number;
  deployment_id: string;
  environment: string;
  version: string | null;
  started_at: string | null;
  status: string;
  reason: string | null;
  url: string | null;
}

export interface ServiceFacts {
  waves: WaveRow[];
  changes: ChangeRow[];
  failures: FailureRow[];
  waiting: WaitingRow[];
  attempts: AttemptRow[];
}

export interface SourceRow {
  source: string;
  collector: string;
  last_collected_at: string | null;
  last_status: string;
  message: string | null;
  records: number;
  deleted: number;
  rejected: number;
  newest_at: string | null;
  stale_seconds: number | null;
}

export interface StreamRow {
  source: string;
  stream: string;
  records: number;
  versions: number;
  deleted: number;
  rejected: number;
  oldest_at: string | null;
  newest_at: string | null;
}

export interface RejectedRow {
  source: string;
  stream: string;
  file: string;
  line: number;
  column_name: string | null;
  reason: string;
  row_text: string;
}

export interface RunRow {
  run_id: string;
  source: string;
  started_at: string;
  finished_at: string | null;
  status: string;
  records: number;
  rejected: number;
  message: string | null;
}

/** Something the data says that the configuration or another record does not know. */
export interface IssueRow {
  kind: string;
  subject: string;
  rows: number;
  effect: string;
  remedy: string;
}

export interface ChainRow {
  batches: number;
  is_verified: boolean;
  head_sha256: string | null;
  problem: string | null;
}

/** A query file as it ran. */
export interface QueryRow {
  relation: string;
  title: string;
  description: string | null;
  grain: string | null;
  rule: string | null;
  version: string | null;
  is_local: boolean;
  file: string;
  sql: string;
}
