import type { Health, HealthState } from "./health.ts";

/** How each source fares, a line each, and whether one should have started long ago. */
export function healthReport(health: Health, now: Date, maxAge: number): { lines: string[]; isOverdue: boolean } {
  const sources = Object.entries(health.sources);
  const lines = sources.map(([source, state]) => `${source}: ${sayings(state, now, maxAge).join("; ")}`);
  return { lines, isOverdue: sources.some(([, state]) => isOverdue(state, now, maxAge)) };
}

/**
 * What was due stays due until it has been tried. A source that fails is not overdue: a new process would fare no better,
 * and notices tell of it.
 */
const isOverdue = ({ next_due }: HealthState, now: Date, maxAge: number): boolean =>
  next_due !== null && now.getTime() - Date.parse(next_due) > maxAge * 1000;

function sayings(state: HealthState, now: Date, maxAge: number): string[] {
  const { last_success, next_due, consecutive_failures, last_message } = state;
  return [
    ...(isOverdue(state, now, maxAge) ? ["overdue"] : []),
    ...(last_message === null ? [] : [`failed ${times(consecutive_failures)}: ${last_message}`]),
    last_success === null ? "never read to its end" : `last read ${last_success}`,
    ...(next_due === null ? [] : [`due ${next_due}`]),
  ];
}

const times = (count: number) => (count === 1 ? "once" : `${count} times in a row`);
