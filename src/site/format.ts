import { DateTime } from "luxon";
import { aroundPercent, grouped, localeOf, toTenths } from "./locale.ts";
import type { FigureRow, Unit } from "./rows.ts";
import { CATALOGUE, type Catalogue, type MessageKey } from "./text/catalogue.ts";
import { t } from "./text/message.ts";

const MINUS = "\u2212";
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const WEEK = 604_800;

/** How a quantity is written: divided by `factor`, and what stands around its digits. */
export interface Measure {
  readonly factor: number;
  /** Its name beside a large number. */
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

type Name = Extract<MessageKey, `quantity.${string}`> extends `quantity.${infer Name}` ? Name : never;

const around = new WeakMap<Catalogue, Map<MessageKey, readonly [string, string]>>();

/** What a message has before and after its number: taken apart once, for a site has millions of quantities. */
function aroundNumber(key: MessageKey): readonly [before: string, after: string] {
  const known = around.get(CATALOGUE.current) ?? new Map<MessageKey, readonly [string, string]>();
  around.set(CATALOGUE.current, known);
  const parts = known.get(key) ?? halves(t(key, { number: "\0" }));
  known.set(key, parts);
  return parts;
}

function halves(text: string): readonly [before: string, after: string] {
  const [before = "", after = ""] = text.split("\0");
  return [before, after];
}

function measure(factor: number, name: Name): Measure {
  const [before, after] = aroundNumber(`quantity.${name}`);
  return { factor, label: t(`unit-name.${name}`), before, after };
}

export function percentMeasure(): Measure {
  const [before, after] = aroundPercent();
  return { factor: 0.01, label: "%", before, after };
}

/** The measure in which a value reads best. */
export function measureOf(unit: Unit, value: number): Measure {
  if (unit === "ratio") return percentMeasure();
  if (unit === "seconds") return durationMeasure(value);
  if (value >= 1) return measure(1, "per-day");
  return value >= 1 / 7 ? measure(1 / 7, "per-week") : measure(12 / 365.25, "per-month");
}

function durationMeasure(seconds: number): Measure {
  if (seconds < 90) return measure(1, "seconds");
  if (seconds < 90 * MINUTE) return measure(MINUTE, "minutes");
  if (seconds < 2 * DAY) return measure(HOUR, "hours");
  if (seconds < 4 * WEEK) return measure(DAY, "days");
  return measure(WEEK, "weeks");
}

/** What durations are counted in, in seconds by the word that a reader sees. */
export function durationUnits(): Record<string, number> {
  const units = [measure(1, "seconds"), measure(MINUTE, "minutes"), measure(HOUR, "hours"), measure(DAY, "days"), measure(WEEK, "weeks")];
  const word = ({ after }: Measure) => /[\p{L}\p{M}]+/u.exec(after)?.[0] ?? "";
  return Object.fromEntries(units.map((unit) => [word(unit), unit.factor]));
}

/** Grouped digits, the same on every machine. */
export const count = grouped;

/** `1 attempt`, `12 attempts`. */
export function plural(value: number, one: string, many: string): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** One decimal below 100, none above. */
export function decimal(value: number): string {
  const size = Math.abs(value);
  const isZero = size < 0.05;
  const rounded = size >= 99.95 ? count(size) : toTenths(size);
  return value < 0 && !isZero ? MINUS + rounded : rounded;
}

/** A value of any unit that SQL knows. One without a measure of its own is a word for many, which one of them is not. */
export function figureText(value: number, unit: string): string {
  if (unit === "seconds" || unit === "ratio" || unit === "per day") return quantity(value, unit);
  return `${decimal(value)} ${value === 1 ? unit.replace(/(?<!s)s$/, "") : unit}`;
}

/** `3.2 d`, `12.5 %`, `2.1 a week`. */
export function quantity(value: number, unit: Unit, as: Measure = measureOf(unit, value)): string {
  return `${as.before}${decimal(value / as.factor)}${as.after}`;
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
  return isFew ? t("word.of", { part: count(numerator), whole: count(n) }) : undefined;
}

/** The figure's value, `3.2 d`; empty where there is none. */
export function valueOf(figure: Shown, as?: Measure): string {
  if (figure.value === null) return "";
  return fewOf(figure) ?? quantity(figure.value, figure.unit, as);
}

/** `1.9 to 3.4 d` */
export function spanIn({ factor, before, after }: Measure, low: number, high: number): string {
  return before + t("range.plain", { low: decimal(low / factor), high: decimal(high / factor) }) + after;
}

/** The interval in the measure of the value: `1.9 to 3.4 d`; empty where there is none. */
export function intervalOf(
  { value, unit, interval_low: low, interval_high: high }: FigureRow,
  as?: Measure,
): string {
  if (value === null || low === null || high === null) return "";
  const measure = as ?? measureOf(unit, value);
  // Far apart, bounds have a unit each: "9.8 min to 4 d" rather than "9.8 to 5,705 min".
  if (unit === "seconds" && !as && high / measure.factor >= 1000)
    return t("range.plain", { low: low === 0 ? count(0) : duration(low), high: duration(high) });
  return spanIn(measure, low, high);
}

/** `+12 %`, `−2.1 points`, with its sign always. */
export function change(figure: Pick<FigureRow, "unit" | "change">): string {
  if (figure.change === null) return "";
  const isPoints = figure.unit === "ratio";
  const size = Math.abs(figure.change * 100);
  const digits = isPoints ? decimal(size) : count(size);
  const sign = digits === count(0) ? "±" : figure.change > 0 ? "+" : MINUS;
  const [before, after] = isPoints ? aroundNumber("number.points") : aroundPercent();
  return sign + before + digits + after;
}

/** How dates are written: as packs have them, and what a locale is asked for. */
const DATES = {
  "LLLL yyyy": { month: "long", year: "numeric" },
  "LLL yyyy": { month: "short", year: "numeric" },
  LLL: { month: "short" },
  "d LLLL yyyy": { day: "numeric", month: "long", year: "numeric" },
  "d LLL yyyy": { day: "numeric", month: "short", year: "numeric" },
  "d LLL yyyy HH:mm": { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

function dateText(text: string, zone: string, form: keyof typeof DATES): string {
  const locale = localeOf();
  // All periods are of this calendar, whatever else a country counts years by.
  const date = DateTime.fromISO(text, { zone, locale: locale ?? "en", outputCalendar: "gregory" });
  return locale ? date.toLocaleString(DATES[form]) : date.toFormat(form);
}

/** `2026-06` as `June 2026`. */
export function monthName(month: string, form: "LLLL yyyy" | "LLL yyyy" | "LLL" = "LLLL yyyy"): string {
  return dateText(month, "utc", form);
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
  readonly day = (instant: string): string => dateText(instant, this.zone, "d LLL yyyy");

  /** `21 November 2026` */
  readonly longDay = (instant: string): string => dateText(instant, this.zone, "d LLLL yyyy");

  /** `21 Nov 2026 14:05` */
  readonly minute = (instant: string): string => dateText(instant, this.zone, "d LLL yyyy HH:mm");

  /** For the `datetime` attribute. */
  readonly machine = (instant: string): string =>
    this.at(instant).toUTC().toISO({ suppressMilliseconds: true }) ?? instant;

  /** Year, month and first day, for axes. */
  readonly parts = (instant: string): { year: number; month: number; day: number } => {
    const { year, month, day } = this.at(instant);
    return { year, month, day };
  };
}
