import { DateTime } from "luxon";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Where the zone is not told: the one in which a clock is behind all others, so that more is read, never less. */
const LATEST_ZONE = "Etc/GMT+12";

export const all = (...conditions: readonly (string | undefined)[]): string =>
  conditions.filter((one) => one !== undefined).join(" AND ");

/** Ids are digits alone: the schemas see to that. */
export const oneOf = (name: string, ids: Iterable<string>): string => `${name} in (${[...ids].join(", ")})`;

export const oldestUpdateFirst = (conditions: string): string =>
  `${conditions} ORDER BY updated ASC, key ASC`;
/** Keys hardly ever change, so that the list stays as it is while it is read. */
export const byKey = (conditions: string): string => `${conditions} ORDER BY key ASC`;

/**
 * Jira reads dates to the minute, by the clock of the user's zone. In the hour that a clock shows twice it may
 * mean either: the instant goes back to before that hour.
 */
export function updatedSince(instant: number, zone: string | undefined): string {
  let local = localTime(instant - (instant % MINUTE), zone);
  for (let steps = 0; local.getPossibleOffsets().length > 1 && steps < 4; steps += 1)
    local = localTime(local.toMillis() - HOUR, zone);
  return `updated >= "${local.toFormat("yyyy-MM-dd HH:mm")}"`;
}

function localTime(instant: number, zone: string | undefined): DateTime {
  const local = DateTime.fromMillis(instant, { zone: zone ?? LATEST_ZONE });
  return local.isValid ? local : DateTime.fromMillis(instant, { zone: LATEST_ZONE });
}
