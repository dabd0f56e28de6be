import type { Page, RawRecord, Stream } from "../../contract.ts";
import type { Problem } from "../client/answer.ts";
import { hasHole, type List, nextPage, present } from "../client/lists.ts";
import { PageSize } from "../client/page-size.ts";
import type { GitHubConfig } from "../config.ts";
import { keyOf } from "../cursor.ts";
import { Failures } from "../failures.ts";
import type { Repository, Session } from "../session.ts";
import { deletions, ofOtherRepositories } from "./gone.ts";
import { problemAt, recordOf } from "./walk.ts";

const BATCH = 10;

/** Environments as they are now. They are few, and GitHub does not say when one changed: all are read each time. */
export const environmentStream = (session: Session): Stream<GitHubConfig> => ({
  name: "environment",
  needs: [],
  async *pages(_, __, context): AsyncGenerator<Page> {
    session.github.report = context.report;
    const scope = await session.scope();
    const { repositories } = scope;
    const failures = new Failures("environment");
    const records = await ofOtherRepositories(context.stored, scope);
    for (let start = 0; start < repositories.length; start += BATCH) {
      for (const [repository, list, problem] of await listed(session, repositories.slice(start, start + BATCH))) {
        if (!list) {
          failures.refused(repository, problem);
          continue;
        }
        const there = present(list).map((node) => recordOf(repository, node));
        const keys = new Set(there.map(({ key }) => key));
        const before = (await context.stored?.startingWith(keyOf(repository.id, ""))) ?? new Map();
        records.push(...there, ...deletions([...before.keys()].filter((key: string) => !keys.has(key))));
      }
      yield { records: records.splice(0) satisfies RawRecord[], cursor: null };
    }
    failures.end(scope);
  },
});

type Listed = readonly [Repository, List | undefined, Problem | undefined];

async function listed(session: Session, repositories: readonly Repository[]): Promise<Listed[]> {
  const ids = repositories.map(({ id }) => id);
  const { data, problems } = await session.github.query("Environments", { ids }, new PageSize(10));
  const nodes = (data?.["nodes"] ?? []) as readonly ({ environments?: List | null } | null)[];
  const all: Listed[] = [];
  for (const [index, repository] of repositories.entries()) {
    const first = nodes[index]?.environments;
    const list = first ? await toItsEnd(session, repository.id, first) : undefined;
    all.push([repository, list, problemAt(problems, ["nodes", index])]);
  }
  return all;
}

async function toItsEnd({ github }: Session, id: string, first: List): Promise<List | undefined> {
  const nodes = [...first.nodes];
  const size = new PageSize(50);
  for (let after = nextPage(first); after !== undefined; ) {
    const { data } = await github.query("MoreEnvironments", { id, after }, size);
    const more = (data?.["node"] as { list?: List | null } | null | undefined)?.list;
    if (!more) return undefined;
    nodes.push(...more.nodes);
    after = nextPage(more);
  }
  return hasHole({ nodes }) ? undefined : { nodes };
}
