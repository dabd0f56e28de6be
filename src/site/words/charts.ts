import { count, decimal, duration, quantity, valueOf } from "../format.ts";
import { type MetricText, metricText } from "../metrics.ts";
import type { FigureRow, PeriodKind, QuickCheckRow, RiskPatternRow, StageRow, WeekdayRow } from "../rows.ts";
import { t } from "../text/message.ts";
import { periodWords } from "./period.ts";
import { stageWord } from "./values.ts";

/** What a chart is to those who hear the page, and how it is read. */
export const chartHint = (): string => t("charts.hint");

/** `Q3 2024 to Q2 2026`. */
function spanOf(figures: readonly FigureRow[]): string {
  const [first, last] = [figures[0]?.period_label ?? "", figures.at(-1)?.period_label ?? ""];
  return first === last ? first : t("span.from-to", { from: first, until: last });
}

export function trendLabel(
  metric: MetricText,
  figures: readonly FigureRow[],
  period: PeriodKind,
  now: FigureRow | undefined,
): string {
  const drawn = { metric: metric.title, period: periodWords(period).one, span: spanOf(figures) };
  return now && now.value !== null
    ? t("charts.trend-and-newest", { ...drawn, newest: now.period_label, value: valueOf(now) })
    : t("charts.trend", drawn);
}

export const adherenceLabel = (control: string, months: readonly FigureRow[]): string =>
  t("charts.adherence", { control, span: spanOf(months) });

/** One sentence on the stages of a lead time. */
export function stagesLabel(stages: readonly Pick<StageRow, "stage" | "value_seconds" | "share">[], period: string): string {
  const parts = stages
    .filter(({ value_seconds: seconds }) => seconds !== null)
    .map(({ stage, value_seconds: seconds, share }) => {
      const said = { stage: stageWord(stage), time: duration(seconds ?? 0) };
      return share === null
        ? t("charts.stage", said)
        : t("charts.stage-with-share", { ...said, share: quantity(share, "ratio") });
    });
  return t("charts.stages", { period, stages: parts.join(", ") });
}

export function weekdaysLabel(days: readonly WeekdayRow[]): string {
  const [first] = days;
  return first
    ? t("charts.weekdays", { deployments: first.n_of_service, failed: count(first.failed_of_service) })
    : "";
}

export function forestLabel(patterns: readonly RiskPatternRow[]): string {
  const drawn = patterns.filter(({ is_drawn }) => is_drawn);
  const found = drawn.filter(({ verdict }) => verdict === "found");
  return t("charts.forest", { attributes: drawn.length, found: count(found.length) });
}

export function quickCheckLabel(checks: readonly QuickCheckRow[]): string {
  const scores = checks.map(({ metric, score, industry_mean: mean }) =>
    t("charts.score", {
      metric: metricText(metric).title,
      score: score === null ? t("word.no-data") : decimal(score),
      mean: decimal(mean),
    }),
  );
  return t("charts.quick-check", { scores: scores.join("; ") });
}
