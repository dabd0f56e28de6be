import type { Check } from "../contract.ts";
import { remedyOf, WITHOUT } from "./failures.ts";
import { probe, probedOf, probeRuns, type Probe, type Probed } from "./probe.ts";
import type { Repository, Session } from "./session.ts";

/** Whether the token is accepted, sees the repositories, and may read each kind of record. */
export async function* check(session: Session): AsyncGenerator<Check> {
  const { repositories, failures } = await session.scope();
  const subject = new URL(session.config.url).host;
  for (const { message } of failures) {
    const [said = message, ...remedy] = message.split(": ");
    yield { status: "problem", subject, message: said, remedy: remedy.join(": ") || "correct it, then ask again" };
  }
  if (repositories.length === 0) return;
  yield { status: "ok", subject, message: `the token is accepted and sees ${named(repositories)}` };
  const probes = await probe(session, repositories);
  await probeRuns(session, probes);
  yield* permissions(subject, [...probedOf(session.config), "workflow_run"], probes);
}

function* permissions(subject: string, kinds: readonly Probed[], probes: readonly Probe[]): Generator<Check> {
  for (const kind of kinds) {
    const refused = probes.filter((one) => one.refused.includes(kind));
    if (refused.length === 0) continue;
    yield {
      status: "problem",
      subject,
      message: `the token may not read ${WITHOUT[kind]} (${named(refused.map(({ repository }) => repository))})`,
      remedy: `give it ${remedyOf(kind)}`,
    };
  }
  const count = probes.reduce((sum, { counts }) => sum + (counts.deployment ?? 0), 0);
  if (count > 0) yield { status: "ok", subject, message: `${count} deployments are there` };
  else yield noDeployments(subject);
}

const noDeployments = (subject: string): Check => ({
  status: "warning",
  subject,
  message: "there are no deployments, so there is nothing to count",
  remedy: "let a workflow deploy to an environment (jobs.<job>.environment), or say by tags or files what was deployed",
});

function named(repositories: readonly Repository[]): string {
  const names = repositories.slice(0, 3).map(({ nameWithOwner }) => nameWithOwner);
  const more = repositories.length > 3 ? ` and ${repositories.length - 3} more` : "";
  return names.join(", ") + more;
}
