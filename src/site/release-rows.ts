import type {
  ApprovalRow,
  BranchCommitRow,
  ExperimentRow,
  FlagRow,
  LeadTimeSummaryRow,
  PremortemRow,
  ScorecardRow,
  SummaryRow,
  TestRow,
} from "../../reports/release/data.ts";
import type { StripRow } from "./control-rows.ts";
import type { Row } from "../warehouse/rows.ts";

export type { ApprovalRow, BranchCommitRow, ExperimentRow, FlagRow, LeadTimeSummaryRow, PremortemRow, ScorecardRow, SummaryRow, TestRow };

/** Rows of releases: what the packs print, and queries/reports/site_release*.sql. */

/** How a release turned out. */
export type ReleaseOutcome =
  | "ok"
  | "pending"
  | "unknown"
  | "failed"
  | "failed, still open"
  | "rolled back"
  | "withdrawn by a later rollback"
  | "never went live"
  | "not in production"
  | "not deployed";

export type ReleaseRow = Row<
  "reports.site_release",
  | "title"
  | "kind"
  | "train"
  | "planned_at"
  | "published_at"
  | "tried_in"
  | "tried_at"
  | "live_at"
  | "promotion_seconds"
  | "late_seconds"
  | "rolled_back_at"
  | "rolled_back_seconds"
  | "url"
> & { readonly outcome: ReleaseOutcome };

export type ReleaseQuarterRow = Omit<Row<"reports.site_release_quarter">, "position">;

export type ReleaseTrainRow = Omit<
  Row<"reports.site_release_train", "planned_at" | "first_live_at" | "last_live_at">,
  "position"
>;

/** Which kinds of record any source brings at all. */
export type ReleaseSources = Row<"reports.site_release_source">;

export type ReleaseChangeRow = Row<
  "reports.site_release_change",
  | "number"
  | "title"
  | "merged_at"
  | "merge_sha"
  | "tickets"
  | "labels"
  | "approvers"
  | "last_approved_at"
  | "basis"
  | "lead_seconds"
  | "coding_seconds"
  | "pickup_seconds"
  | "review_seconds"
  | "no_review_seconds"
  | "merge_to_live_seconds"
  | "url"
  | "excluded_reason"
>;

export type ReleaseTicketRow = Row<
  "reports.release_tickets",
  "kind" | "title" | "status" | "created_at" | "resolved_at" | "url"
>;

export type ReleaseRequestRow = Row<
  "reports.release_change_requests",
  | "title"
  | "type"
  | "risk"
  | "status"
  | "requested_by"
  | "created_at"
  | "planned_start"
  | "planned_end"
  | "review_at"
  | "closed_at"
  | "url"
>;

export type ReleaseDeploymentRow = Row<
  "reports.site_release_deployment",
  | "environment_kind"
  | "sha"
  | "started_at"
  | "finished_at"
  | "live_at"
  | "duration_seconds"
  | "pipeline_run"
  | "workflow"
  | "run_conclusion"
  | "run_url"
  | "wave_id"
  | "month"
  | "page"
  | "wave_kind"
  | "change_requests"
  | "approval"
  | "url"
  | "excluded_reason"
>;

export type ReleaseWaveRow = Row<
  "reports.site_release_wave",
  | "sha"
  | "started_at"
  | "outcome"
  | "is_failure"
  | "failure_reasons"
  | "is_rework"
  | "rework_reasons"
  | "rolled_back_at"
  | "rolled_back_seconds"
  | "restored_at"
  | "recovery_seconds"
  | "is_open"
>;

export type ReleaseIncidentRow = Row<
  "reports.site_release_incident",
  | "month"
  | "page"
  | "title"
  | "incident_service"
  | "severity"
  | "classification"
  | "mitigated_at"
  | "resolved_at"
  | "restored_at"
  | "restored_by"
  | "cause"
  | "url"
>;

export type ReleaseWindowRow = Row<"reports.release_windows", "scope" | "reason">;

/** Everything that the page of one release shows. */
export interface ReleaseFacts {
  summary: SummaryRow;
  leadTimes: LeadTimeSummaryRow[];
  changes: ReleaseChangeRow[];
  branchCommits: BranchCommitRow[];
  tickets: ReleaseTicketRow[];
  requests: ReleaseRequestRow[];
  approvals: ApprovalRow[];
  tests: TestRow[];
  deployments: ReleaseDeploymentRow[];
  waves: ReleaseWaveRow[];
  incidents: ReleaseIncidentRow[];
  windows: ReleaseWindowRow[];
  scorecard: ScorecardRow[];
  premortem: PremortemRow[];
  flags: FlagRow[];
  experiments: ExperimentRow[];
  /** What controls say of it: one row, or none where none judged it. */
  readonly judged: readonly StripRow[];
}
