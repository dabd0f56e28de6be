import type { Page, RawRecord, Stream, StreamContext } from "../../contract.ts";
import { hasHole, type List, nextPage, type Node, present } from "../client/lists.ts";
import { PageSize } from "../client/page-size.ts";
import type { GitHubConfig } from "../config.ts";
import { keyOf, SEPARATOR } from "../cursor.ts";
import { Failures } from "../failures.ts";
import type { Repository, Session } from "../session.ts";
import { deletions, ofOtherRepositories } from "./gone.ts";
import { completed } from "./inner.ts";
import { problemAt, recordOf } from "./walk.ts";

const BATCH = 25;

/**
 * Releases are ordered by the time of their commit and may be edited for ever, so each run lists when each was
 * updated, which costs a point for 2,500 of them, and reads those that differ from what is stored.
 */
export const releaseStream = (session: Session): Stream<GitHubConfig> => ({
  name: "release",
  needs: [],
  async *pages(_, __, context): AsyncGenerator<Page> {
    session.github.report = context.report;
    const scope = await session.scope();
    const { repositories } = scope;
    const failures = new Failures("release");
    const gone = await ofOtherRepositories(context.stored, scope);
    if (gone.length > 0) yield { records: gone, cursor: null };
    let total = 0;
    for (let start = 0; start < repositories.length; start += BATCH) {
      for await (const [repository, ids] of listed(session, failures, repositories.slice(start, start + BATCH))) {
        total += ids.size;
        yield* read(session, failures, repository, ids, context);
      }
    }
    yield { records: [], cursor: null, ...(failures.count === 0 && { declaredTotal: total }) };
    failures.end(scope);
  },
});

type Ids = Map<string, string>;

async function* listed(
  session: Session,
  failures: Failures,
  repositories: readonly Repository[],
): AsyncGenerator<[Repository, Ids]> {
  const ids = repositories.map(({ id }) => id);
  const { data, problems } = await session.github.query("ReleaseHeads", { ids }, new PageSize(100));
  const nodes = (data?.["nodes"] ?? []) as readonly ({ list?: List | null } | null)[];
  for (const [index, repository] of repositories.entries()) {
    const first = nodes[index]?.list;
    const found = first && (await idsOf(session, repository, first));
    if (found) yield [repository, found];
    else if (first) failures.incomplete(repository);
    else failures.refused(repository, problemAt(problems, ["nodes", index]));
  }
}

/** Id -> when it was updated; undefined where GitHub does not give all. */
async function idsOf({ github }: Session, { id }: Repository, first: List): Promise<Ids | undefined> {
  const found: Ids = new Map();
  const size = new PageSize(100);
  for (let list: List | null | undefined = first; ; ) {
    if (!list || hasHole(list)) return undefined;
    for (const node of present(list)) found.set(node.id, String(node["updatedAt"]));
    const after = nextPage(list);
    if (after === undefined) return found;
    const { data } = await github.query("ReleaseIds", { id, after }, size);
    list = (data?.["node"] as { list?: List | null } | null | undefined)?.list;
  }
}

async function* read(
  session: Session,
  failures: Failures,
  repository: Repository,
  there: Ids,
  { stored }: StreamContext,
): AsyncGenerator<Page> {
  const before = (await stored?.startingWith(repository.id + SEPARATOR)) ?? new Map<string, number | null>();
  const keys = new Set([...there.keys()].map((id) => keyOf(repository.id, id)));
  const gone = deletions([...before.keys()].filter((key) => !keys.has(key)));
  const changed = [...there].filter(([id, at]) => before.get(keyOf(repository.id, id)) !== Date.parse(at));
  const records: RawRecord[] = [...gone];
  const size = new PageSize(50);
  try {
    for (let left = changed.map(([id]) => id); left.length > 0; ) {
      const { data } = await session.github.byId("ReleasesById", left, {}, size);
      const nodes = (data?.["nodes"] ?? []) as readonly (Node | null)[];
      if (nodes.length === 0 || nodes.includes(null)) failures.incomplete(repository);
      if (nodes.length === 0) break;
      records.push(...(await recordsOf(session, failures, repository, nodes)));
      left = left.slice(nodes.length);
    }
  } catch (error) {
    // What was read stays, as in walk.ts.
    if (records.length > 0) yield { records, cursor: null };
    throw error;
  }
  if (records.length > 0) yield { records, cursor: null };
}

async function recordsOf(
  { github }: Session,
  failures: Failures,
  repository: Repository,
  nodes: readonly (Node | null)[],
): Promise<RawRecord[]> {
  const records: RawRecord[] = [];
  for (const given of nodes) {
    if (!given) continue;
    const { node, hasHole: isPart } = await completed(github, given, { releaseAssets: "ReleaseAssets" });
    // Stored as changed at no time, so that the next run asks for it again.
    const record = recordOf(repository, isPart ? { ...node, updatedAt: null } : node);
    if (isPart) failures.incomplete(repository);
    records.push(record);
  }
  return records;
}
