import { DateTime } from "luxon";
import { periodOf, type Period } from "../../reports/period/range.ts";
import { UsageError } from "../errors.ts";

const EXPECTED = "a month (2026-03), a quarter (2026-Q1) or a year (2025)";
const LABEL = /^(\d{4})(?:-(?:[Qq]([1-4])|(0[1-9]|1[0-2])))?$/;

/**
 * The month, quarter or year that an option names. Years and quarters begin as `quarter_start` says.
 * @throws {UsageError} for anything else
 */
export function archivePeriod(option: string, label: string, quarterStartMonth: number): Period {
  if (!LABEL.test(label))
    throw new UsageError(`${option}: expected ${EXPECTED}, found ${JSON.stringify(label)}`);
  return periodOf(label.toUpperCase(), quarterStartMonth);
}

/** The periods of the same length from the one in which `oldest` lies to this one, oldest first. */
export function periodsUntil(last: Period, oldest: string, quarterStartMonth: number): Period[] {
  const periods = [last];
  for (let first = last; first.from > oldest;) {
    first = periodOf(before(first.label), quarterStartMonth);
    periods.unshift(first);
  }
  return periods;
}

function before(label: string): string {
  const [, year = "", quarter, month] = LABEL.exec(label) ?? [];
  const previous = String(Number(year) - 1).padStart(4, "0");
  if (quarter !== undefined) return quarter === "1" ? `${previous}-Q4` : `${year}-Q${Number(quarter) - 1}`;
  if (month !== undefined)
    return month === "01" ? `${previous}-12` : `${year}-${String(Number(month) - 1).padStart(2, "0")}`;
  return previous;
}

/** The instants between which a period lies, the second not included. */
export function instantsOf(
  { from, until }: Pick<Period, "from" | "until">,
  timeZone: string,
): { from: string; until: string } {
  const instant = (day: string) =>
    DateTime.fromISO(day, { zone: timeZone }).toUTC().toISO({ suppressMilliseconds: true }) ?? "";
  return { from: instant(from), until: instant(until) };
}

/** @throws {UsageError} when the period is not over at as-of: what comes later would be missing from its archive */
export function refuseOpen(period: Period, asOf: string, timeZone: string): void {
  const { until } = instantsOf(period, timeZone);
  if (Date.parse(until) <= Date.parse(asOf)) return;
  throw new UsageError(
    `${period.label} is not over at ${asOf}, up to which is known what happened: it ends at ${until}; archive it after a collection later than that`,
  );
}
