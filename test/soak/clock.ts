import type { Chance } from "../support/chance.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** By how much a clock is off at times; what was done within a week of its being set right may wait for another. */
const OFF = [
  0,
  HOUR,
  -HOUR,
  5 * DAY,
  60 * DAY,
  -60 * DAY,
  500 * DAY,
  -500 * DAY,
  20_000 * DAY,
  -9_000 * DAY,
] as const;

export const AHEAD = "a clock that is ahead";
export const BEHIND = "a clock that is behind";
export const JUMPS = [AHEAD, BEHIND];

/** A clock that somebody sets now and then, also while it is looked at. */
export function jumping(now: () => Date, chance: Chance, note: (kind: string) => void): () => Date {
  let off = 0;
  return () => {
    if (chance.percent(20)) off = chance.one(OFF);
    if (off !== 0) note(off > 0 ? AHEAD : BEHIND);
    return new Date(now().getTime() + off);
  };
}
