import { count, decimal, duration, plural, quantity, valueOf } from "../format.ts";
import { type MetricText, metricText } from "../metrics.ts";
import type { FigureRow, PeriodKind, QuickCheckRow, RiskPatternRow, StageRow, WeekdayRow } from "../rows.ts";

/** What a chart is to those who hear the page, and how it is read. */
export const CHART_HINT = "chart, arrow keys tell its values";

/** `Q3 2024 to Q2 2026`. */
function spanOf(figures: readonly FigureRow[]): string {
  const [first, last] = [figures[0]?.period_label ?? "", figures.at(-1)?.period_label ?? ""];
  return first === last ? first : `${first} to ${last}`;
}

export function trendLabel(
  metric: MetricText,
  figures: readonly FigureRow[],
  period: PeriodKind,
  now: FigureRow | undefined,
): string {
  const newest = now && now.value !== null ? `; ${now.period_label}: ${valueOf(now)}` : "";
  return `${metric.title} by ${period}, ${spanOf(figures)}, with 95 % intervals${newest}.`;
}

export const adherenceLabel = (control: string, months: readonly FigureRow[]): string =>
  `Adherence to ${control} by month, ${spanOf(months)}, with 95 % intervals.`;

/** One sentence on the stages of a lead time. */
export function stagesLabel(stages: readonly Pick<StageRow, "stage" | "value_seconds" | "share">[], period: string): string {
  const parts = stages
    .filter(({ value_seconds: seconds }) => seconds !== null)
    .map(({ stage, value_seconds, share }) => `${stage} ${duration(value_seconds ?? 0)}${share === null ? "" : ` (${quantity(share, "ratio")})`}`);
  return `Stages of the lead time in ${period}: ${parts.join(", ")}.`;
}

export function weekdaysLabel(days: readonly WeekdayRow[]): string {
  const [first] = days;
  return first
    ? `Share of failed deployments by weekday with 95 % intervals, of ${plural(first.n_of_service, "deployment", "deployments")}, ${count(first.failed_of_service)} failed.`
    : "";
}

export function forestLabel(patterns: readonly RiskPatternRow[]): string {
  const drawn = patterns.filter(({ is_drawn }) => is_drawn);
  const found = drawn.filter(({ verdict }) => verdict === "found");
  return `Relative risk of ${plural(drawn.length, "attribute", "attributes")} with 95 % intervals, ${count(found.length)} of them found.`;
}

export function quickCheckLabel(checks: readonly QuickCheckRow[]): string {
  const parts = checks.map(
    ({ metric, score, industry_mean: mean }) =>
      `${metricText(metric).title} ${score === null ? "no data" : decimal(score)}, mean ${decimal(mean)}`,
  );
  return `Scores of the quick check from 0 to 10 beside the mean of the industry: ${parts.join("; ")}.`;
}
