import { berlin, DAY, type Instant, local, localDay, MINUTE } from "./clock.ts";

/**
 * People work in office hours. Counting time in *worked minutes* and turning it into instants at the end
 * gives every event the rhythm of a week for free: nights, weekends and holidays are simply not there.
 */
const OPENS = "08:30";
const MINUTES_A_DAY = 570;

const HOLIDAYS = new Set([
  ...["2024-10-03", "2024-12-24", "2024-12-25", "2024-12-26", "2024-12-31"],
  ...["2025-01-01", "2025-04-18", "2025-04-21", "2025-05-01", "2025-05-29", "2025-06-09", "2025-10-03"],
  ...["2025-12-24", "2025-12-25", "2025-12-26", "2025-12-31"],
  ...["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25"],
]);

/** Openings of all working days, with half a year before and after the two years. */
const openings: readonly Instant[] = workingDays("2024-01-02", "2026-12-30");

function workingDays(first: string, last: string): Instant[] {
  const opens: Instant[] = [];
  const end = berlin(last, "12:00");
  for (let noon = berlin(first, "12:00"); noon < end; noon += DAY) {
    const day = localDay(noon);
    const { weekday } = local(noon);
    if (weekday !== 0 && weekday !== 6 && !HOLIDAYS.has(day)) opens.push(berlin(day, OPENS));
  }
  return opens;
}

/** Mornings and afternoons are busy, lunch and the last hour are not: minutes worked -> minutes on the clock. */
const BUSYNESS = [
  { worked: 90, clock: 120 },
  { worked: 260, clock: 220 },
  { worked: 290, clock: 280 },
  { worked: 520, clock: 480 },
  { worked: 570, clock: 570 },
] as const;

function clockMinutes(worked: number): number {
  let from: { worked: number; clock: number } = { worked: 0, clock: 0 };
  for (const until of BUSYNESS) {
    if (worked <= until.worked) {
      const part = (worked - from.worked) / (until.worked - from.worked);
      return from.clock + part * (until.clock - from.clock);
    }
    from = until;
  }
  return MINUTES_A_DAY;
}

function workedMinutes(clock: number): number {
  let from: { worked: number; clock: number } = { worked: 0, clock: 0 };
  for (const until of BUSYNESS) {
    if (clock <= until.clock) {
      const part = (clock - from.clock) / (until.clock - from.clock);
      return from.worked + part * (until.worked - from.worked);
    }
    from = until;
  }
  return MINUTES_A_DAY;
}

/** Index of the last working day that opened at or before the instant. */
function dayIndex(at: Instant): number {
  let low = 0;
  let high = openings.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((openings[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Worked minutes up to an instant; outside office hours the clock stands still. */
export function toWorked(at: Instant): number {
  const day = dayIndex(at);
  const clock = Math.min(MINUTES_A_DAY, Math.max(0, (at - (openings[day] ?? 0)) / MINUTE));
  return day * MINUTES_A_DAY + workedMinutes(clock);
}

/** The instant at which so many minutes have been worked. */
export function toInstant(worked: number): Instant {
  const day = Math.min(openings.length - 1, Math.max(0, Math.floor(worked / MINUTES_A_DAY)));
  return Math.round((openings[day] ?? 0) + clockMinutes(worked - day * MINUTES_A_DAY) * MINUTE);
}

/** So many hours of work later. */
export function afterWork(at: Instant, hours: number): Instant {
  return Math.max(at + MINUTE, toInstant(toWorked(at) + hours * 60));
}

export const HOURS_A_DAY = MINUTES_A_DAY / 60;
