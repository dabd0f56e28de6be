import { problemAt } from "../client/answer.ts";
import { hasHole, listsIn, type Node, present, toItsEnd } from "../client/lists.ts";
import { PageSize } from "../client/page-size.ts";
import type { Failures } from "../failures.ts";
import type { Repository, Session } from "../session.ts";

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
  const answer = await session.github.query(spec.heads, { ids }, new PageSize(100));
  const lists = listsIn(answer);
  for (const [index, repository] of repositories.entries()) {
    const first = lists[index];
    const list = first && (await toItsEnd(session.github, spec.ids, { id: repository.id }, first));
    if (!list) failures.refused(repository, problemAt(answer.problems, ["nodes", index]));
    else if (hasHole(list)) failures.incomplete(repository);
    else yield [repository, new Map(present(list).map((node) => [node.id, node]))];
  }
}
