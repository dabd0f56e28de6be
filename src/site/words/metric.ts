import { count, decimal, duration, quantity, seriesMeasure } from "../format.ts";
import type { MetricText } from "../metrics.ts";
import type { FigureRow, PeriodKind } from "../rows.ts";
import { PERIODS } from "./period.ts";

const SHOWN = { year: 10, quarter: 12, month: 18, week: 52, rolling: 12 } as const;

const hasFacts = ({ n, value }: FigureRow) => n > 0 || (value !== null && value > 0);

/**
 * The periods that charts and tables show: the newest ones, further back where the newest facts are older, and
 * from the first of them that has any facts.
 */
export function shownPeriods(figures: readonly FigureRow[], period: PeriodKind): readonly FigureRow[] {
  const newest = figures.findLastIndex(hasFacts);
  if (newest < 0) return figures.slice(-2);
  const shown = figures.slice(
    Math.max(0, Math.min(figures.length - SHOWN[period], newest + 1 - SHOWN[period])),
  );
  return shown.slice(Math.min(shown.findIndex(hasFacts), Math.max(0, shown.length - 2)));
}

/** The finding where the data shows one, else the question. */
export function chartTitle(metric: MetricText, now: FigureRow | undefined): string {
  if (now?.value == null) return metric.question;
  const { verdict, previous_label: previous, change } = now;
  if ((verdict !== "better" && verdict !== "worse") || !previous || change === null) return metric.question;
  const direction = change > 0 ? metric.up : metric.down;
  if (metric.key === "deployment_frequency") return `Deployed ${direction} than in ${previous}`;
  return `${metric.title} is ${direction} than in ${previous}`;
}

/** What is plotted, in which unit, from how many facts. */
export function subtitle(metric: MetricText, figures: readonly FigureRow[], period: PeriodKind): string {
  const facts = figures.reduce((sum, { n }) => sum + n, 0);
  const what = {
    deployment_frequency: `Production deployments${perTime(figures)}`,
    change_lead_time: "Median time from first commit to live in production, logarithmic",
    change_fail_rate: "Failed deployments as a share of those with known outcome",
    failed_deployment_recovery_time: "Median time from failure to restoration, logarithmic",
    deployment_rework_rate: "Repairs as a share of deployments with known outcome",
  }[metric.key];
  const basis = figures.at(-1)?.basis;
  const from = basis && basis !== "first commit" ? ` (from ${basis})` : "";
  const earlier = figures.some(({ year_earlier }) => year_earlier !== null) ? ` Grey: ${yearEarlier(period)}.` : "";
  return `${what}${from}, by ${PERIODS[period].one}; band: 95\u00a0% interval; n\u00a0=\u00a0${count(facts)}\u00a0${metric.facts}.${earlier}`;
}

/** What a period is compared with beside the one before it. */
export const yearEarlier = (period: PeriodKind): string =>
  period === "rolling" ? "about a year earlier" : "a year earlier";

/** ` a week`: the unit of the axis, where it is one of time. */
function perTime(figures: readonly FigureRow[]): string {
  return seriesMeasure(figures)?.short ?? "";
}

/** What belongs beside the number and not in it. */
export function asides(metric: MetricText, now: FigureRow | undefined): string[] {
  if (!now) return [];
  const texts: string[] = [];
  if (metric.key === "change_fail_rate" || metric.key === "deployment_rework_rate")
    texts.push(...outcomes(metric, now));
  if (now.with_fix)
    texts.push(
      `${count(now.with_fix)} planned ${now.with_fix === 1 ? "deployment" : "deployments"} carried a fix, not counted in.`,
    );
  texts.push(...rejectedWords(now));
  if (metric.key === "deployment_frequency" && now.denominator) {
    texts.push(`${count(now.numerator ?? now.n)} deployments in ${count(now.denominator)} days.`);
    if (now.median_gap_seconds !== null)
      texts.push(`Median time between two: ${duration(now.median_gap_seconds)}.`);
    if (now.days_per_week !== null)
      texts.push(`Days with a deployment: ${decimal(now.days_per_week)} a week.`);
    if (now.release_trains)
      texts.push(
        `${count(now.release_trains)} release ${now.release_trains === 1 ? "train" : "trains"} among them.`,
      );
  }
  if (metric.isDuration && now.p75 !== null)
    texts.push(`Three of four took at most ${quantity(now.p75, now.unit)}.`);
  return texts;
}

/** What people took out of the rate. */
function rejectedWords({ rejected }: FigureRow): string[] {
  if (!rejected) return [];
  return [
    `People rejected ${count(rejected)} more that evidence calls ${rejected === 1 ? "a failure" : "failures"}.`,
  ];
}

function outcomes(
  metric: MetricText,
  { numerator, n, pending, pending_failed, unknown, unknown_failed, period_label }: FigureRow,
): string[] {
  const word = metric.key === "change_fail_rate" ? "failed" : "were repairs";
  const texts: string[] = [];
  if (numerator !== null && n > 0) texts.push(`${period_label}: ${count(numerator)} of ${count(n)} ${word}.`);
  if (pending) texts.push(`${count(pending)} pending, ${count(pending_failed ?? 0)} ${word} so far.`);
  if (unknown)
    texts.push(
      `${count(unknown)} with unknown outcome, at least ${count(unknown_failed ?? 0)} of them ${word}.`,
    );
  return texts;
}
