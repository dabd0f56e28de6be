import type { Row } from "../warehouse/rows.ts";
import type { MetricKey, PeriodKind } from "./rows.ts";

/** Rows of what only the overview shows. */

export type FindingRow = Row<"reports.site_finding", "verdict" | "month" | "page"> & {
  readonly period_kind: PeriodKind;
  readonly kind: "figure" | "service" | "failure" | "incident" | "pattern" | "control";
  readonly verdict: "better" | "worse" | null;
  readonly target_kind: "service" | "metric" | "incident" | "pattern" | "control";
};

export type AdherencePeriodRow = Row<"reports.site_adherence_period", "rate"> & {
  readonly period_kind: PeriodKind;
};

export type PastFigureRow = Row<
  "reports.site_past_figure",
  "score" | "industry" | "industry_mean" | "score_label"
> & { readonly metric: MetricKey; readonly period_kind: PeriodKind };

export type NowRow = Row<
  "reports.site_now",
  | "oldest_waiting_seconds"
  | "oldest_incident_at"
  | "newest_at"
  | "newest_seconds"
  | "stalest"
  | "stalest_at"
  | "stalest_seconds"
>;

export type ControlReachRow = Row<"reports.site_control_reach", "not_applicable_share"> & {
  /** Of the whole history: all. */
  readonly period_kind: PeriodKind | "all";
};

export type ControlWorstRow = Row<"reports.site_control_worst"> & {
  readonly period_kind: PeriodKind | "all";
  readonly ranking: "most" | "least";
};

export interface OverviewLists {
  /** In the order in which they are told. */
  readonly findings: readonly FindingRow[];
  /** Oldest first. */
  readonly adherence: readonly AdherencePeriodRow[];
  readonly reach: readonly ControlReachRow[];
  /** In order of ranking and place. */
  readonly worst: readonly ControlWorstRow[];
  readonly past: readonly PastFigureRow[];
  readonly now: NowRow;
}
