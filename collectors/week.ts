const WEEK = 7 * 86_400_000;

/** Whether a week passed, in milliseconds since 1970; or the clock was set by as much, for then nobody knows when the one or the other was. */
export const isWeekApart = (one: number, other: number): boolean => Math.abs(one - other) >= WEEK;
