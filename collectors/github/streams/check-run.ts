import type { Page, RawRecord, Stream, StreamContext } from "../../contract.ts";
import { nodesIn, problemAt } from "../client/answer.ts";
import { type Node, payloadOf } from "../client/lists.ts";
import { PageSize } from "../client/page-size.ts";
import type { GitHubConfig } from "../config.ts";
import { keyOf } from "../cursor.ts";
import { Failures } from "../failures.ts";
import type { Repository, Session } from "../session.ts";
import { ofOtherRepositories } from "./gone.ts";
import { completed } from "./inner.ts";

/** 1 + 50 x 2 requests are 1 point. */
const AT_ONCE = 50;

/** Of checks that are not over. */
const UNFINISHED = new Set(["PENDING", "EXPECTED"]);

interface Checked extends Node {
  readonly oid: string;
  readonly statusCheckRollup: Node | null;
}

/** Something with the commit that matters, and since when it does. */
interface Target {
  readonly repository: Repository;
  readonly id: string;
  readonly sha: string;
  readonly since: string;
}

/**
 * What apps found in commits that were merged, and in those that were deployed. GitHub does not say when that changed: a commit is asked
 * for once it matters, again while its checks are under way, and for some time after, since checks may be run again.
 */
export const checkRunStream = (session: Session): Stream<GitHubConfig> => ({
  name: "check_run",
  needs: [],
  async *pages(_, __, context): AsyncGenerator<Page> {
    const scope = await session.scope();
    const failures = new Failures("check_run");
    const gone = await ofOtherRepositories(context.stored, scope);
    if (gone.length > 0) yield { records: gone, cursor: null };
    yield* read(session, failures, "PullRequestChecks", await wanted(session, scope.repositories, context, merged));
    if (session.config.checks === "all")
      yield* read(session, failures, "CommitChecks", await wanted(session, scope.repositories, context, deployed));
    failures.end(scope);
  },
});

type StoredOf = NonNullable<StreamContext["storedOf"]>;

async function merged(repository: Repository, storedOf: StoredOf): Promise<Target[]> {
  const prefix = keyOf(repository.id, "");
  const pulls = await storedOf("pull_request").saying(prefix, ["$.mergedAt", "$.headRefOid"]);
  return [...pulls].flatMap(([key, [since, sha]]) => (since && sha ? [{ repository, id: key.slice(prefix.length), sha, since }] : []));
}

/** Of commits that are read: of the main line, the tags and the branches that are deployed from. */
async function deployed(repository: Repository, storedOf: StoredOf): Promise<Target[]> {
  const prefix = keyOf(repository.id, "");
  const commits = await storedOf("commit").saying(prefix, ["$.id"]);
  const deployments = await storedOf("deployment").saying(prefix, ["$.createdAt", "$.commitOid"]);
  return [...deployments.values()].flatMap(([since, sha]) => {
    const id = commits.get(prefix + String(sha))?.[0];
    return since && sha && id ? [{ repository, id, sha, since }] : [];
  });
}

/** What is not there, not over, or young enough to change; the newest first. */
async function wanted(
  { config }: Session,
  repositories: readonly Repository[],
  { stored, storedOf }: StreamContext,
  targetsOf: (repository: Repository, storedOf: StoredOf) => Promise<Target[]>,
): Promise<Target[]> {
  const all: Target[] = [];
  if (!stored || !storedOf) return all;
  for (const repository of repositories) {
    const targets = (await targetsOf(repository, storedOf)).sort((a, b) => (a.since < b.since ? 1 : -1));
    const known = await stored.saying(keyOf(repository.id, ""), ["$.statusCheckRollup.state"]);
    const young = Date.parse(targets[0]?.since ?? "") - config.deployment_window * 1000;
    all.push(...targets.filter(({ sha, since }) => {
      const state = known.get(keyOf(repository.id, sha));
      return state === undefined || UNFINISHED.has(state[0] ?? "") || Date.parse(since) >= young;
    }));
  }
  return [...new Map(all.map((target) => [target.id, target])).values()];
}

async function* read(session: Session, failures: Failures, operation: string, targets: readonly Target[]): AsyncGenerator<Page> {
  const size = new PageSize(AT_ONCE);
  const refused = new Set<string>();
  for (let left = targets; left.length > 0; ) {
    const { data, problems } = await session.github.byId(operation, left.map(({ id }) => id), {}, size);
    const nodes = nodesIn(data) as readonly (Node | null)[];
    const records: RawRecord[] = [];
    for (const [index, node] of nodes.entries()) {
      const { repository } = left[index] ?? {};
      const commit = node && commitOf(node);
      const problem = problemAt(problems, ["nodes", index]);
      // What is gone meanwhile has no checks to give.
      if (!repository || problem?.type === "NOT_FOUND" || refused.has(repository.id)) continue;
      const record = commit && !problem ? await recordOf(session, repository, commit) : undefined;
      if (record) records.push(record);
      else if (problem) failures.refused(repository, problem);
      else failures.incomplete(repository);
      if (!record) refused.add(repository.id);
    }
    yield { records, cursor: null };
    left = nodes.length === 0 ? [] : left.slice(nodes.length);
  }
}

function commitOf(node: Node): Checked | undefined {
  const { commits } = node as { readonly commits?: { readonly nodes: readonly ({ readonly commit: Checked } | null)[] } };
  return commits ? commits.nodes[0]?.commit : (node as Checked);
}

/** Undefined where GitHub does not give all. */
async function recordOf({ github }: Session, { id }: Repository, commit: Checked): Promise<RawRecord | undefined> {
  const rollup = commit.statusCheckRollup && (await completed(github, commit.statusCheckRollup, { contexts: "MoreChecks" }));
  if (rollup?.hasHole === true) return undefined;
  return { key: keyOf(id, commit.oid), payload: payloadOf({ ...commit, statusCheckRollup: rollup?.node ?? null }) };
}
