import type { DeploymentDeviationRow, StripRow } from "./control-rows.ts";
import type { Row } from "../warehouse/rows.ts";

/** Rows of queries/reports/site_deployment*.sql and site_incident*.sql. */

export type DeploymentMonthRow = Row<"reports.site_deployment_month">;

export type DeploymentRow = Row<
  "reports.site_deployment",
  | "version"
  | "sha"
  | "duration_seconds"
  | "rollback_recognised_by"
  | "rolled_back_name"
  | "rolled_back_wave_id"
  | "rolled_back_month"
  | "rolled_back_page"
  | "removed_by_name"
  | "removed_by_wave_id"
  | "removed_by_month"
  | "removed_by_page"
  | "off_main_line"
  | "train"
  | "pending_until"
  | "restored_at"
  | "recovery_seconds"
  | "open_seconds"
  | "deployer"
  | "url"
> & {
  readonly kind: "deployment" | "redeployment" | "rollback";
  readonly outcome: "known" | "pending" | "unknown";
};

export type DeploymentChangeRow = Row<
  "reports.site_deployment_change",
  | "number"
  | "author"
  | "basis"
  | "lead_seconds"
  | "coding_seconds"
  | "pickup_seconds"
  | "review_seconds"
  | "no_review_seconds"
  | "merge_to_live_seconds"
  | "has_review"
  | "picked_as"
  | "excluded_reason"
  | "url"
>;

export type DeploymentCommitRow = Row<"reports.site_deployment_commit", "author">;

export type DeploymentTicketRow = Row<"reports.site_deployment_ticket", "title" | "kind" | "url">;

export type DeploymentRunRow = Row<
  "reports.site_deployment_run",
  "workflow" | "trigger" | "attempts" | "unsuccessful_attempts" | "conclusion" | "failed_jobs" | "url"
>;

export type DeploymentApprovalRow = Row<
  "reports.site_deployment_approval",
  "approver" | "role" | "decided_at" | "justification"
>;

export type DeploymentRequestRow = Row<
  "reports.site_deployment_request",
  "title" | "type" | "risk" | "status" | "planned_start" | "planned_end" | "reviewed_at" | "url"
>;

export type DeploymentWindowRow = Row<"reports.site_deployment_window", "reason" | "scope">;

export type DeploymentIncidentRow = Row<"reports.site_deployment_incident", "title" | "severity">;

export type DeploymentAttemptRow = Row<
  "reports.site_deployment_attempt",
  | "version"
  | "sha"
  | "duration_seconds"
  | "reason"
  | "pipeline_run"
  | "then_wave_id"
  | "then_live_at"
  | "then_month"
  | "then_page"
  | "deployer"
  | "url"
>;

/** What is known in all, and which kinds of record any source brings, so that "none" is not "not collected". */
export type EvidenceRow = Row<"reports.site_evidence", "first_deployment_month" | "first_incident_month">;

/** A production deployment with all that is known around it. */
export interface DeploymentEntry {
  readonly wave: DeploymentRow;
  readonly changes: readonly DeploymentChangeRow[];
  readonly commits: readonly DeploymentCommitRow[];
  readonly tickets: readonly DeploymentTicketRow[];
  readonly runs: readonly DeploymentRunRow[];
  readonly approvals: readonly DeploymentApprovalRow[];
  readonly requests: readonly DeploymentRequestRow[];
  readonly windows: readonly DeploymentWindowRow[];
  readonly incidents: readonly DeploymentIncidentRow[];
  /** What controls say of it; null where none judged it. */
  readonly judged: StripRow | null;
  /** What fails or is exempt, of its change requests and earlier attempts too: the first few. */
  readonly deviations: readonly DeploymentDeviationRow[];
}

/** All deployments of a service, newest first. */
export interface ServiceDeployments {
  readonly entries: readonly DeploymentEntry[];
  readonly attempts: readonly DeploymentAttemptRow[];
}

export type IncidentMonthRow = Row<
  "reports.site_incident_month",
  "median_restored_seconds" | "longest_restored_seconds"
>;

export type IncidentRow = Row<
  "reports.site_incident",
  | "title"
  | "severity"
  | "classification"
  | "service"
  | "service_title"
  | "detected_at"
  | "acknowledged_at"
  | "mitigated_at"
  | "resolved_at"
  | "detected_seconds"
  | "acknowledged_seconds"
  | "mitigated_seconds"
  | "resolved_seconds"
  | "restored_at"
  | "restored_by"
  | "restored_seconds"
  | "open_seconds"
  | "cause"
  | "url"
>;

export type CandidateRow = Row<"reports.site_incident_candidate">;

/** A step of an incident, or a deployment around it. */
export type IncidentStepRow = Row<
  "reports.site_incident_step",
  "wave_id" | "service" | "service_title" | "name" | "wave_month" | "wave_page"
>;

export interface IncidentEntry {
  readonly incident: IncidentRow;
  readonly candidates: readonly CandidateRow[];
  readonly steps: readonly IncidentStepRow[];
}
