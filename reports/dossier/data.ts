import type { Row } from "../../src/warehouse/rows.ts";

/** What dossiers print: rows of queries/*.sql beside this file. */
export type DossierRow = Row<
  "dossier",
  "service" | "service_title" | "tier" | "occurred_at" | "delivered" | "title"
>;

export type DeploymentRow = Row<
  "dossier_deployment",
  | "service"
  | "service_title"
  | "environment"
  | "finished_at"
  | "live_at"
  | "status"
  | "version"
  | "sha"
  | "branch"
  | "pipeline_run"
  | "workflow"
  | "trigger"
  | "train"
  | "labels"
  | "wave_kind"
  | "outcome"
  | "restored_at"
  | "approvals"
  | "others"
  | "bystanders"
  | "url"
>;

export type RequestRow = Row<
  "dossier_request",
  | "title"
  | "type"
  | "risk"
  | "status"
  | "created_at"
  | "planned_start"
  | "planned_end"
  | "closed_at"
  | "description"
  | "reason"
  | "impact"
  | "rollback_plan"
  | "test_plan"
  | "url"
>;

export type DecisionRow = Row<
  "dossier_decision",
  "role" | "decision" | "decided_at" | "justification" | "withdrawn_at"
>;

export type ChangeRow = Row<
  "dossier_change",
  | "number"
  | "title"
  | "merged_at"
  | "merge_sha"
  | "additions"
  | "deletions"
  | "files_changed"
  | "tickets"
  | "url"
>;

export type ReviewRow = Row<"dossier_review", "number" | "is_by_author" | "state" | "submitted_at" | "url">;

export type TestRow = Row<
  "dossier_test",
  "suite" | "kind" | "environment" | "total" | "failed" | "skipped" | "finished_at" | "outcome"
>;

export type EvidenceRow = Row<"dossier_evidence", "kind" | "occurred_at" | "outcome">;

export type ControlRow = Row<"dossier_control">;

export type IncidentRow = Row<
  "dossier_incident",
  "title" | "severity" | "started_at" | "mitigated_at" | "resolved_at" | "restored_at" | "restored_by" | "verdict_reason" | "cause" | "url"
>;

export type StepRow = Row<"dossier_step", "who">;

/** Rows of all dossiers, table by table. */
export interface DossierTables {
  readonly dossiers: readonly DossierRow[];
  readonly deployments: readonly DeploymentRow[];
  readonly requests: readonly RequestRow[];
  readonly decisions: readonly DecisionRow[];
  readonly changes: readonly ChangeRow[];
  readonly reviews: readonly ReviewRow[];
  readonly tests: readonly TestRow[];
  readonly evidence: readonly EvidenceRow[];
  readonly controls: readonly ControlRow[];
  readonly incidents: readonly IncidentRow[];
  readonly steps: readonly StepRow[];
}

/** Everything that is known of one change. */
export interface Dossier extends Omit<DossierTables, "dossiers"> {
  readonly dossier: DossierRow;
}
