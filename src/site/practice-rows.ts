import type { Row } from "../warehouse/rows.ts";

/** Rows of queries/reports/site_measure*.sql and site_practice.sql. */

export type MeasureRow = Row<
  "reports.site_measure",
  | "better"
  | "cut"
  | "version"
  | "period_label"
  | "period_start"
  | "is_current"
  | "n"
  | "hits"
  | "value"
  | "interval_low"
  | "interval_high"
  | "previous_label"
  | "previous_value"
  | "previous_n"
  | "previous_hits"
> & { readonly verdict: "better" | "worse" | "unclear" | "too few" | "none" };

export type MeasureQuarterRow = Row<
  "reports.site_measure_quarter",
  "hits" | "value" | "interval_low" | "interval_high"
>;

export type MeasurePartRow = Row<"reports.site_measure_part", "hits" | "value" | "interval_low" | "interval_high"> & {
  readonly part_kind: "cut" | "team" | "service";
};

export type PracticePlaceRow = Row<
  "reports.site_practice",
  | "out_of_scope"
  | "place_title"
  | "area"
  | "period_label"
  | "passed"
  | "failed"
  | "unknown"
  | "exempt"
  | "value"
  | "unit"
  | "n"
  | "hits"
  | "connect"
> & {
  readonly kind: "control" | "measure" | "metric" | "page" | "pack" | "product";
  readonly state: "ok" | "no data" | "switched off" | "listed";
};

export type CalendarRow = Row<
  "reports.site_calendar",
  "scope" | "ends_at" | "actual_at" | "days_late" | "conflict" | "first_planned_at" | "moved_cause" | "moved_reason"
> & { readonly state: "on time" | "late" | "overdue" | "planned" | "window" };

export type ReleaseConflictRow = Row<
  "reports.site_release_conflict",
  "service_versions" | "upstream_versions" | "train"
> & {
  readonly order_of_both: "at the same time" | "one after the other" | "not judged" | "planned";
};

export type RigourRow = Row<
  "reports.site_rigour",
  | "wait_seconds"
  | "wait_low"
  | "wait_high"
  | "failures"
  | "fail_rate"
  | "fail_low"
  | "fail_high"
  | "shortest"
  | "verdict"
> & { readonly path_kind: "step" | "type"; readonly verdict: "fails less" | "fails more" | "unclear" | null };

export type EnvironmentRow = Row<
  "reports.site_environment",
  | "kind"
  | "created_at"
  | "removed_at"
  | "provisioned_by"
  | "code"
  | "last_deployed_at"
  | "period_label"
  | "weeks"
  | "idle_weeks"
  | "open_drift"
  | "open_differences"
  | "accepted_differences"
  | "cost"
  | "currency"
  | "idle_cost"
>;

export type PipelineChangeRow = Row<
  "reports.site_pipeline_change",
  | "service"
  | "service_title"
  | "workflow"
  | "action"
  | "url"
  | "before_hits"
  | "before_value"
  | "before_low"
  | "before_high"
  | "after_hits"
  | "after_value"
  | "after_low"
  | "after_high"
> & { readonly verdict: "better" | "worse" | "no clear difference" | "not enough evidence" | "no data" };

export type FlagSwitchRow = Row<"reports.site_flag", "service" | "service_title" | "place" | "days_on">;

export type ExperimentListRow = Row<
  "reports.site_experiment",
  | "service"
  | "service_title"
  | "name"
  | "metric"
  | "flag"
  | "control_value"
  | "variant_value"
  | "effect"
  | "difference_low"
  | "difference_high"
  | "decision"
  | "decided_at"
>;

/** What pages of practices show. */
export interface PracticeLists {
  readonly measures: readonly MeasureRow[];
  readonly quarters: readonly MeasureQuarterRow[];
  readonly parts: readonly MeasurePartRow[];
  /** In the order of the catalogue, a row for each place of a practice. */
  readonly places: readonly PracticePlaceRow[];
  /** What is near as-of, the oldest first, of so many entries. */
  readonly calendar: readonly CalendarRow[];
  readonly calendarEntries: number;
  /** Dependent services released on one day of a peak: the newest, of so many. */
  readonly together: readonly ReleaseConflictRow[];
  readonly togetherInAll: number;
  readonly rigour: readonly RigourRow[];
  /** Those that are there, of so many that are known. */
  readonly environments: readonly EnvironmentRow[];
  readonly environmentsInAll: number;
  /** The newest changes of pipelines, a row for each thing compared, of so many changes. */
  readonly pipelineChanges: readonly PipelineChangeRow[];
  readonly pipelineChangeCount: number;
  /** Flags that were switched last, a row for each switch, of so many flags. */
  readonly flagSwitches: readonly FlagSwitchRow[];
  readonly flagCount: number;
  /** The experiments decided last, of so many. */
  readonly experiments: readonly ExperimentListRow[];
  readonly experimentCount: number;
}
