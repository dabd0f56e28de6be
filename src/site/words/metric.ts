import { count, decimal, duration, quantity, seriesMeasure } from "../format.ts";
import type { MetricText } from "../metrics.ts";
import type { FigureRow, PeriodKind } from "../rows.ts";
import { t } from "../text/message.ts";
import { periodWords } from "./period.ts";
import { named, type Names } from "./named.ts";

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
  return t(`${metric.slug}.changed`, { direction: change > 0 ? metric.up : metric.down, previous });
}

const BASES: Names = { merge: "basis.merge", opened: "basis.opened" };

/** What is plotted, in which unit, from how many facts. */
export function subtitle(metric: MetricText, figures: readonly FigureRow[], period: PeriodKind): string {
  const facts = figures.reduce((sum, { n }) => sum + n, 0);
  const basis = figures.at(-1)?.basis;
  const plotted = t("metric.plotted", {
    what: t(`${metric.slug}.plotted`, { unit: perTime(figures) }),
    from: basis && basis !== "first commit" ? t("metric.from-basis", { basis: named(BASES, basis) }) : "",
    period: periodWords(period).one,
    n: count(facts),
    facts: metric.facts,
  });
  return figures.some(({ year_earlier }) => year_earlier !== null)
    ? `${plotted} ${t("metric.grey", { earlier: yearEarlier(period) })}`
    : plotted;
}

/** What a period is compared with beside the one before it. */
export const yearEarlier = (period: PeriodKind): string =>
  t(period === "rolling" ? "period.about-year-earlier" : "period.year-earlier");

/** ` a week`: the unit of the axis, where it is one of time. */
function perTime(figures: readonly FigureRow[]): string {
  return seriesMeasure(figures)?.after ?? "";
}

/** What belongs beside the number and not in it. */
export function asides(metric: MetricText, now: FigureRow | undefined): string[] {
  if (!now) return [];
  const texts: string[] = [];
  if (metric.key === "change_fail_rate" || metric.key === "deployment_rework_rate")
    texts.push(...outcomes(metric.key, now));
  if (now.with_fix) texts.push(t("metric.with-fix", { deployments: now.with_fix }));
  if (now.rejected) texts.push(t("metric.rejected", { n: now.rejected, rejected: count(now.rejected) }));
  if (metric.key === "deployment_frequency") texts.push(...rhythm(now));
  if (metric.isDuration && now.p75 !== null)
    texts.push(t("metric.three-of-four", { time: quantity(now.p75, now.unit) }));
  return texts;
}

/** How deployments spread over the period. */
function rhythm(now: FigureRow): string[] {
  if (!now.denominator) return [];
  const { median_gap_seconds: gap, days_per_week: days, release_trains: trains } = now;
  return [
    t("deployment-frequency.in-days", {
      deployments: count(now.numerator ?? now.n),
      days: count(now.denominator),
    }),
    gap === null ? "" : t("deployment-frequency.median-gap", { time: duration(gap) }),
    days === null ? "" : t("deployment-frequency.days-a-week", { days: decimal(days) }),
    trains ? t("deployment-frequency.trains", { trains }) : "",
  ].filter((text) => text !== "");
}

function outcomes(
  metric: "change_fail_rate" | "deployment_rework_rate",
  { numerator, n, pending, pending_failed, unknown, unknown_failed, period_label: period }: FigureRow,
): string[] {
  return [
    numerator !== null && n > 0
      ? t("metric.of-known", { metric, period, hits: count(numerator), n: count(n) })
      : "",
    pending ? t("metric.pending", { metric, pending: count(pending), hits: count(pending_failed ?? 0) }) : "",
    unknown ? t("metric.unknown", { metric, unknown: count(unknown), hits: count(unknown_failed ?? 0) }) : "",
  ].filter((text) => text !== "");
}
