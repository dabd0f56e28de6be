import { count, fewOf, intervalOf, quantity } from "../format.ts";
import type { MetricText } from "../metrics.ts";
import type { FigureRow } from "../rows.ts";
import { t } from "../text/message.ts";

/** The number of a page of rows, in one sentence. */
export function figureSentence(metric: MetricText, figure: FigureRow): string {
  const { value, unit, n, numerator, denominator, reason, period_label: period } = figure;
  if (value === null) return t("rows-of-figure.no-data", { period, reason: reason ?? "" }).trim();
  const interval = intervalOf(figure);
  const said = {
    period,
    amount: fewOf(figure) === undefined ? t("rows-of-figure.amount", { amount: quantity(value, unit) }) : "",
    n: count(n),
    facts: metric.factsOf(n),
    interval: interval && t("rows-of-figure.interval", { interval }),
  };
  switch (unit) {
    case "ratio":
      return t("rows-of-figure.ratio", { ...said, hits: count(numerator ?? 0) });
    case "per day":
      return t("rows-of-figure.per-day", {
        ...said,
        days: denominator ? t("rows-of-figure.in-days", { days: count(denominator) }) : "",
      });
    case "seconds":
      return t("rows-of-figure.median", said);
  }
}
