import { count, fewOf, intervalOf, quantity } from "../format.ts";
import type { MetricText } from "../metrics.ts";
import type { FigureRow } from "../rows.ts";

/** The number of a page of rows, in one sentence. */
export function figureSentence(metric: MetricText, figure: FigureRow): string {
  const { value, unit, n, numerator, denominator, reason, period_label } = figure;
  if (value === null) return `${period_label}: no data. ${reason ?? ""}`.trim();
  const range = intervalOf(figure);
  const facts = `${count(n)} ${n === 1 ? metric.fact : metric.facts}`;
  const parts: Record<FigureRow["unit"], string> = {
    ratio: `${count(numerator ?? 0)} of ${facts}`,
    "per day": `${facts}${denominator ? ` in ${count(denominator)} days` : ""}`,
    seconds: `the median of ${facts}`,
  };
  const amount = fewOf(figure) === undefined ? `${quantity(value, unit)}, ` : "";
  return `${period_label}: ${amount}${parts[unit]}${range && `, 95 % interval ${range}`}.`;
}
