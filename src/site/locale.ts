import { CATALOGUE } from "./text/catalogue.ts";

/** Narrow no-break space: keeps a number and its unit on one line. */
export const GAP = "\u202f";

/** A locale with the digits and the calendar of figures, periods and files: other ones could not be told apart or sorted. */
export const localeFor = (tag: string): string =>
  new Intl.Locale(tag, { numberingSystem: "latn", calendar: "gregory" }).toString();

/** The locale that a build names for its pages; none = as packs write numbers and dates. */
export const localeOf = (): string | undefined => CATALOGUE.current.formats;

/** Each asked for once: making a format costs more than using it a thousand times. */
function once<Made>(make: (locale: string) => Made): (locale: string) => Made {
  const known = new Map<string, Made>();
  return (locale) => {
    const made = known.get(locale) ?? make(locale);
    known.set(locale, made);
    return made;
  };
}

const wholeNumber = once((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }));
const oneDecimal = once((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));
const marksOf = once((locale) => marksIn(new Intl.NumberFormat(locale).formatToParts(12_345.6)));
const percentOf = once((locale) => aroundNumber(new Intl.NumberFormat(locale, { style: "percent" }).formatToParts(1)));

const marksIn = (parts: readonly Intl.NumberFormatPart[]) => {
  const mark = (type: Intl.NumberFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? "";
  return { group: mark("group"), decimal: mark("decimal") };
};

function aroundNumber(parts: readonly Intl.NumberFormatPart[]): readonly [before: string, after: string] {
  const at = parts.findIndex(({ type }) => type === "integer");
  const text = (some: readonly Intl.NumberFormatPart[]) => some.map(({ value }) => value).join("");
  return [text(parts.slice(0, at)), text(parts.slice(at + 1))];
}

/** Grouped digits. */
export function grouped(value: number): string {
  const locale = localeOf();
  const whole = Math.round(value);
  return locale ? wholeNumber(locale).format(whole) : String(whole).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** At most one decimal. */
export function toTenths(value: number): string {
  const locale = localeOf();
  return locale ? oneDecimal(locale).format(value) : value.toFixed(1).replace(/\.0$/, "");
}

/** What groups digits and what parts off decimals. */
export function marks(): { group: string; decimal: string } {
  const locale = localeOf();
  return locale ? marksOf(locale) : { group: ",", decimal: "." };
}

/** What stands before and after the digits of a percentage. */
export function aroundPercent(): readonly [before: string, after: string] {
  const locale = localeOf();
  return locale ? percentOf(locale) : ["", `${GAP}%`];
}

// Newer than the types of the language.
interface Info {
  getWeekInfo(): { readonly firstDay: number };
  getTextInfo(): { readonly direction: "ltr" | "rtl" };
}
const infoOf = (locale: string) => new Intl.Locale(locale) as Intl.Locale & Info;

/** Which way a language is read, where that is not from left to right. */
export const directionOf = (language: string): "rtl" | undefined =>
  infoOf(language).getTextInfo().direction === "rtl" ? "rtl" : undefined;

const MONDAY = 1;
// The first of January 2024 was a Monday.
const dayName = once((locale) => new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }));

/** The name of a day of the ISO week, from 1 for Monday; none = as SQL has it. */
export function weekdayName(weekday: number): string | undefined {
  const locale = localeOf();
  return locale ? dayName(locale).format(Date.UTC(2024, 0, weekday)) : undefined;
}

/** Days of the ISO week in the order in which the locale has them. */
export function inWeekOrder<Day extends { readonly weekday: number }>(days: readonly Day[]): Day[] {
  const locale = localeOf();
  const first = locale ? infoOf(locale).getWeekInfo().firstDay : MONDAY;
  const place = ({ weekday }: Day) => (weekday - first + 7) % 7;
  return days.toSorted((a, b) => place(a) - place(b));
}
