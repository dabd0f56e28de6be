/** An instant: whole seconds since 1970, UTC. Nothing here asks the machine for its time or its zone. */
export type Instant = number;

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86400;

const pad = (value: number, length = 2) => String(value).padStart(length, "0");

function utc(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): Instant {
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

/** Summer time starts and ends at 01:00 UTC on the last Sunday of March and October. */
function lastSunday(year: number, month: number): Instant {
  const last = new Date(Date.UTC(year, month, 0));
  return utc(year, month, last.getUTCDate() - last.getUTCDay(), 1);
}

const SUMMER_TIMES = [2023, 2024, 2025, 2026, 2027].map(
  (year) => [lastSunday(year, 3), lastSunday(year, 10)] as const,
);

function berlinOffset(at: Instant): number {
  return SUMMER_TIMES.some(([from, until]) => at >= from && at < until) ? 2 * HOUR : HOUR;
}

export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 = Sunday. */
  readonly weekday: number;
}

/** What a clock in Berlin shows. */
export function local(at: Instant): LocalTime {
  const date = new Date((at + berlinOffset(at)) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    weekday: date.getUTCDay(),
  };
}

/** The instant at which a clock in Berlin shows `2026-01-31` and `14:05`. */
export function berlin(day: string, time = "00:00"): Instant {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const asUtc = utc(year, month, date, hour, minute);
  return asUtc - berlinOffset(asUtc - HOUR);
}

/** `2026-01-31T12:00:00Z` */
export function isoUtc(at: Instant): string {
  return new Date(at * 1000).toISOString().replace(".000Z", "Z");
}

/** `2026-01-31 12:00:00`, UTC without saying so, as ticket systems like to export it. */
export function plainUtc(at: Instant): string {
  return isoUtc(at).replace("T", " ").replace("Z", "");
}

/** `31.01.2026 13:00:00` on a clock in Berlin. */
export function germanLocal(at: Instant): string {
  const { year, month, day, hour, minute, second } = local(at);
  return `${pad(day)}.${pad(month)}.${year} ${pad(hour)}:${pad(minute)}:${pad(second)}`;
}

/** `31/01/2026 13:00` on a clock in Berlin: the second is lost, as it is in many an export. */
export function slashedLocal(at: Instant): string {
  const { year, month, day, hour, minute } = local(at);
  return `${pad(day)}/${pad(month)}/${year} ${pad(hour)}:${pad(minute)}`;
}

/** `2026-01-31` on a calendar in Berlin. */
export function localDay(at: Instant): string {
  const { year, month, day } = local(at);
  return `${year}-${pad(month)}-${pad(day)}`;
}

/** The two years end here: midnight in Berlin, when the third quarter of 2026 begins. */
export const AS_OF = berlin("2026-07-01");
export const START = berlin("2024-07-01");
