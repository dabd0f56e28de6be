import { decimal } from "../format.ts";
import type { Clock, Measure } from "../format.ts";
import type { FigureRow, PeriodKind } from "../rows.ts";
import type { Tick } from "./trend.ts";

const HOUR = 3600;
const DAY = 86_400;
const WEEK = 604_800;

const DURATIONS: readonly Tick[] = [
  { at: 60, label: "1 min" },
  { at: 600, label: "10 min" },
  { at: HOUR, label: "1 h" },
  { at: 6 * HOUR, label: "6 h" },
  { at: DAY, label: "1 d" },
  { at: WEEK, label: "1 w" },
  { at: 4 * WEEK, label: "4 w" },
  { at: 26 * WEEK, label: "26 w" },
  { at: 104 * WEEK, label: "2 y" },
  { at: 520 * WEEK, label: "10 y" },
];

/** A logarithmic axis reaches from this duration on: zero has no place there. */
export const SHORTEST = 60;

/** The landmarks around what is drawn; at least two, so that there is a scale. */
export function durationTicks(values: readonly number[]): Tick[] {
  const low = Math.max(SHORTEST, Math.min(...values, HOUR * 24));
  const high = Math.max(...values, DAY);
  const from = DURATIONS.findLastIndex((tick) => tick.at <= low);
  const to = DURATIONS.findIndex((tick) => tick.at >= high);
  return DURATIONS.slice(Math.max(0, from), to < 0 ? undefined : Math.max(to, from + 1) + 1);
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
    label: decimal(index * step) + (measure.label === "%" ? "\u202f%" : ""),
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
      ticks.push({ at, label: (MONTHS[month - 1] ?? "") + (month === 1 || !ticks.length ? ` ${year}` : "") });
  });
  return ticks;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Windows are named by when they end, every fourth, so that the newest has its name. */
const windowLabel = ({ year, month }: { year: number; month: number }, fromNewest: number) =>
  fromNewest % 4 === 0 ? `${MONTHS[month - 1] ?? ""} ${year}` : "";

/** All quarters carry a tick; where they are many, only the first of each year carries a name, or its year. */
function quarterLabel(label: string, at: number, length: number): string {
  if (/\bQ1\b/.test(label)) return length > 16 ? label.replace(/^Q1\s*/, "") : label;
  if (length > 7) return "";
  return at === 0 ? label : label.replace(/\s*\b\d{4}\b[-\s]*/, "");
}
