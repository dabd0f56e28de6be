import type { Ticks } from "./cron.ts";

/** A source as the schedule knows it. */
export interface Scheduled {
  readonly source: string;
  readonly ticks: Ticks;
  /** Up to when what was due counts as done; undefined = it was never read to its end. */
  served: Date | undefined;
}

const DAY = 86_400_000;

/**
 * When a source starts next: at once where it was never read, or where it was due since. Where the clock was set back, what
 * was done is not done again; unless by more than a day, for then the clock had been wrong and nobody knows when it was read.
 */
export function nextStart({ ticks, served }: Scheduled, now: Date): Date {
  if (served === undefined || served.getTime() - now.getTime() > DAY) return now;
  return ticks.after(served);
}

export const isDue = (scheduled: Scheduled, now: Date): boolean => nextStart(scheduled, now) <= now;

/** Enough to say that there were many. */
export const MOST_COUNTED = 100;

/** How often it was due after one instant, up to another. */
export function startsBetween(ticks: Ticks, from: Date, until: Date): number {
  let count = 0;
  for (let at = ticks.after(from); at <= until && count < MOST_COUNTED; at = ticks.after(at)) count += 1;
  return count;
}
