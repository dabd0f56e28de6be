import type { Row } from "../../src/warehouse/rows.ts";
import type { PackQuery } from "../pack-queries.ts";

/**
 * What a release pack prints: rows of queries/reports/release_*.sql, in their words. Instants are ISO 8601 in
 * UTC, durations whole seconds, `null` is what no source said.
 */
export interface ReleaseKey {
  readonly service: string;
  readonly version: string;
}

export type SummaryRow = Row<
  "reports.release_summary",
  | "service_title"
  | "repository"
  | "tier"
  | "teams"
  | "release_id"
  | "title"
  | "kind"
  | "train"
  | "tag"
  | "sha"
  | "notes"
  | "planned_at"
  | "published_at"
  | "url"
  | "first_live_at"
  | "last_live_at"
>;

export type WaveRow = Row<
  "reports.release_waves",
  | "sha"
  | "started_at"
  | "outcome"
  | "is_failure"
  | "failure_reasons"
  | "failure_words"
  | "is_rework"
  | "rework_reasons"
  | "rework_words"
  | "restored_at"
  | "recovery_seconds"
  | "is_open"
>;

export type ChangeRow = Row<
  "reports.release_changes",
  | "number"
  | "title"
  | "merged_at"
  | "merge_sha"
  | "additions"
  | "deletions"
  | "files_changed"
  | "commit_count"
  | "tickets"
  | "labels"
  | "approvers"
  | "last_approved_at"
  | "is_before_history"
  | "url"
  | "excluded_reason"
>;

export type BranchCommitRow = Row<"reports.release_branch_commits">;

export type ApprovalRow = Row<
  "reports.release_approvals",
  "subject_title" | "subject_type" | "role" | "decided_at" | "justification" | "url"
>;

/** What one control found of one thing that the release is judged by. */
export type ControlResultRow = Row<"reports.release_control", "environment">;

export type TestRow = Row<
  "reports.release_tests",
  "kind" | "environment" | "sha" | "total" | "failed" | "skipped" | "coverage" | "finished_at" | "url"
>;

export type DeploymentRow = Row<
  "reports.release_deployments",
  | "environment_kind"
  | "sha"
  | "started_at"
  | "finished_at"
  | "live_at"
  | "duration_seconds"
  | "pipeline_run"
  | "wave_id"
  | "wave_kind"
  | "train"
  | "labels"
  | "change_requests"
  | "url"
  | "excluded_reason"
>;

export type LeadTimeRow = Row<
  "reports.release_lead_times",
  | "number"
  | "title"
  | "coding_seconds"
  | "pickup_seconds"
  | "review_seconds"
  | "no_review_seconds"
  | "merge_to_live_seconds"
  | "url"
>;

export type LeadTimeSummaryRow = Row<"reports.release_lead_time_summary">;

export type IncidentRow = Row<
  "reports.release_incidents",
  | "title"
  | "incident_service"
  | "severity"
  | "classification"
  | "mitigated_at"
  | "resolved_at"
  | "restored_at"
  | "restored_by"
  | "verdict_reason"
  | "cause"
  | "url"
>;

export type ScorecardRow = Row<
  "reports.release_scorecard",
  | "value"
  | "n"
  | "hits"
  | "before_value"
  | "after_value"
  | "interval_low"
  | "interval_high"
  | "during_seconds"
  | "connect"
>;

export type PremortemRow = Row<
  "reports.release_premortem",
  "live_at" | "owner" | "sign" | "classification" | "written_at" | "url"
>;

export type FlagRow = Row<"reports.release_flags", "share_then" | "last_at" | "share_last">;

export type ExperimentRow = Row<
  "reports.release_experiments",
  | "name"
  | "metric"
  | "flag"
  | "control_value"
  | "variant_value"
  | "difference"
  | "effect"
  | "difference_low"
  | "difference_high"
  | "decision"
  | "started_at"
  | "decided_at"
>;

export type SourceRow = Row<
  "reports.release_sources",
  "stream" | "declared_total" | "newest_at" | "collected_until" | "records_sha256"
>;

export type CompletenessRow = Row<"reports.release_completeness", "asserted_from" | "asserted_until">;

/** What the pack was made from, and by what: the same gives the same bytes, however it was collected. */
export type Provenance = Row<"reports.provenance">;

/** How the data came: beside the PDF only, since another collection of the same records need not repeat it. */
export type CollectionLogRow = Row<
  "reports.collection_log",
  | "batch"
  | "product_version"
  | "started_at"
  | "finished_at"
  | "status"
  | "pages"
  | "stored"
  | "unchanged"
  | "deleted"
  | "rejected"
  | "declared_total"
  | "calls"
  | "points"
  | "retries"
  | "waited_seconds"
  | "message"
  | "sha256"
  | "chain_sha256"
>;

export interface ReleasePackData {
  readonly provenance: Provenance;
  readonly summary: SummaryRow;
  readonly waves: readonly WaveRow[];
  readonly changes: readonly ChangeRow[];
  readonly branchCommits: readonly BranchCommitRow[];
  readonly approvals: readonly ApprovalRow[];
  readonly controls: readonly ControlResultRow[];
  readonly tests: readonly TestRow[];
  readonly deployments: readonly DeploymentRow[];
  readonly leadTimes: readonly LeadTimeRow[];
  readonly leadTimeSummary: readonly LeadTimeSummaryRow[];
  readonly incidents: readonly IncidentRow[];
  readonly scorecard: readonly ScorecardRow[];
  readonly premortem: readonly PremortemRow[];
  readonly flags: readonly FlagRow[];
  readonly experiments: readonly ExperimentRow[];
  readonly sources: readonly SourceRow[];
  readonly completeness: readonly CompletenessRow[];
  readonly queries: readonly PackQuery[];
  readonly collectionLog: readonly CollectionLogRow[];
}
