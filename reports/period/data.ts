import type { Row } from "../../src/warehouse/rows.ts";
import type { PackQuery } from "../pack-queries.ts";
import type { Dossier, DossierTables } from "../dossier/data.ts";
import type { CollectionLogRow, Provenance } from "../release/data.ts";
import type { SampleData } from "../sampling/data.ts";
import type { Period } from "./range.ts";

/** What a period pack prints: rows of queries/*.sql beside this file, in their words. `null` is what no source said. */
export type ScopeRow = Row<
  "period_scope",
  "framework" | "framework_short" | "framework_title" | "framework_edition"
>;

export type ControlRow = Row<
  "period_control",
  "rule" | "version" | "sha256" | "rate" | "rate_low" | "rate_high"
>;

export type TotalRow = Row<"period_total", "rate">;

export type DeviationRow = Row<
  "period_deviation",
  "service" | "service_title" | "environment" | "occurred_at" | "request_native_id" | "url"
>;

export type UnknownRow = Row<
  "period_unknown",
  "unknown_words" | "service" | "service_title" | "first_at" | "last_at"
>;

export type OpenUnitRow = Row<
  "period_open_unit",
  "service" | "environment" | "occurred_at" | "unknown_words"
>;

export type NotJudgedRow = Row<"period_not_judged">;

export type SettingRow = Row<"period_setting", "value" | "preset" | "unit">;

export type ChangedSettingRow = Row<"period_changed_setting", "preset" | "reason" | "decided_by">;

/** The one without a cause is of all failures. */
export type CauseRow = Row<"period_cause", "cause">;

export type MappingRow = Row<"period_mapping", "renamed" | "converted" | "split" | "times">;

export type RecordRow = Row<"period_record", "source" | "stream" | "line" | "key" | "sha256">;

export type LeftOutRow = Row<"period_left_out">;

export type ServiceRow = Row<"period_service", "tier" | "teams">;

export type SourceRow = Row<
  "period_source",
  | "stream"
  | "declared_total"
  | "difference"
  | "asserted_by"
  | "oldest_at"
  | "newest_at"
  | "collected_until"
  | "records_sha256"
  | "queries_sha256"
>;

/** A row that a source gave and that could not be read; the first sixty. */
export type RejectedRow = Row<"reports.site_rejected", "file" | "line" | "column_name" | "row_text">;

export type SourceVerdictRow = Row<"period_source_verdict", "status" | "reason" | "asked">;

export type PopulationRow = Row<"period_population", "csv" | "sha256">;

export type ExcludedRow = Row<"period_excluded", "service" | "environment" | "status">;

export type DeploymentRow = Row<
  "period_deployment",
  | "service"
  | "service_title"
  | "environment"
  | "finished_at"
  | "live_at"
  | "status"
  | "version"
  | "sha"
  | "pipeline_run"
  | "train"
  | "wave_id"
  | "wave_kind"
  | "outcome"
  | "url"
>;

export type RequestRow = Row<
  "period_request",
  | "service"
  | "title"
  | "type"
  | "risk"
  | "status"
  | "planned_start"
  | "planned_end"
  | "deployed_at"
  | "closed_at"
  | "reconciled"
  | "reconciled_reason"
  | "url"
>;

export type ReconciliationRow = Row<"period_reconciliation">;

export type UnreconciledRow = Row<"period_unreconciled", "service" | "service_title">;

export type ExemptionRow = Row<
  "period_exemption",
  | "control"
  | "control_title"
  | "scope"
  | "reason"
  | "compensating_control"
  | "approver"
  | "valid_from"
  | "valid_until"
>;

export type ExemptUnitRow = Row<"period_exempt_unit", "service" | "environment" | "occurred_at">;

export type EmergencyRow = Row<
  "period_emergency",
  | "service"
  | "service_title"
  | "title"
  | "genuine_status"
  | "genuine_reason"
  | "review_status"
  | "review_reason"
  | "url"
>;

export type DecisionRow = Row<
  "period_decision",
  "service" | "subject_type" | "role" | "decision" | "decided_at" | "justification"
>;

export type SeparationRow = Row<"period_separation", "service" | "service_title">;

export type SelfApprovedRow = Row<"period_self_approved", "service" | "service_title" | "type" | "url">;

export type TestRow = Row<
  "period_test",
  | "service"
  | "suite"
  | "kind"
  | "environment"
  | "total"
  | "failed"
  | "skipped"
  | "coverage"
  | "finished_at"
  | "outcome"
>;

export type TestSummaryRow = Row<"period_test_summary", "service" | "service_title">;

export type IncidentRow = Row<
  "period_incident",
  | "title"
  | "service"
  | "severity"
  | "started_at"
  | "mitigated_at"
  | "resolved_at"
  | "restored_at"
  | "restored_by"
  | "wave_id"
  | "deployment_id"
  | "deployed_service"
  | "confidence"
  | "class"
  | "verdict_reason"
  | "cause"
  | "url"
>;

export type ClauseRow = Row<
  "period_clause",
  "position" | "control" | "control_title" | "passed" | "failed" | "unknown" | "exempt" | "not_judged"
>;

export type UnverifiedRow = Row<"period_unverified", "edition" | "publisher">;

export interface PeriodPackData {
  readonly period: Period;
  /** Prints every row of every list. */
  readonly isFull: boolean;
  readonly provenance: Provenance;
  readonly scope: ScopeRow;
  readonly services: readonly ServiceRow[];
  readonly changedSettings: readonly ChangedSettingRow[];
  readonly causes: readonly CauseRow[];
  readonly mappings: readonly MappingRow[];
  readonly records: readonly RecordRow[];
  readonly leftOut: readonly LeftOutRow[];
  readonly controls: readonly ControlRow[];
  readonly totals: readonly TotalRow[];
  readonly deviations: readonly DeviationRow[];
  readonly unknowns: readonly UnknownRow[];
  readonly openUnits: readonly OpenUnitRow[];
  readonly notJudged: readonly NotJudgedRow[];
  readonly settings: readonly SettingRow[];
  readonly sources: readonly SourceRow[];
  readonly sourceVerdicts: readonly SourceVerdictRow[];
  readonly rejected: readonly RejectedRow[];
  readonly populations: readonly PopulationRow[];
  readonly excluded: readonly ExcludedRow[];
  readonly deployments: readonly DeploymentRow[];
  readonly requests: readonly RequestRow[];
  readonly reconciliation: readonly ReconciliationRow[];
  readonly unreconciled: readonly UnreconciledRow[];
  readonly exemptions: readonly ExemptionRow[];
  readonly exemptUnits: readonly ExemptUnitRow[];
  readonly emergencies: readonly EmergencyRow[];
  readonly decisions: readonly DecisionRow[];
  readonly separation: readonly SeparationRow[];
  readonly selfApproved: readonly SelfApprovedRow[];
  readonly tests: readonly TestRow[];
  readonly testSummary: readonly TestSummaryRow[];
  readonly incidents: readonly IncidentRow[];
  readonly clauses: readonly ClauseRow[];
  readonly frameworks: readonly UnverifiedRow[];
  /** The sample that was asked for. */
  readonly sample: SampleData | undefined;
  /** One for each sampled deployment, in the order of the sample. */
  readonly dossiers: readonly Dossier[];
  /** The same rows, table by table. */
  readonly dossierTables: DossierTables | undefined;
  readonly queries: readonly PackQuery[];
  readonly collectionLog: readonly CollectionLogRow[];
}
