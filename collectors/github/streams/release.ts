import type { Page, RawRecord, Stream, StreamContext } from "../../contract.ts";
import { nodesIn } from "../client/answer.ts";
import { isList, type Node } from "../client/lists.ts";
import { PageSize } from "../client/page-size.ts";
import type { GitHubConfig } from "../config.ts";
import { keyOf, SEPARATOR } from "../cursor.ts";
import { Failures } from "../failures.ts";
import type { Repository, Session } from "../session.ts";
import { deletions, ofOtherRepositories } from "./gone.ts";
import { Digests } from "./digests.ts";
import { type Heads, heads } from "./heads.ts";
import { completed } from "./inner.ts";
import { Waiting } from "./waiting.ts";
import { recordOf } from "./walk.ts";

const RELEASES = { heads: "ReleaseHeads", ids: "ReleaseIds" } as const;

/**
 * Releases are ordered by the time of their commit and may be edited for ever, so each run lists when each was
 * updated, which costs a point for 2,500 of them, and reads those that differ from what is stored.
 */
export const releaseStream = (session: Session): Stream<GitHubConfig> => ({
  name: "release",
  needs: [],
  async *pages(_, __, context): AsyncGenerator<Page> {
    const scope = await session.scope();
    const { repositories } = scope;
    const failures = new Failures("release");
    const gone = await ofOtherRepositories(context.stored, scope);
    if (gone.length > 0) yield { records: gone, cursor: null };
    let total = 0;
    for await (const [repository, there] of heads(session, failures, RELEASES, repositories)) {
      total += there.size;
      const waiting = new Waiting(() => null);
      yield* waiting.storedWith(read(session, failures, repository, there, context, waiting));
    }
    yield { records: [], cursor: null, ...(failures.count === 0 && { declaredTotal: total }) };
    failures.end(scope);
  },
});

async function* read(
  session: Session,
  failures: Failures,
  repository: Repository,
  there: Heads,
  { stored }: StreamContext,
  waiting: Waiting,
): AsyncGenerator<Page> {
  const before = (await stored?.startingWith(repository.id + SEPARATOR)) ?? new Map<string, number | null>();
  const keys = new Set([...there.keys()].map((id) => keyOf(repository.id, id)));
  waiting.add(...deletions([...before.keys()].filter((key) => !keys.has(key))));
  const changed = [...there].filter(([id, node]) => before.get(keyOf(repository.id, id)) !== Date.parse(String(node["updatedAt"])));
  const size = new PageSize(50);
  const digests = new Digests(session, repository);
  for (let left = changed.map(([id]) => id); left.length > 0; ) {
    const { data } = await session.github.byId("ReleasesById", left, {}, size);
    const nodes = nodesIn(data) as readonly (Node | null)[];
    if (nodes.length === 0 || nodes.includes(null)) failures.incomplete(repository);
    if (nodes.length === 0) break;
    waiting.add(...(await recordsOf(session, failures, digests, repository, nodes)));
    left = left.slice(nodes.length);
  }
  if (!waiting.isEmpty) yield waiting.page();
}

async function recordsOf(
  { github }: Session,
  failures: Failures,
  digests: Digests,
  repository: Repository,
  nodes: readonly (Node | null)[],
): Promise<RawRecord[]> {
  const records: RawRecord[] = [];
  for (const given of nodes) {
    if (!given) continue;
    const { node: whole, hasHole: isHoley } = await completed(github, given, { releaseAssets: "ReleaseAssets" });
    const node = isList(whole["releaseAssets"]) ? { ...whole, releaseAssets: await digests.into(whole["releaseAssets"], whole) } : whole;
    const isPart = isHoley || !digests.isWhole;
    // Stored as changed at no time, so that the next run asks for it again.
    const record = recordOf(repository, isPart ? { ...node, updatedAt: null } : node);
    if (isPart) failures.incomplete(repository);
    records.push(record);
  }
  return records;
}
