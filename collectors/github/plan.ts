import type { StreamContext } from "../contract.ts";
import { allowanceOf, forecastOf, isCountable, isThere, KINDS } from "./forecast.ts";
import { probe, type Probe } from "./probe.ts";
import type { Session } from "./session.ts";

/** How much there is, what reading costs and what may be asked, for a few points; never waits for the next hour. */
export async function plan(session: Session, { warn, foresee, storedOf }: StreamContext): Promise<string[]> {
  const { organisations, repositories: named } = session.config;
  const allowance = await allowanceOf(session);
  if (!isThere(allowance, organisations.length + named.length)) return notCounted(allowance?.left ?? 0, allowance?.resetsAt);
  const { repositories, failures } = await session.scope();
  for (const { message } of failures) warn(message);
  if (!isCountable(session, allowance, repositories)) return notCounted(allowance?.left ?? 0, allowance?.resetsAt);
  const probes = await probe(session, repositories);
  foresee?.(await forecastOf(session, probes, allowance, storedOf));
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
} as const satisfies Record<(typeof KINDS)[number], string>;

const lineOf = ({ repository, counts }: Probe) =>
  `${repository.nameWithOwner}: ${KINDS.map((kind) => `${counts[kind] ?? 0} ${WORDS[kind]}`).join(", ")}`;
