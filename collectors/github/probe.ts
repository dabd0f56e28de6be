import type { GitHub } from "./client/github.ts";
import { nodesIn } from "./client/answer.ts";
import { Denied } from "./client/rest.ts";
import type { GitHubConfig } from "./config.ts";
import type { StreamName } from "./failures.ts";
import type { Repository, Session } from "./session.ts";
import { guardedCounts } from "./streams/deployment-approval.ts";
import { RunList } from "./streams/run-list.ts";

/** Repositories that are asked for at once. */
export const PROBES_AT_ONCE = 25;
const PROBED = ["ref", "deployment", "environment", "pull_request", "issue", "release", "ruleset", "branch_protection", "check_run"] as const satisfies readonly StreamName[];
/** GraphQL does not tell of it; one repository does for all. */
const BY_REST = "rule_suite";
type Counted = (typeof PROBED)[number] | typeof BY_REST;
export type Probed = Counted | "workflow_run" | "deployment_approval";

const RULES: ReadonlySet<Counted> = new Set(["ruleset", "branch_protection", BY_REST]);

/** Kinds of records that the configuration asks for. */
export const probedOf = ({ rules, checks }: Pick<GitHubConfig, "rules" | "checks">): readonly Counted[] =>
  ([...PROBED, BY_REST] as const).filter((kind) => (rules || !RULES.has(kind)) && (checks !== "none" || kind !== "check_run"));

/** How many records of each kind a repository has, where the token may know. */
export interface Probe {
  readonly repository: Repository;
  readonly counts: Partial<Record<Probed | "commit", number>>;
  readonly refused: Probed[];
}

interface Given {
  readonly totalCount?: number;
  /** Of the main line. */
  readonly target?: { readonly history?: { readonly totalCount: number } } | null;
}

/** How many workflow runs there are, and whether they may be read: REST alone tells, repository by repository. */
export async function probeRuns({ github, config }: Session, probes: readonly Probe[]): Promise<void> {
  for (const { repository, counts, refused } of config.pipelines.runs ? probes : [])
    try {
      counts.workflow_run = (await new RunList(github, repository.nameWithOwner, {}).head(1)).total;
    } catch (error) {
      if (!(error instanceof Denied)) throw error;
      refused.push("workflow_run");
    }
}

/** All that a forecast counts. */
export async function probeAll(session: Session, repositories: readonly Repository[]): Promise<Probe[]> {
  const probes = await probe(session, repositories);
  await probeRuns(session, probes);
  const guarded = await guardedCounts(session, repositories);
  for (const { repository, counts } of probes) counts.deployment_approval = guarded.get(repository.id) ?? 0;
  return probes;
}

export async function probe({ config, github }: Session, repositories: readonly Repository[]): Promise<Probe[]> {
  const all = repositories.map((repository): Probe => ({ repository, counts: {}, refused: [] }));
  const kinds = probedOf(config);
  for (let start = 0; start < all.length; start += PROBES_AT_ONCE)
    for (const kind of kinds) if (kind !== BY_REST) await probeKind(github, kind, all.slice(start, start + PROBES_AT_ONCE));
  if (all[0] && kinds.includes(BY_REST)) await probeRuleSuites(github, all[0]);
  return all;
}

async function probeRuleSuites(github: GitHub, { repository, refused }: Probe): Promise<void> {
  const { kind } = await github.find(`/repos/${repository.nameWithOwner}/rulesets/rule-suites?per_page=1`);
  if (kind !== "found") refused.push(BY_REST);
}

async function probeKind(github: GitHub, kind: (typeof PROBED)[number], probes: readonly Probe[]): Promise<void> {
  const wanted = Object.fromEntries(PROBED.map((one) => [one, one === kind]));
  const { data, problems } = await github.query("Probe", {
    ids: probes.map(({ repository }) => repository.id),
    ...wanted,
  });
  const nodes = nodesIn(data) as readonly (Partial<Record<Probed, Given | null>> | null)[];
  for (const [index, one] of probes.entries()) {
    if (problems.some(({ path }) => path?.[0] === "nodes" && path[1] === index)) one.refused.push(kind);
    const given = nodes[index]?.[kind];
    one.counts[kind] = given?.totalCount ?? 0;
    if (kind === "ref") one.counts.commit = given?.target?.history?.totalCount ?? 0;
  }
}
