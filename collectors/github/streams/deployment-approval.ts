import { SourceError } from "../../../src/errors.ts";
import type { Json, RawRecord, Stream, StreamContext } from "../../contract.ts";
import { isList, listsIn, type Node, present } from "../client/lists.ts";
import type { GitHubConfig } from "../config.ts";
import { keyOf, SEPARATOR } from "../cursor.ts";
import type { Repository, Session } from "../session.ts";
import { deployment } from "./deployment.ts";
import { environment } from "./environment.ts";
import { batches } from "./snapshot.ts";
import { HEADS, Walker, type WalkSpec } from "./walk.ts";

/**
 * Who let a deployment into an environment that asks for reviewers. GitHub knows it by run, and only REST says it: it is
 * asked once for each deployment that waited, when that is over.
 */
export const deploymentApprovalStream = (session: Session): Stream<GitHubConfig> => ({
  name: "deployment_approval",
  needs: [],
  async *pages(_, cursor, context) {
    const scope = await session.scope();
    const guarded = await guardedOf(session, scope.repositories);
    const spec = specOf(guarded, new Approvals(session, context));
    try {
      yield* new Walker(session, spec, cursor, context, scope).pages();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // Nothing after the last page is stored: with the permission, the next run goes on from there.
      context.warn(error.message);
    }
  },
});

type Guarded = ReadonlyMap<string, readonly string[]>;

/** Repository -> its environments that ask for reviewers. */
async function guardedOf(session: Session, repositories: readonly Repository[]): Promise<Guarded> {
  const guarded = new Map<string, readonly string[]>();
  for await (const batch of batches(session, environment, repositories))
    for (const [{ id }, list] of batch) {
      const names = present(list ?? { nodes: [] }).flatMap((node) => (asksForReviewers(node) ? [String(node["name"])] : []));
      if (names.length > 0) guarded.set(id, names);
    }
  return guarded;
}

/** Repository -> how many deployments went to environments that ask for reviewers. */
export async function guardedCounts(session: Session, repositories: readonly Repository[]): Promise<ReadonlyMap<string, number>> {
  const guarded = await guardedOf(session, repositories);
  const counts = new Map<string, number>();
  const ids = [...guarded.keys()];
  const environments = [...new Set([...guarded.values()].flat())].sort();
  for (let start = 0; start < ids.length; start += HEADS) {
    const some = ids.slice(start, start + HEADS);
    const lists = listsIn(await session.github.query("GuardedDeploymentHeads", { ids: some, environments, first: 1 }));
    for (const [index, id] of some.entries()) counts.set(id, lists[index]?.totalCount ?? 0);
  }
  return counts;
}

const asksForReviewers = ({ protectionRules }: Node): boolean =>
  isList(protectionRules) && present(protectionRules).some(({ type }) => type === "REQUIRED_REVIEWERS");

const specOf = (guarded: Guarded, approvals: Approvals): WalkSpec => ({
  ...{ name: "deployment_approval", orderedBy: "createdAt" },
  ...{ page: "GuardedDeployments", heads: "GuardedDeploymentHeads", byId: "GuardedDeploymentsById" },
  inner: { statuses: "DeploymentStatuses" },
  lag: ({ deployment_window }) => deployment_window,
  sizes: () => ({ page: 100, head: 10 }),
  // What one more environment asks for was never looked at: everything is read again.
  variables: () => ({ environments: [...new Set([...guarded.values()].flat())].sort() }),
  isMeant: ({ id }) => guarded.has(id),
  isFinal: (node) => deployment.isFinal?.(node) ?? true,
  record: (repository, node) => approvals.of(repository, node),
});

class Refused extends SourceError {}

class Approvals {
  readonly #session: Session;
  readonly #context: StreamContext;
  readonly #stored = new Map<string, ReadonlyMap<string, unknown>>();

  constructor(session: Session, context: StreamContext) {
    this.#session = session;
    this.#context = context;
  }

  async of(repository: Repository, node: Node): Promise<RawRecord | undefined> {
    const run = runOf(node);
    const key = keyOf(repository.id, node.id);
    if (run === undefined || !hasWaited(node) || (await this.#storedOf(repository)).has(key)) return undefined;
    return {
      key,
      updatedAt: String(node["createdAt"]),
      payload: { deployment: node["databaseId"] as Json, run, approvals: await this.#ask(repository, run) },
    };
  }

  /** Null where the run is no longer there. */
  async #ask({ nameWithOwner }: Repository, run: string): Promise<Json> {
    const { github } = this.#session;
    const address = `/repos/${nameWithOwner}/actions/runs/${run}`;
    const found = await github.find<Json>(`${address}/approvals`);
    const isRefused = found.kind === "absent" && (await github.has(address));
    if (found.kind === "denied" || isRefused) throw refused(nameWithOwner, found.problem.message);
    return found.kind === "found" ? found.body : null;
  }

  async #storedOf({ id }: Repository): Promise<ReadonlyMap<string, unknown>> {
    const known = this.#stored.get(id) ?? (await this.#context.stored?.startingWith(id + SEPARATOR)) ?? new Map<string, null>();
    this.#stored.set(id, known);
    return known;
  }
}

const refused = (repository: string, said: string) =>
  new Refused(
    "github",
    "auth",
    `${repository}: deployment_approval: ${said}: who approved deployments is missing, and only the time of the decision is there; give the token the permission "Actions: read"`,
  );

const statusesOf = ({ statuses }: Node): readonly Node[] => (isList(statuses) ? present(statuses) : []);

const hasWaited = (node: Node): boolean =>
  (deployment.isFinal?.(node) ?? false) && statusesOf(node).some(({ state }) => state === "WAITING");

/** Deployments do not name the run that made them but in the address of its log. */
function runOf(node: Node): string | undefined {
  for (const { logUrl } of statusesOf(node)) {
    const run = /\/actions\/runs\/(\d+)/.exec(typeof logUrl === "string" ? logUrl : "")?.[1];
    if (run !== undefined) return run;
  }
  return undefined;
}
