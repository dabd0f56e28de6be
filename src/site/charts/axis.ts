import { count, decimal, monthName } from "../format.ts";
import type { Clock, Measure } from "../format.ts";
import type { FigureRow, PeriodKind } from "../rows.ts";
import { t } from "../text/message.ts";
import type { Tick } from "./trend.ts";

const HOUR = 3600;
const DAY = 86_400;
const WEEK = 604_800;

const DURATIONS = [60, 600, HOUR, 6 * HOUR, DAY, WEEK, 4 * WEEK, 26 * WEEK, 104 * WEEK, 520 * WEEK];

/** Landmarks are whole numbers of what people call them by. */
function landmark(seconds: number): string {
  const of = (part: number) => seconds % part === 0 && seconds >= part;
  const number = (part: number) => count(Math.round(seconds / part));
  if (of(52 * WEEK)) return t("chart.years", { number: number(52 * WEEK) });
  if (of(WEEK)) return t("chart.weeks", { number: number(WEEK) });
  if (of(DAY)) return t("chart.days", { number: number(DAY) });
  return of(HOUR) ? t("chart.hours", { number: number(HOUR) }) : t("chart.minutes", { number: number(60) });
}

/** A logarithmic axis reaches from this duration on: zero has no place there. */
export const SHORTEST = 60;

/** The landmarks around what is drawn; at least two, so that there is a scale. */
export function durationTicks(values: readonly number[]): Tick[] {
  const low = Math.max(SHORTEST, Math.min(...values, HOUR * 24));
  const high = Math.max(...values, DAY);
  const from = DURATIONS.findLastIndex((at) => at <= low);
  const to = DURATIONS.findIndex((at) => at >= high);
  const shown = DURATIONS.slice(Math.max(0, from), to < 0 ? undefined : Math.max(to, from + 1) + 1);
  return shown.map((at) => ({ at, label: landmark(at) }));
}

const STEPS = [1, 2, 5];

/** Zero and two to four even steps up to the highest value. */
export function evenTicks(values: readonly number[], measure: Measure): Tick[] {
  const highest = Math.max(...values, 0) / measure.factor || 1;
  const power = 10 ** Math.floor(Math.log10(highest / 2));
  const step = power * (STEPS.find((size) => highest / (size * power) <= 4) ?? 10);
  const last = Math.max(1, Math.ceil(highest / step - 1e-9));
  return Array.from({ length: last + 1 }, (_, index) => ({
    at: index * step * measure.factor,
    label: measure.label === "%" ? measure.before + decimal(index * step) + measure.after : decimal(index * step),
  }));
}

/** The axis of a series in its measure; none = durations, on a logarithmic axis. */
export function valueTicks(values: readonly number[], measure: Measure | undefined): Tick[] {
  return measure ? evenTicks(values, measure) : durationTicks(values);
}

/** A tick for each year and window, and where a quarter starts; the year is said once, where it starts. */
export function periodTicks(figures: readonly FigureRow[], kind: PeriodKind, clock: Clock): Tick[] {
  const ticks: Tick[] = [];
  figures.forEach(({ period_start, period_end, period_label }, at) => {
    const { year, month, day } = clock.parts(period_start);
    if (kind === "year") ticks.push({ at, label: period_label });
    else if (kind === "rolling") ticks.push({ at, label: windowLabel(clock.parts(period_end), figures.length - 1 - at) });
    else if (kind === "quarter") ticks.push({ at, label: quarterLabel(period_label, at, figures.length) });
    else if ((kind === "month" || day <= 7) && month % 3 === 1)
      ticks.push({ at, label: monthLabel({ year, month }, month === 1 || !ticks.length) });
  });
  return ticks;
}

interface Month {
  readonly year: number;
  readonly month: number;
}

const monthLabel = ({ year, month }: Month, hasYear: boolean) =>
  monthName(`${year}-${String(month).padStart(2, "0")}`, hasYear ? "LLL yyyy" : "LLL");

/** Windows are named by when they end, every fourth, so that the newest has its name. */
const windowLabel = (end: Month, fromNewest: number) => (fromNewest % 4 === 0 ? monthLabel(end, true) : "");

/** All quarters carry a tick; where they are many, only the first of each year carries a name, or its year. */
function quarterLabel(label: string, at: number, length: number): string {
  if (/\bQ1\b/.test(label)) return length > 16 ? label.replace(/^Q1\s*/, "") : label;
  if (length > 7) return "";
  return at === 0 ? label : label.replace(/\s*\b\d{4}\b[-\s]*/, "");
}
