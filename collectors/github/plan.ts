import type { StreamContext } from "../contract.ts";
import { allowancesOf, forecastOf, isCountable, isThere, type Kind } from "./forecast.ts";
import { type Probe, probeAll } from "./probe.ts";
import type { Session } from "./session.ts";

/** How much there is, what reading costs and what may be asked, for a few points; never waits for the next hour. */
export async function plan(session: Session, { warn, foresee, storedOf }: StreamContext): Promise<string[]> {
  const { organisations, repositories: named } = session.config;
  const allowances = await allowancesOf(session);
  const allowance = allowances.points;
  if (!isThere(allowance, organisations.length + named.length)) return notCounted(allowance?.left ?? 0, allowance?.resetsAt);
  const { repositories, failures } = await session.scope();
  for (const { message } of failures) warn(message);
  if (!isCountable(session, allowances, repositories)) return notCounted(allowance?.left ?? 0, allowance?.resetsAt);
  const probes = await probeAll(session, repositories);
  foresee?.(await forecastOf(session, probes, allowances, storedOf));
  return probes.map(lineOf);
}

const notCounted = (left: number, resetsAt: Date | undefined) => [
  `not counted, since too few points are left of this hour (${left}): ask again after ${resetsAt?.toISOString().slice(11, 16) ?? "it"} UTC. ` +
    "A run would wait until then by itself",
];

const WORDS = {
  pull_request: "pull requests",
  deployment: "deployments",
  issue: "issues",
  release: "releases",
  commit: "commits",
  workflow_run: "workflow runs",
} as const satisfies Partial<Record<Kind, string>>;

const lineOf = ({ repository, counts }: Probe) =>
  `${repository.nameWithOwner}: ${Object.entries(WORDS).map(([kind, word]) => `${counts[kind as keyof typeof WORDS] ?? 0} ${word}`).join(", ")}`;
