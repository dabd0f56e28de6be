import { hasHole, type List, nextPage, type Node, present } from "../client/lists.ts";
import { PageSize } from "../client/page-size.ts";
import type { Failures } from "../failures.ts";
import type { Repository, Session } from "../session.ts";
import { problemAt } from "./walk.ts";

const BATCH = 25;

/** Operations that list which records there are: the first of several repositories, more of one. */
export interface HeadSpec {
  readonly heads: string;
  readonly ids: string;
}

export type Heads = ReadonlyMap<string, Node>;

/** Which records each repository has, by id, with little more than the time of their update. */
export async function* heads(
  session: Session,
  failures: Failures,
  spec: HeadSpec,
  repositories: readonly Repository[],
): AsyncGenerator<[Repository, Heads]> {
  for (let start = 0; start < repositories.length; start += BATCH)
    yield* ofBatch(session, failures, spec, repositories.slice(start, start + BATCH));
}

async function* ofBatch(
  session: Session,
  failures: Failures,
  spec: HeadSpec,
  repositories: readonly Repository[],
): AsyncGenerator<[Repository, Heads]> {
  const ids = repositories.map(({ id }) => id);
  const { data, problems } = await session.github.query(spec.heads, { ids }, new PageSize(100));
  const nodes = (data?.["nodes"] ?? []) as readonly ({ list?: List | null } | null)[];
  for (const [index, repository] of repositories.entries()) {
    const first = nodes[index]?.list;
    const found = first && (await toItsEnd(session, spec, repository, first));
    if (found) yield [repository, found];
    else if (first) failures.incomplete(repository);
    else failures.refused(repository, problemAt(problems, ["nodes", index]));
  }
}

/** Undefined where GitHub does not give all. */
async function toItsEnd(
  { github }: Session,
  spec: HeadSpec,
  { id }: Repository,
  first: List,
): Promise<Heads | undefined> {
  const found = new Map<string, Node>();
  const size = new PageSize(100);
  for (let list: List | null | undefined = first; ; ) {
    if (!list || hasHole(list)) return undefined;
    for (const node of present(list)) found.set(node.id, node);
    const after = nextPage(list);
    if (after === undefined) return found;
    const { data } = await github.query(spec.ids, { id, after }, size);
    list = (data?.["node"] as { list?: List | null } | null | undefined)?.list;
  }
}
