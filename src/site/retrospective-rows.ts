import type { MetricKey, Unit, Verdict } from "./rows.ts";
import type { Row } from "../warehouse/rows.ts";

/** Rows of queries/reports/retrospective/. */

export type RetrospectiveRow = Row<"reports.retrospective_quarter", "previous_start" | "year_earlier_start">;

export type RetrospectiveMetricRow = Row<
  "reports.retrospective_metric",
  | "value"
  | "numerator"
  | "interval_low"
  | "interval_high"
  | "reason"
  | "previous_label"
  | "previous_value"
  | "previous_n"
  | "previous_numerator"
  | "previous_low"
  | "previous_high"
  | "change"
  | "year_label"
  | "year_value"
  | "year_n"
  | "year_numerator"
  | "year_low"
  | "year_high"
  | "year_change"
  | "lowest"
  | "highest"
> & { readonly metric: MetricKey; readonly unit: Unit; readonly verdict: Comparison; readonly year_verdict: Comparison };

/** A team that took over services is not comparable with itself before. */
export type Comparison = Verdict | "not comparable";

export type RetrospectiveEventRow = Row<"reports.retrospective_event", "ended_at">;

export type RetrospectiveStageRow = Row<"reports.retrospective_stage", "share" | "previous_seconds" | "previous_share">;

export type SlowChangeRow = Row<"reports.retrospective_change", "title" | "url" | "times_median" | "lines" | "commits">;

export type PainfulRow = Row<"reports.retrospective_failure", "recovery_seconds" | "open_seconds">;

export type RetrospectiveIncidentRow = Row<
  "reports.retrospective_incident",
  | "title"
  | "severity"
  | "service"
  | "detected_seconds"
  | "restored_seconds"
  | "open_seconds"
  | "cause_wave_id"
  | "cause_name"
  | "cause_service"
  | "cause_service_title"
  | "cause_month"
  | "cause_page"
>;

export type RetrospectiveControlRow = Row<
  "reports.retrospective_control",
  "control" | "title" | "severity" | "rate" | "previous_rate"
>;

export type HabitRow = Row<"reports.retrospective_pattern">;
export type TestedRow = Row<"reports.retrospective_tested">;

/** What the retrospective of this quarter decided. */
export type DecisionRow = Row<"reports.retrospective_decision", "due_on" | "service_title" | "metric" | "unit" | "target"> & {
  readonly status: ActionStatus;
};

export type TakeoverRow = Row<"reports.retrospective_takeover"> & { readonly direction: "took over" | "gave up" };

export type SlowStageRow = Row<"reports.retrospective_slow_stage">;

export type PremortemCountRow = Row<"reports.retrospective_premortem">;

export type ActionStatus = "open" | "done" | "dropped";

export type RetrospectiveActionRow = Row<
  "reports.retrospective_action",
  | "due_on"
  | "decided_on"
  | "service_title"
  | "metric"
  | "unit"
  | "wanted"
  | "target"
  | "before_label"
  | "before_value"
  | "before_n"
  | "before_hits"
  | "before_low"
  | "before_high"
  | "now_label"
  | "now_value"
  | "now_n"
  | "now_hits"
  | "now_low"
  | "now_high"
  | "is_target_met"
> & {
  readonly wanted: "up" | "down" | null;
  readonly status: ActionStatus;
  readonly verdict:
    | "as meant"
    | "other way"
    | "moved"
    | "unclear"
    | "too few"
    | "not comparable"
    | "no data"
    | "no metric"
    | "unknown metric";
};

export type PainRow = Row<"reports.retrospective_pain", "metric" | "value" | "total" | "before" | "previous_label"> & {
  readonly kind:
    | "open failures"
    | "metric"
    | "failures"
    | "stage"
    | "slow stage"
    | "control"
    | "pattern"
    | "measure"
    | "support"
    | "action";
};

export type WhatIfRow = Row<"reports.what_if"> & {
  readonly setting: "changes" | "changed_lines" | "coverage" | "reviewers" | "risk" | "soak" | "window";
};

/** What is known of one quarter of one team. Nobody is named in any of it. */
export interface Retrospective {
  readonly about: RetrospectiveRow;
  readonly metrics: readonly RetrospectiveMetricRow[];
  readonly stages: readonly RetrospectiveStageRow[];
  /** What happened beside the figures. */
  readonly events: readonly RetrospectiveEventRow[];
  readonly slowest: readonly SlowChangeRow[];
  readonly painful: readonly PainfulRow[];
  readonly incidents: readonly RetrospectiveIncidentRow[];
  readonly controls: readonly RetrospectiveControlRow[];
  readonly habits: readonly HabitRow[];
  readonly tested: TestedRow | undefined;
  readonly actions: readonly RetrospectiveActionRow[];
  /** What the retrospective of this very quarter decided. */
  readonly decisions: readonly DecisionRow[];
  /** Services that came or went since the quarter a year earlier. */
  readonly takeovers: readonly TakeoverRow[];
  /** Where the slowest tenth of the changes waited. */
  readonly slowStages: readonly SlowStageRow[];
  readonly premortem: PremortemCountRow | undefined;
  readonly pains: readonly PainRow[];
  readonly whatIf: readonly WhatIfRow[];
  /** Whether any source brings tickets of support, so that none means none. */
  readonly hasSupport: boolean;
}

/** All retrospectives, and what the organisation's settings would have done. */
export interface RetrospectiveLists {
  readonly quarters: readonly RetrospectiveRow[];
  readonly whatIf: readonly WhatIfRow[];
}
