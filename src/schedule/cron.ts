import { Cron, type CronOptions } from "croner";

/**
 * A list of hours names fixed times, as a single one does: on the days on which clocks change each is due once. What
 * comes every so many minutes goes on coming so.
 */
const OPTIONS = { paused: true, mode: "5-or-6-parts", fixedTimeRule: "no-wildcard" } as const satisfies CronOptions;

/** What is wrong with a cron expression; undefined = nothing. */
export function cronProblem(expression: string): string | undefined {
  // The library takes these for an instant and for the hour at which it was asked.
  if (/[:?]/.test(expression)) return "it takes neither : nor ?";
  try {
    // From a fixed instant: whether a configuration is right must not depend on the day.
    const next = new Cron(expression, { ...OPTIONS, timezone: "UTC" }).nextRun(new Date(0));
    return next === null ? "there is no such day" : undefined;
  } catch (error) {
    return error instanceof Error ? inWords(error.message) : String(error);
  }
}

const inWords = (message: string) =>
  /space separated parts|requires exactly/.test(message)
    ? "it has five parts, or six with seconds first"
    : message.replace(/^CronPattern: /, "").replace(/\.$/, "");

/** When a source is due. */
export interface Ticks {
  /** The first instant after this one. */
  after(instant: Date): Date;
}

/** @param delay milliseconds by which each start is later than the expression says */
export function ticksOf(expression: string, timeZone: string, delay: number): Ticks {
  const cron = new Cron(expression, { ...OPTIONS, timezone: timeZone });
  return { after: (instant) => later(cron.nextRun(later(instant, -delay)) ?? NEVER, delay) };
}

const NEVER = new Date("9999-01-01T00:00:00Z");

export const later = (instant: Date, milliseconds: number): Date => new Date(instant.getTime() + milliseconds);
