import { SourceError } from "../../src/errors.ts";
import type { Allowance, Forecast, StreamContext } from "../contract.ts";
import { SEPARATOR } from "./cursor.ts";
import { probe, probedOf, PROBES_AT_ONCE, type Probe } from "./probe.ts";
import type { Repository, Session } from "./session.ts";

/** Points, and requests, that a record costs: by GitHub's formula, the sizes of our pages and the lists inside a record. */
const COSTS = {
  pull_request: { points: 2 / 49, calls: 1 / 49 },
  deployment: { points: 1 / 100, calls: 1 / 100 },
  issue: { points: 1 / 74, calls: 1 / 74 },
  release: { points: 1 / 50, calls: 1 / 50 },
  commit: { points: 1 / 100, calls: 1 / 100 },
} as const;

/** What a repository costs in a run that finds nothing new. */
const OVERVIEW = { points: 1.25, calls: 0.55, mostCallsOfFew: 9 };

export const KINDS = Object.keys(COSTS) as (keyof typeof COSTS)[];

/** What counting costs. */
const pointsToCount = ({ config }: Session, repositories: readonly Repository[]) =>
  probedOf(config).length * Math.ceil(repositories.length / PROBES_AT_ONCE);

/** Undefined where the server does not limit what is asked. */
export async function allowanceOf({ github, config }: Session): Promise<Allowance | undefined> {
  const rates = await github.rates();
  if (rates.length === 0) return undefined;
  return {
    left: rates.reduce((sum, { remaining }) => sum + remaining, 0),
    perHour: rates.reduce((sum, { limit }) => sum + limit, 0),
    reserve: config.reserve * rates.length,
    resetsAt: new Date(Math.min(...rates.map(({ resetsAt }) => resetsAt))),
  };
}

/** Whether so many points can be spent without waiting for the next hour. */
export const isThere = (allowance: Allowance | undefined, points: number): boolean =>
  allowance === undefined || allowance.left - allowance.reserve >= points;

export const isCountable = (session: Session, allowance: Allowance | undefined, repositories: readonly Repository[]): boolean =>
  isThere(allowance, pointsToCount(session, repositories));

/** What GitHub counts beyond what is stored, and what reading it costs. */
export async function forecastOf(
  { config }: Session,
  probes: readonly Probe[],
  allowance: Allowance | undefined,
  storedOf: StreamContext["storedOf"],
): Promise<Forecast> {
  const least = Math.ceil(probes.length * OVERVIEW.points);
  let points = least;
  let calls = Math.ceil(OVERVIEW.mostCallsOfFew + probes.length * OVERVIEW.calls);
  for (const kind of KINDS) {
    const stored = await storedOf?.(kind).counts(SEPARATOR);
    const unread = probes.map(({ repository, counts }) => Math.max(0, (counts[kind] ?? 0) - (stored?.get(repository.id) ?? 0)));
    points += sumOf(unread.map((records) => Math.ceil(records * COSTS[kind].points)));
    calls += sumOf(unread.map((records) => Math.ceil(records * COSTS[kind].calls)));
  }
  const most = config.max_points;
  return { points: Math.max(points, calls), calls, least, ...(most !== undefined && { most }), ...(allowance && { allowance }) };
}

const sumOf = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0);

/**
 * Says what is going to be asked, before a run that has much to ask. Not where the run is bounded, since counting takes
 * of what it may ask; nor where it would have to wait for that: the run itself then says that it waits.
 */
export async function foresee(session: Session, repositories: readonly Repository[], context: StreamContext): Promise<void> {
  if (!context.foresee || context.isUnread !== true || session.config.max_points !== undefined) return;
  try {
    const allowance = await allowanceOf(session);
    if (!allowance || !isCountable(session, allowance, repositories)) return;
    const probes = await probe(session, repositories);
    context.foresee(await forecastOf(session, probes, allowance, context.storedOf));
  } catch (error) {
    // Nobody needs a forecast so much that a run should fail for want of an answer.
    if (!(error instanceof SourceError) || error.failure !== "network") throw error;
  }
}
