import { DateTime } from "luxon";
import { UsageError } from "../errors.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const HAS_OFFSET = /T.*(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;

/** The instant that `--as-of` means. A day means its end in the organisation's time zone. */
export function asOfInstant(text: string, timeZone: string): Date {
  const isDay = DAY.test(text);
  const read = DateTime.fromISO(text, { zone: timeZone });
  if (!read.isValid || !(isDay || HAS_OFFSET.test(text))) {
    throw new UsageError(
      `--as-of: expected a day such as 2026-06-30 or an instant such as 2026-06-30T12:00:00Z, found ${JSON.stringify(text)}`,
    );
  }
  // Every period until then is made: thousands of years of them take hours.
  if (read.year >= 2200)
    throw new UsageError(`--as-of: expected an instant before the year 2200, found ${JSON.stringify(text)}`);
  return (isDay ? read.plus({ days: 1 }).startOf("day") : read).toJSDate();
}
