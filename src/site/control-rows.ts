import type { Severity } from "../controls/entry.ts";
import type { Row } from "../warehouse/rows.ts";

/** Rows of queries/reports/site_*control*.sql, site_adherence.sql and what else pages of controls list. */

export type ControlRow = Row<
  "reports.site_control",
  "rule" | "version" | "rate" | "rate_low" | "rate_high" | "control_coverage"
> & { readonly severity: Severity };

export type ParameterRow = Row<"controls.control_parameter", "unit">;

export type NeedRow = Row<"controls.control_need">;

export type AdherenceRow = Row<"reports.site_adherence", "rate" | "control_coverage"> & {
  readonly kind: "all" | "family" | "team" | "service" | "month";
};

export type ControlMonthRow = Row<"reports.site_control_month", "rate" | "rate_low" | "rate_high">;

export type DeviationRow = Row<
  "reports.site_deviation",
  | "service"
  | "service_title"
  | "environment"
  | "occurred_at"
  | "entry_service"
  | "entry_id"
  | "version"
  | "month"
  | "page"
  | "url"
>;

/** Which services a set of controls judges, and which the configuration leaves out. */
export type ControlScopeRow = Row<
  "reports.site_control_scope",
  "decided_because" | "decided_by" | "decided_since"
>;

export type ControlSettingRow = Row<
  "reports.site_control_setting",
  "unit" | "decided_because" | "decided_by" | "decided_since"
> & { readonly setting: "parameter" | "severity" };

/** Why a control does not apply to what lies in its scope. */
export type ElsewhereRow = Row<"reports.site_control_elsewhere">;

/** A deployment that something says was an emergency, and of which no review was judged. */
export type EmergencyWaveRow = Row<"reports.site_emergency_wave", "version">;

export type AsserterRow = Row<"reports.site_asserter", "shown_as">;

export type StepRow = Row<"reports.site_control_step">;

export type UnknownRow = Row<
  "reports.site_control_unknown",
  "words" | "service" | "service_title" | "first_at" | "last_at"
>;

export type ExemptionRow = Row<
  "reports.site_exemption",
  | "control"
  | "control_title"
  | "scope"
  | "reason"
  | "compensating_control"
  | "approver"
  | "requested_by"
  | "approved_at"
  | "is_back_dated"
  | "entry_service"
  | "entry_id"
  | "month"
  | "page"
  | "valid_from"
  | "valid_until"
  | "age_days"
  | "days_left"
> & { readonly state: "in force" | "not begun" | "ended" | "void" };

export type EmergencyRow = Row<
  "reports.site_emergency",
  | "service"
  | "service_title"
  | "title"
  | "url"
  | "occurred_at"
  | "month"
  | "genuine_status"
  | "genuine_reason"
  | "review_status"
  | "review_reason"
>;

export type EmergencyMonthRow = Row<"reports.site_emergency_month", "ratio">;

export type FrameworkRow = Row<"controls.framework", "note">;

export type FrameworkClauseRow = Row<"reports.site_framework_clause", "control">;

/** What controls say of one deployment or release: `controls` and `statuses` stand side by side, by family. */
export interface StripRow {
  readonly controls: readonly string[];
  readonly statuses: readonly string[];
}

export type DeploymentStripRow = Row<"reports.site_deployment_control"> & StripRow;

/** What fails or is exempt of a deployment, its change requests and its earlier attempts. */
export type DeploymentDeviationRow = Row<"reports.site_deployment_deviation", "name" | "environment" | "list_page"> & {
  readonly relation: "own" | "change request" | "earlier attempt";
};

export type ReleaseStripRow = Row<"reports.site_release_control"> & StripRow;

/** What differs from what was published: for the restatements page only. */
export type ControlChangeRow = Row<"reports.site_control_change">;

export type PathVariantRow = Row<
  "reports.site_path_variant",
  | "departs_at"
  | "departure"
  | "median_seconds"
  | "example_service"
  | "example_month"
  | "example_page"
>;

export type PathTypeRow = Row<"reports.site_path_type">;

export type PathWaitRow = Row<"controls.path_wait", "median_seconds" | "p90_seconds">;

/** What pages of controls show, read before the first page is made. */
export interface ControlLists {
  readonly controls: readonly ControlRow[];
  readonly parameters: readonly ParameterRow[];
  readonly needs: readonly NeedRow[];
  readonly adherence: readonly AdherenceRow[];
  readonly months: readonly ControlMonthRow[];
  readonly steps: readonly StepRow[];
  readonly scopes: readonly ControlScopeRow[];
  readonly settings: readonly ControlSettingRow[];
  readonly elsewhere: readonly ElsewhereRow[];
  readonly emergencyWaves: readonly EmergencyWaveRow[];
  readonly asserters: readonly AsserterRow[];
  readonly deviations: readonly DeviationRow[];
  readonly unknowns: readonly UnknownRow[];
  readonly exemptions: readonly ExemptionRow[];
  readonly emergencies: readonly EmergencyRow[];
  readonly emergencyMonths: readonly EmergencyMonthRow[];
  readonly frameworks: readonly FrameworkRow[];
  readonly clauses: readonly FrameworkClauseRow[];
  readonly changes: readonly ControlChangeRow[];
  readonly pathTypes: readonly PathTypeRow[];
  readonly pathVariants: readonly PathVariantRow[];
  readonly pathWaits: readonly PathWaitRow[];
}
