import type ICAL from "ical.js";
import { RRuleTemporal } from "rrule-temporal";
import { Problem } from "../../reading/problem.ts";
import { shown } from "../../reading/words.ts";

/** Repetitions are looked for this long after the first, unless the configuration says until when. */
const YEARS = 50;
export const MOST_OCCURRENCES = 5000;
const MOST_PERIODS = 20_000;
const MOST_A_DAY = 24;
const SECOND = 1000;
const YEAR = 365 * 86_400_000;

export interface Horizon {
  /** Clock readings, as in `Zone`. */
  readonly from: number | undefined;
  readonly until: number | undefined;
}

/**
 * Clock readings at which a rule says that something begins, in order, within the horizon. The rule runs on clock readings: a
 * meeting at nine is at nine in summer too. `until` of the rule is one as well.
 */
export function occurrencesOf(
  rule: ICAL.Recur,
  start: number,
  until: number | undefined,
  horizon: Horizon,
): number[] | Problem {
  const problem = ruleProblem(rule);
  if (problem !== undefined) return problem;
  const last = new Date(start);
  last.setUTCFullYear(last.getUTCFullYear() + YEARS);
  const parts = rule
    .toString()
    .split(";")
    .filter((part) => !part.startsWith("UNTIL="));
  const end = until === undefined ? [] : [`UNTIL=${compact(until)}`];
  try {
    const repeated = new RRuleTemporal({
      rruleString: `DTSTART:${compact(start)}\nRRULE:${[...parts, ...end].join(";")}`,
      maxIterations: MOST_PERIODS,
    });
    const span = { from: Math.max(start, horizon.from ?? start), until: horizon.until ?? last.getTime() };
    // One that is counted is followed from its start whatever is asked for.
    return rule.count === null ? byYear(repeated, span) : between(repeated, span.from, span.until);
  } catch (error) {
    return new Problem(
      `expected a rule of repetition, found ${shown(rule.toString())}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** A rule without an end is followed no further than is kept of it. */
function byYear(rule: RRuleTemporal, { from, until }: { from: number; until: number }): number[] {
  const walls: number[] = [];
  for (let begin = from; begin <= until && walls.length <= MOST_OCCURRENCES; begin += YEAR)
    walls.push(...between(rule, begin, Math.min(until, begin + YEAR - SECOND)));
  return walls;
}

const between = (rule: RRuleTemporal, from: number, until: number): number[] =>
  rule
    .between(new Date(from), new Date(until), true)
    .map((one) => Date.parse(`${one.toString().slice(0, 19)}Z`));

const compact = (wall: number) => new Date(wall).toISOString().replaceAll(/[-:]|\.\d+/g, "");

function ruleProblem(rule: ICAL.Recur): Problem | undefined {
  if (!["YEARLY", "MONTHLY", "WEEKLY", "DAILY"].includes(rule.freq))
    return new Problem(`expected something that repeats by the day at most, found ${shown(rule.toString())}`);
  const parts = rule.parts as Record<string, unknown[] | undefined>;
  const aDay = ["BYHOUR", "BYMINUTE", "BYSECOND"].reduce(
    (product, name) => product * (parts[name]?.length ?? 1),
    1,
  );
  return aDay > MOST_A_DAY
    ? new Problem(`expected at most ${MOST_A_DAY} times a day, found ${shown(rule.toString())}`)
    : undefined;
}
