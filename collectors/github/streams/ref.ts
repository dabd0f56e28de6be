import type { Page, RawRecord, Stream, StreamContext } from "../../contract.ts";
import { payloadOf } from "../client/lists.ts";
import type { GitHubConfig } from "../config.ts";
import { keyOf, SEPARATOR, States } from "../cursor.ts";
import { Failures } from "../failures.ts";
import type { Repository, Session } from "../session.ts";
import { deletions, ofOtherRepositories } from "./gone.ts";
import { isUnchanged, pushedState, read } from "./pushed.ts";
import type { Ref, RefLister, Refs } from "./refs.ts";

/** Main line, tags and the branches that are deployed from, as they point now. */
export const refStream = (session: Session, lister: RefLister): Stream<GitHubConfig> => ({
  name: "ref",
  needs: [],
  async *pages(_, cursor, context): AsyncGenerator<Page> {
    session.github.report = context.report;
    const scope = await session.scope();
    const failures = new Failures("ref");
    const states = new States(pushedState, cursor);
    const changed = scope.repositories.filter((one) => !isUnchanged(one, session.config.branches, states.get(one.id)));
    const gone = await ofOtherRepositories(context.stored, scope);
    if (gone.length > 0) yield { records: gone, cursor: states.cursor() };
    for (const repository of changed) {
      const refs = await lister.of(repository, changed);
      if ("problem" in refs) {
        failures.refused(repository, refs.problem);
        continue;
      }
      const records = await recordsOf(repository, refs, context);
      states.set(repository.id, read(repository, session.config.branches, states.get(repository.id)));
      yield { records, cursor: states.cursor() };
    }
    failures.end(scope);
  },
});

async function recordsOf(repository: Repository, refs: Refs, { stored }: StreamContext): Promise<RawRecord[]> {
  const there = [
    ...(refs.main ? [record(repository, "main", refs.main.name, refs.main)] : []),
    ...refs.branches.map((ref) => record(repository, "branch", ref.name, ref)),
    ...refs.tags.map((ref) => record(repository, "tag", ref.name, ref)),
  ];
  const keys = new Set(there.map(({ key }) => key));
  const before = (await stored?.startingWith(repository.id + SEPARATOR)) ?? new Map();
  return [...there, ...deletions([...before.keys()].filter((key: string) => !keys.has(key)))];
}

function record({ id }: Repository, kind: string, name: string, ref: Pick<Ref, "target">): RawRecord {
  const { target } = ref;
  return { key: keyOf(id, kind === "main" ? "main" : `${kind}/${name}`), payload: payloadOf({ kind, name, target }) };
}
