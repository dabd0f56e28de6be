import { DateTime } from "luxon";
import type { FigureRow, Unit } from "./rows.ts";

/** Narrow no-break space: keeps a number and its unit on one line. */
const GAP = "\u202f";
const MINUS = "\u2212";
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const WEEK = 604_800;

/** How a quantity is written: divided by `factor`, followed by `label`. */
export interface Measure {
  readonly factor: number;
  readonly label: string;
  readonly short: string;
}

const measure = (factor: number, label: string, short: string): Measure => ({ factor, label, short });

/** The measure in which a value reads best. */
export function measureOf(unit: Unit, value: number): Measure {
  if (unit === "ratio") return measure(0.01, "%", `${GAP}%`);
  if (unit === "seconds") return durationMeasure(value);
  if (value >= 1) return measure(1, "per day", " a day");
  return value >= 1 / 7
    ? measure(1 / 7, "per week", " a week")
    : measure(12 / 365.25, "per month", " a month");
}

function durationMeasure(seconds: number): Measure {
  if (seconds < 90) return measure(1, "seconds", `${GAP}s`);
  if (seconds < 90 * MINUTE) return measure(MINUTE, "minutes", `${GAP}min`);
  if (seconds < 2 * DAY) return measure(HOUR, "hours", `${GAP}h`);
  if (seconds < 4 * WEEK) return measure(DAY, "days", `${GAP}d`);
  return measure(WEEK, "weeks", `${GAP}w`);
}

/** Grouped digits, the same on every machine. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 attempt`, `12 attempts`. */
export function plural(value: number, one: string, many: string): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** One decimal below 100, none above. */
export function decimal(value: number): string {
  const rounded = Math.abs(value) >= 99.95 ? count(Math.abs(value)) : trimZero(Math.abs(value).toFixed(1));
  return value < 0 && rounded !== "0" ? MINUS + rounded : rounded;
}

function trimZero(digits: string): string {
  return digits.endsWith(".0") ? digits.slice(0, -2) : digits;
}

/** A value of any unit that SQL knows. One without a measure of its own is a word for many, which one of them is not. */
export function figureText(value: number, unit: string): string {
  if (unit === "seconds" || unit === "ratio" || unit === "per day") return quantity(value, unit);
  return `${decimal(value)} ${value === 1 ? unit.replace(/(?<!s)s$/, "") : unit}`;
}

/** `3.2 d`, `12.5 %`, `2.1 a week`. */
export function quantity(value: number, unit: Unit, as: Measure = measureOf(unit, value)): string {
  return decimal(value / as.factor) + as.short;
}

export function duration(seconds: number): string {
  return quantity(seconds, "seconds");
}

/** A duration in a table cell: empty where there is none. */
export function durationCell(seconds: number | null): string {
  return seconds === null ? "" : duration(seconds);
}

/** One measure for all values of a series; durations differ too much for that and have one each. */
export function seriesMeasure(figures: readonly FigureRow[]): Measure | undefined {
  const [first] = figures;
  if (!first || first.unit === "seconds") return undefined;
  return measureOf(first.unit, Math.max(0, ...figures.map(({ value }) => value ?? 0)));
}

/** Facts from which on a share is written as a percentage; fewer are counted: `1 of 3`. */
export const SHARE_FROM = 10;

type Shown = Pick<FigureRow, "value" | "unit" | "n" | "numerator">;

/** `1 of 3` for a share of few facts. */
export function fewOf({ value, unit, n, numerator }: Shown): string | undefined {
  const isFew = unit === "ratio" && value !== null && numerator !== null && n > 0 && n < SHARE_FROM;
  return isFew ? `${count(numerator)} of ${count(n)}` : undefined;
}

/** The figure's value, `3.2 d`; empty where there is none. */
export function valueOf(figure: Shown, as?: Measure): string {
  if (figure.value === null) return "";
  return fewOf(figure) ?? quantity(figure.value, figure.unit, as);
}

/** The interval in the measure of the value: `1.9 to 3.4 d`; empty where there is none. */
export function intervalOf(
  { value, unit, interval_low: low, interval_high: high }: FigureRow,
  as?: Measure,
): string {
  if (value === null || low === null || high === null) return "";
  const { factor, short } = as ?? measureOf(unit, value);
  // Far apart, bounds have a unit each: "9.8 min to 4 d" rather than "9.8 to 5,705 min".
  if (unit === "seconds" && !as && high / factor >= 1000)
    return `${low === 0 ? "0" : duration(low)} to ${duration(high)}`;
  return `${decimal(low / factor)} to ${decimal(high / factor)}${short}`;
}

/** `+12 %`, `−2.1 points`, with its sign always. */
export function change(figure: Pick<FigureRow, "unit" | "change">): string {
  if (figure.change === null) return "";
  const isPoints = figure.unit === "ratio";
  const size = Math.abs(figure.change * 100);
  const digits = isPoints ? decimal(size) : count(size);
  const sign = digits === "0" ? "±" : figure.change > 0 ? "+" : MINUS;
  return sign + digits + (isPoints ? " points" : `${GAP}%`);
}

/** `2026-06` as `June 2026`. */
export function monthName(month: string, form: "LLLL yyyy" | "LLL yyyy" | "LLL" = "LLLL yyyy"): string {
  return DateTime.fromISO(month, { zone: "utc", locale: "en" }).toFormat(form);
}

/** Instants in the organisation's time zone. */
export class Clock {
  private readonly zone: string;

  constructor(zone: string) {
    this.zone = zone;
  }

  private at(instant: string): DateTime {
    return DateTime.fromISO(instant, { zone: this.zone, locale: "en" });
  }

  /** `21 Nov 2026` */
  readonly day = (instant: string): string => this.at(instant).toFormat("d LLL yyyy");

  /** `21 Nov 2026 14:05` */
  readonly minute = (instant: string): string => this.at(instant).toFormat("d LLL yyyy HH:mm");

  /** For the `datetime` attribute. */
  readonly machine = (instant: string): string =>
    this.at(instant).toUTC().toISO({ suppressMilliseconds: true }) ?? instant;

  /** Year, month and first day, for axes. */
  readonly parts = (instant: string): { year: number; month: number; day: number } => {
    const { year, month, day } = this.at(instant);
    return { year, month, day };
  };
}
