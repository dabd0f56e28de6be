import { SourceError } from "../../src/errors.ts";
import type { Allowance, Forecast, StreamContext } from "../contract.ts";
import type { Rate } from "./client/credentials.ts";
import type { GitHubConfig } from "./config.ts";
import { SEPARATOR } from "./cursor.ts";
import { type Probe, probeAll, probedOf, PROBES_AT_ONCE } from "./probe.ts";
import type { Repository, Session } from "./session.ts";

/** By GitHub's formula, the sizes of our pages and the lists inside a record. */
interface Cost {
  readonly points: number;
  readonly calls: number;
  /** REST requests. */
  readonly rest: number;
}

const query = (points: number, calls: number, rest = 0): Cost => ({ points, calls, rest });

/** What a record costs that is new. Of the first few, and of what a list of others shows, the overview tells. */
const COSTS = {
  pull_request: { ...query(2 / 49, 1 / 49), shown: 4 },
  deployment: { ...query(1 / 100, 1 / 100), shown: 10 },
  issue: { ...query(1 / 74, 1 / 74), shown: 6 },
  // With a list of digests.
  release: { ...query(1 / 50, 1 / 50, 1 / 100), shown: 0 },
  commit: { ...query(1 / 100, 1 / 100), shown: 0 },
  // Who approved is asked of each.
  deployment_approval: { ...query(1 / 100, 1 / 100, 1), shown: 0 },
  ruleset: { ...query(0, 0, 1), shown: 0 },
  // A page of 100, and what it takes to find windows of 500.
  workflow_run: { ...query(0, 0, 1 / 100 + 1 / 500), shown: 0 },
} as const;

/** As a rule, one attempt in so many does not succeed. */
const ONE_FAILS_IN = 7;

/** What each repository costs a run that finds nothing new, stream by stream; it is asked about in batches. */
const OVERVIEW = {
  always: [query(0.7, 0.1), query(0.1, 0.1), query(0.2, 0.1), query(0.1, 0.1), query(0.04, 0.04), query(0.1, 0.1)],
  rules: [query(0.04, 0.04), query(0.2, 0.1)],
} as const;

export type Kind = keyof typeof COSTS;
export const KINDS = Object.keys(COSTS) as Kind[];

/** What counting costs. */
const pointsToCount = ({ config }: Session, repositories: readonly Repository[]) =>
  probedOf(config).length * Math.ceil(repositories.length / PROBES_AT_ONCE) + Math.ceil(repositories.length * 0.8);

/** GitHub counts REST requests apart from points. Undefined where the server does not limit what is asked. */
export interface Allowances {
  readonly points: Allowance | undefined;
  readonly rest: Allowance | undefined;
}

export async function allowancesOf({ github, config }: Session): Promise<Allowances> {
  const { graphql, core } = await github.rates();
  return { points: allowanceOf(graphql, config), rest: allowanceOf(core, config) };
}

function allowanceOf(rates: readonly Rate[], { reserve }: GitHubConfig): Allowance | undefined {
  if (rates.length === 0) return undefined;
  return {
    left: sumOf(rates.map(({ remaining }) => remaining)),
    perHour: sumOf(rates.map(({ limit }) => limit)),
    reserve: reserve * rates.length,
    resetsAt: new Date(Math.min(...rates.map(({ resetsAt }) => resetsAt))),
  };
}

/** Whether so much can be spent without waiting for the next hour. */
export const isThere = (allowance: Allowance | undefined, needed: number): boolean =>
  allowance === undefined || allowance.left - allowance.reserve >= needed;

export const isCountable = (session: Session, { points, rest }: Allowances, repositories: readonly Repository[]): boolean =>
  isThere(points, pointsToCount(session, repositories)) && isThere(rest, repositories.length + 1);

/** What GitHub counts beyond what is stored, and what reading it costs. */
export async function forecastOf(
  { config }: Session,
  probes: readonly Probe[],
  allowances: Allowances,
  storedOf: StreamContext["storedOf"],
): Promise<Forecast> {
  const least = overviewOf(config, probes);
  const costs = [least];
  for (const kind of KINDS) {
    const stored = await storedOf?.(kind).counts(SEPARATOR);
    for (const { repository, counts } of probes) {
      const unread = Math.max(0, (counts[kind] ?? 0) - (stored?.get(repository.id) ?? 0));
      costs.push(costOf(kind, unread), ...(kind === "workflow_run" ? [jobsOf(config, unread)] : []), ...(kind === "pull_request" ? [checksOf(config, unread)] : []));
    }
  }
  const { points, calls, rest } = added(costs);
  const most = config.max_points;
  return {
    points,
    calls: calls + rest,
    least: least.points,
    apart: { calls: rest, ...(allowances.rest && { allowance: allowances.rest }) },
    ...(most !== undefined && { most }),
    ...(allowances.points && { allowance: allowances.points }),
  };
}

function overviewOf({ rules, pipelines }: GitHubConfig, probes: readonly Probe[]): Cost {
  const guarded = probes.filter(({ counts }) => (counts.deployment_approval ?? 0) > 0).length;
  const owners = new Set(probes.map(({ repository }) => repository.nameWithOwner.split("/")[0])).size;
  const times = (count: number, { points, calls }: Cost): Cost => query(Math.ceil(count * points), Math.ceil(count * calls));
  return added([
    query(owners, owners, (rules ? 2 * owners : 0) + (pipelines.runs ? probes.length : 0)),
    ...[...OVERVIEW.always, ...(rules ? OVERVIEW.rules : [])].map((cost) => times(probes.length, cost)),
    times(guarded, query(0.1, 0.1)),
  ]);
}

function costOf(kind: Kind, records: number): Cost {
  const { points, calls, rest, shown } = COSTS[kind];
  const hidden = Math.max(0, records - shown);
  return query(Math.ceil(hidden * points), Math.ceil(hidden * calls), Math.ceil((kind === "workflow_run" && records <= 100 ? 0 : records) * rest));
}

/** A request for the jobs of each attempt that is meant, of whichever workflow. */
function jobsOf({ pipelines: { jobs } }: GitHubConfig, runs: number): Cost {
  return query(0, 0, jobs === "none" ? 0 : Math.ceil(jobs === "all" ? runs : runs / ONE_FAILS_IN));
}

const checksOf = ({ checks }: GitHubConfig, pulls: number): Cost =>
  checks === "none" ? query(0, 0) : query(Math.ceil(pulls / 50), Math.ceil(pulls / 50));

const added = (costs: readonly Cost[]): Cost =>
  query(sumOf(costs.map(({ points }) => points)), sumOf(costs.map(({ calls }) => calls)), sumOf(costs.map(({ rest }) => rest)));

const sumOf = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0);

/**
 * Says what is going to be asked, before a run that has much to ask. Not where the run is bounded, since counting takes
 * of what it may ask; nor where it would have to wait for that: the run itself then says that it waits.
 */
export async function foresee(session: Session, repositories: readonly Repository[], context: StreamContext): Promise<void> {
  if (!context.foresee || context.isUnread !== true || session.config.max_points !== undefined) return;
  try {
    const allowances = await allowancesOf(session);
    if (!allowances.points || !isCountable(session, allowances, repositories)) return;
    const probes = await probeAll(session, repositories);
    context.foresee(await forecastOf(session, probes, allowances, context.storedOf));
  } catch (error) {
    // Nobody needs a forecast so much that a run should fail for want of an answer.
    if (!(error instanceof SourceError) || error.failure !== "network") throw error;
  }
}
