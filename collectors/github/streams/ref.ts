import type { Page, RawRecord, Stream, StreamContext } from "../../contract.ts";
import { payloadOf } from "../client/lists.ts";
import type { GitHubConfig } from "../config.ts";
import { keyOf, SEPARATOR } from "../cursor.ts";
import type { Repository, Session } from "../session.ts";
import { deletions } from "./gone.ts";
import { type Pushed, pushedStream, read } from "./pushed.ts";
import type { Ref, RefLister, Refs } from "./refs.ts";

/** Main line, tags and the branches that are deployed from, as they point now. */
export const refStream = (session: Session, lister: RefLister): Stream<GitHubConfig> =>
  pushedStream("ref", session, lister, async function* ({ repository, refs, states, context }: Pushed): AsyncGenerator<Page> {
    const records = await recordsOf(repository, refs, context);
    states.set(repository.id, read(repository, session.config.branches, states.get(repository.id)));
    yield { records, cursor: states.cursor() };
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
