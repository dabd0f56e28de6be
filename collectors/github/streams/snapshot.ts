import type { Page, RawRecord, Stream } from "../../contract.ts";
import { type Problem, problemAt } from "../client/answer.ts";
import { hasHole, type List, listsIn, type Node, present, toItsEnd } from "../client/lists.ts";
import { PageSize } from "../client/page-size.ts";
import type { GitHubConfig } from "../config.ts";
import { keyOf } from "../cursor.ts";
import { Failures, type StreamName } from "../failures.ts";
import type { Repository, Session } from "../session.ts";
import { deletions, ofOtherRepositories } from "./gone.ts";
import { completed, type Inner } from "./inner.ts";
import { recordOf } from "./walk.ts";

/** A short list of each repository of which GitHub does not say when it changed: all of it is read each time. */
export interface SnapshotSpec {
  readonly name: StreamName;
  /** Operations: the list of several repositories, more of one. */
  readonly page: string;
  readonly more: string;
  readonly inner: Inner;
  /** How many records of each repository are asked for at once. */
  readonly first: number;
  /** Another stream needs it too. */
  readonly isShared?: boolean;
}

export type Listed = readonly [Repository, List | undefined, Problem | undefined];

const BATCH = 10;

export const snapshotStream = (session: Session, spec: SnapshotSpec): Stream<GitHubConfig> => ({
  name: spec.name,
  needs: [],
  async *pages(_, __, context): AsyncGenerator<Page> {
    const scope = await session.scope();
    const failures = new Failures(spec.name);
    const records: RawRecord[] = await ofOtherRepositories(context.stored, scope);
    for await (const batch of batches(session, spec, scope.repositories)) {
      for (const [repository, list, problem] of batch) {
        if (!list) {
          failures.refused(repository, problem);
          continue;
        }
        const there = present(list).map((node) => recordOf(repository, node));
        const keys = new Set(there.map(({ key }) => key));
        const before = (await context.stored?.startingWith(keyOf(repository.id, ""))) ?? new Map<string, null>();
        records.push(...there, ...deletions([...before.keys()].filter((key) => !keys.has(key))));
      }
      yield { records: records.splice(0), cursor: null };
    }
    failures.end(scope);
  },
});

/** What each repository has, or why GitHub does not say. */
export async function* batches(
  session: Session,
  spec: SnapshotSpec,
  repositories: readonly Repository[],
): AsyncGenerator<Listed[]> {
  for (let start = 0; start < repositories.length; start += BATCH) {
    const batch = repositories.slice(start, start + BATCH);
    const key = [spec.name, ...batch.map(({ id }) => id)].join(" ");
    const known = (session.known.get(key) as Listed[] | undefined) ?? (await listed(session, spec, batch));
    if (spec.isShared === true && known.every(([, list]) => list)) session.known.set(key, known);
    yield known;
  }
}

async function listed(session: Session, spec: SnapshotSpec, repositories: readonly Repository[]): Promise<Listed[]> {
  const ids = repositories.map(({ id }) => id);
  const answer = await session.github.query(spec.page, { ids }, new PageSize(spec.first));
  const lists = listsIn(answer);
  const all: Listed[] = [];
  for (const [index, repository] of repositories.entries()) {
    const first = lists[index];
    const list = first && (await whole(session, spec, repository.id, first));
    all.push([repository, list, problemAt(answer.problems, ["nodes", index])]);
  }
  return all;
}

/** Undefined where GitHub does not give all. */
async function whole({ github }: Session, spec: SnapshotSpec, id: string, first: List): Promise<List | undefined> {
  const list = await toItsEnd(github, spec.more, { id }, first, 50);
  if (hasHole(list)) return undefined;
  const nodes: Node[] = [];
  for (const given of present(list)) {
    const { node, hasHole: isPart } = await completed(github, given, spec.inner);
    if (isPart) return undefined;
    nodes.push(node);
  }
  return { nodes };
}
