import type { Row } from "../warehouse/rows.ts";

/** Rows of queries/reports/site_*.sql and of the metric tables that pages read as they are. */

export type MetricKey =
  | "deployment_frequency"
  | "change_lead_time"
  | "change_fail_rate"
  | "failed_deployment_recovery_time"
  | "deployment_rework_rate";
export type ScopeKind = "organisation" | "team" | "service";
export type PeriodKind = "week" | "month" | "quarter" | "year" | "rolling";
export type Unit = "per day" | "seconds" | "ratio";
/** `unclear`: the interval of the difference holds zero. `too few`: n below 6 in either period. */
export type Verdict = "better" | "worse" | "unclear" | "too few" | "none";

export type ContextRow = Row<"reports.site_context">;

export type FigureRow = Row<
  "reports.site_figure",
  | "value"
  | "p75"
  | "p90"
  | "interval_low"
  | "interval_high"
  | "interval_method"
  | "numerator"
  | "denominator"
  | "pending"
  | "pending_failed"
  | "unknown"
  | "unknown_failed"
  | "changes"
  | "reason"
  | "previous_value"
  | "previous_n"
  | "previous_label"
  | "change"
  | "year_earlier"
  | "year_earlier_label"
  | "year_earlier_change"
  | "median_gap_seconds"
  | "days_per_week"
  | "release_trains"
  | "with_fix"
  | "rejected"
> & {
  readonly role: "latest" | "current" | "earlier";
  readonly status: "ok" | "no data";
  readonly metric: MetricKey;
  readonly scope_kind: ScopeKind;
  readonly period_kind: PeriodKind;
  readonly unit: Unit;
  readonly verdict: Verdict;
  readonly year_earlier_verdict: Verdict;
};

/** `mixed`: one figure of the side is better, another worse. `unknown`: nothing to compare. */
export type SideVerdict = "better" | "worse" | "mixed" | "unclear" | "unknown";

export type HeadlineRow = Row<
  "reports.site_headline",
  | "previous_label"
  | "failures"
  | "deployments"
  | "most_failures_in"
  | "most_failures"
  | "most_failures_deployments"
> & {
  readonly scope_kind: ScopeKind;
  readonly period_kind: PeriodKind;
  readonly speed: SideVerdict;
  readonly safety: SideVerdict;
};

export type StageRow = Row<"reports.site_stage", "value_seconds" | "share"> & {
  readonly scope_kind: ScopeKind;
  readonly period_kind: PeriodKind;
};

export type QuickCheckRow = Pick<
  Row<"metrics.quick_check", "score">,
  "scope_kind" | "scope" | "metric" | "score" | "industry" | "industry_mean" | "period_label"
> & {
  readonly scope_kind: ScopeKind;
  readonly metric: MetricKey;
};

export type ServiceRow = Row<
  "reports.site_service",
  | "repository"
  | "tier"
  | "team"
  | "team_title"
  | "first_live_at"
  | "last_live_at"
  | "retired_at"
  | "oldest_waiting_seconds"
>;

export type TeamRow = Row<"reports.site_team">;

export type OwnershipRow = Row<"reports.site_ownership", "owned_from" | "owned_until"> & {
  readonly when_owned: "before" | "now" | "later";
};

export type LatestReleaseRow = Row<"reports.latest_release">;

export type WaveRow = Omit<Row<"reports.site_wave", "version" | "sha" | "deployer" | "url">, "position"> & {
  readonly kind: "deployment" | "redeployment" | "rollback";
  readonly outcome: "known" | "pending" | "unknown";
};

export type ChangeRow = Omit<
  Row<
    "reports.site_change",
    | "number"
    | "author"
    | "first_commit_at"
    | "opened_at"
    | "coding_seconds"
    | "pickup_seconds"
    | "review_seconds"
    | "no_review_seconds"
    | "merge_to_live_seconds"
    | "wave_version"
    | "url"
  >,
  "position"
>;

export type FailureRow = Omit<
  Row<
    "reports.site_failure",
    | "version"
    | "restored_at"
    | "recovery_seconds"
    | "open_seconds"
    | "incident"
    | "incident_id"
    | "incident_month"
    | "incident_page"
    | "severity"
    | "url"
  >,
  "position"
>;

export type WaitingRow = Omit<Row<"reports.site_waiting", "number" | "author" | "url">, "position">;

export type AttemptRow = Omit<
  Row<"reports.site_attempt", "month" | "version" | "started_at" | "reason" | "url">,
  "position"
>;

export type WeekdayRow = Row<"reports.site_weekday", "value" | "interval_low" | "interval_high">;

export type RiskSummaryRow = Row<"reports.site_risk_summary", "first_at" | "last_at">;

export type RiskPatternRow = Row<
  "reports.site_risk_pattern",
  "service" | "adjusted_risk" | "adjusted_low" | "adjusted_high" | "q"
>;

export type RiskDeploymentRow = Row<"reports.site_risk_deployment">;

export type ChangeRiskRow = Row<
  "reports.site_change_risk",
  "service" | "service_title" | "happens_at" | "month" | "page"
>;

export type ScopeDifferenceRow = Row<
  "reports.site_scope_difference",
  "rate" | "interval_low" | "interval_high"
>;

export type LinkSummaryRow = Row<
  "reports.site_link_summary",
  | "precision"
  | "precision_low"
  | "precision_high"
  | "recall"
  | "recall_low"
  | "recall_high"
  | "best_threshold"
>;

export type LinkClassRow = Row<
  "reports.site_link_class",
  "judged" | "correct" | "mean_confidence" | "share_correct" | "interval_low" | "interval_high"
>;

export type IncidentClassRow = Row<"reports.site_incident_class", "median_restored_seconds">;

export type RecordQualityRow = Row<"correlation.incident_record_quality", "service">;

/** Which period a figure is compared with. */
export type Against = "before" | "year earlier";

/** How many figures of teams or services could be compared in a period, and how many clearly moved. */
export type ComparisonRow = Row<"reports.site_comparison"> & {
  readonly scope_kind: ScopeKind;
  readonly period_kind: PeriodKind;
  readonly role: "latest" | "earlier";
  readonly against: Against;
};

/** A figure of a team or service that clearly moved. */
export type MoveRow = Row<"reports.site_move"> & {
  readonly scope_kind: ScopeKind;
  readonly period_kind: PeriodKind;
  readonly role: "latest" | "earlier";
  readonly against: Against;
  readonly metric: MetricKey;
  readonly unit: Unit;
  readonly verdict: "better" | "worse";
};

/** Something that happened beside the figures, as a trend marks it. */
export type AnnotationRow = Row<"reports.site_annotation", "ended_at"> & {
  readonly scope_kind: ScopeKind;
  readonly period_kind: PeriodKind;
};

export interface ServiceFacts {
  waves: WaveRow[];
  changes: ChangeRow[];
  failures: FailureRow[];
  waiting: WaitingRow[];
  attempts: AttemptRow[];
}

export type SourceRow = Row<"reports.site_source", "collected_until" | "newest_at" | "stale_seconds">;

export type StreamRow = Row<"reports.site_stream", "oldest_at" | "newest_at" | "collected_until">;

export type RejectedRow = Omit<Row<"reports.site_rejected", "column_name" | "row_text">, "position">;

export type RunRow = Omit<
  Row<"reports.site_run", "finished_at" | "message" | "calls" | "points" | "retries" | "waited_seconds">,
  "unchanged"
>;

export type JudgementRow = Row<"reports.site_judgement", "reason" | "decided_by" | "decided_at">;

/** What this build is among those that were published. */
export type PublicationRow = Pick<
  Row<"reports.publication", "base_as_of">,
  "publication" | "is_look_back" | "as_of" | "base_as_of"
>;

export type StepRow = Row<"reports.site_publication">;

export type RestatementRow = Row<"reports.site_restatement", "old_value" | "new_value"> & {
  readonly scope_kind: ScopeKind;
};

/** A restatement as its figure's page tells it. */
export type RestatedRow = Row<"reports.site_restated", "old_value" | "new_value"> & {
  readonly scope_kind: ScopeKind;
  readonly period_kind: PeriodKind;
};

export type ChangeBetweenRow = Row<"reports.site_change_between", "old_value" | "new_value">;

/** Something the data says that the configuration or another record does not know. */
export interface IssueRow extends Pick<
  Row<"reports.site_issue">,
  "kind" | "subject" | "rows" | "effect" | "remedy"
> {
  /** What to write, and into which file; null where nothing is to be added. */
  readonly line_to_add: string | null;
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
