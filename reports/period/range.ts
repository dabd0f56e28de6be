import { DateTime } from "luxon";
import { UsageError } from "../../src/errors.ts";

/** A range of days of the organisation's time zone. */
export interface Period {
  /** As it was asked for. */
  readonly label: string;
  /** First day. */
  readonly from: string;
  /** The day after the last. */
  readonly until: string;
}

const EXPECTED =
  "a quarter (2026-Q1), a year (2025), a month (2026-03), a day, or a range (2025-07-01..2025-12-31)";

/**
 * The days that a period means. Quarters and years begin with the month with which the organisation's first quarter begins.
 * @throws {UsageError} for anything else, a day that the calendar does not have, and a range that ends before it begins
 */
export function periodOf(label: string, quarterStartMonth: number): Period {
  const ends = label.split("..");
  const first = spanOf(ends[0] ?? "", quarterStartMonth);
  const last = ends.length === 1 ? first : spanOf(ends[1] ?? "", quarterStartMonth);
  if (ends.length > 2 || !first || !last)
    throw new UsageError(`pack period: expected ${EXPECTED}, found ${JSON.stringify(label)}`);
  if (last.until <= first.from)
    throw new UsageError(`pack period: ${JSON.stringify(label)} ends before it begins`);
  return { label, from: isoDay(first.from), until: isoDay(last.until) };
}

interface Span {
  readonly from: DateTime;
  readonly until: DateTime;
}

function spanOf(text: string, startMonth: number): Span | undefined {
  const [, year, quarter, month, day] = /^(\d{4})(?:-[Qq]([1-4])|-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? [];
  if (year === undefined || Number(year) < 1000) return undefined;
  const at = (monthNumber: number, dayNumber = 1) =>
    DateTime.fromObject({ year: Number(year), month: monthNumber, day: dayNumber }, { zone: "utc" });
  const lasting = (from: DateTime, length: object): Span | undefined =>
    from.isValid ? { from, until: from.plus(length) } : undefined;
  if (quarter !== undefined)
    return lasting(at(startMonth).plus({ months: 3 * (Number(quarter) - 1) }), { months: 3 });
  if (month === undefined) return lasting(at(startMonth), { years: 1 });
  if (day === undefined) return lasting(at(Number(month)), { months: 1 });
  return lasting(at(Number(month), Number(day)), { days: 1 });
}

const isoDay = (date: DateTime): string => date.toFormat("yyyy-MM-dd");
