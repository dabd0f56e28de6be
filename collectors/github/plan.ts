import type { Json, StreamContext } from "../contract.ts";
import { probe, type Probe } from "./probe.ts";
import type { Session } from "./session.ts";

/** Points that a record of each kind costs, by GitHub's formula and the sizes of our pages. */
const POINTS = { pull_request: 2 / 49, deployment: 1 / 100, issue: 1 / 74, release: 1 / 50 } as const;

/** How much there is and what reading all of it costs, for a few points. */
export async function plan(
  session: Session,
  { warn }: StreamContext,
  cursors: Readonly<Record<string, Json | undefined>>,
): Promise<string[]> {
  const { repositories, failures } = await session.scope();
  for (const { message } of failures) warn(message);
  const probes = await probe(session, repositories);
  const points = Math.ceil(probes.reduce((sum, one) => sum + pointsOf(one), 0));
  const whole = `${repositories.length} repositories: everything costs about ${points} points and the commits`;
  return [
    Object.values(cursors).every((cursor) => cursor === undefined) ? whole : `${whole}; this run reads what is new`,
    ...probes.map(lineOf),
  ];
}

const countOf = ({ counts }: Probe, kind: keyof typeof POINTS) => counts[kind] ?? 0;

const pointsOf = (one: Probe) =>
  Object.entries(POINTS).reduce((sum, [kind, each]) => sum + each * countOf(one, kind as keyof typeof POINTS), 0);

const lineOf = (one: Probe) =>
  `${one.repository.nameWithOwner}: ${countOf(one, "pull_request")} pull requests, ${countOf(one, "deployment")} deployments, ` +
  `${countOf(one, "issue")} issues, ${countOf(one, "release")} releases`;
