import type { RawRecord, Stream, StreamContext } from "../../contract.ts";
import { deliveredFrom, type GitConfig } from "../config.ts";
import { refCursor, type Known, type RefState } from "../cursor.ts";
import { failure } from "../git.ts";
import { readRefs, type Ref } from "../refs.ts";
import { openRepository, type Repository } from "../repository.ts";
import { pageSize } from "./page-size.ts";

/** Main line and tags, as they point now. */
export const ref: Stream<GitConfig> = {
  name: "ref",
  async *pages(config, cursor, context) {
    const before = refCursor.read(cursor);
    let known = before ?? {};
    for await (const step of steps(config, known, context)) {
      known = step.known;
      yield { records: step.records, cursor: refCursor.write(known) };
    }
    // With nothing known before, what was listed is everything: whatever else is stored is gone.
    if (!before) yield { records: [], cursor: refCursor.write(known), isSnapshotEnd: true };
  },
};

/** Records, and what is known once they are stored. */
interface Step {
  readonly records: readonly RawRecord[];
  readonly known: Known<RefState>;
}

/** A reference that is new, moved (both with its object) or deleted (without). */
interface Change {
  readonly fullName: string;
  readonly object?: string;
  readonly record: RawRecord;
}

async function* steps(
  config: GitConfig,
  before: Known<RefState>,
  context: StreamContext,
): AsyncGenerator<Step> {
  let known = before;
  for (const entry of deliveredFrom(config)) {
    const state = known[entry.repository];
    const repository = await openRepository(entry, context, state?.fingerprint);
    if (!repository) continue;
    try {
      for (const step of repositorySteps(repository, known, await listed(repository, state, context))) {
        known = step.known;
        yield step;
      }
    } finally {
      await repository.close();
    }
  }
  yield* removed(config, known);
}

async function listed(
  repository: Repository,
  state: RefState | undefined,
  context: StreamContext,
): Promise<Ref[]> {
  const refs = await readRefs(repository);
  if (refs.length > 0) return refs;
  if (state && Object.keys(state.refs).length > 0) {
    throw failure(
      repository,
      "missing",
      "has no commits, but had when it was last read. Clone it anew; if it is meant to be empty, remove it from the source",
    );
  }
  context.warn(
    `${repository.name} (${repository.path}): has no commits yet, so nothing is read from it. If it should have some, clone it anew`,
  );
  return [];
}

function* repositorySteps(
  repository: Repository,
  known: Known<RefState>,
  refs: readonly Ref[],
): Generator<Step> {
  const { name, fingerprint } = repository;
  const state = known[name];
  const changes = changesOf(name, state?.refs ?? {}, refs);
  let stored = state?.refs ?? {};
  for (let start = 0; start < changes.length; start += pageSize) {
    const batch = changes.slice(start, start + pageSize);
    stored = withChanges(stored, batch);
    yield { records: batch.map(({ record }) => record), known: { ...known, [name]: { refs: stored } } };
  }
  // The fingerprint promises that all is stored, so it comes last.
  if (fingerprint !== undefined)
    yield { records: [], known: { ...known, [name]: { refs: stored, fingerprint } } };
}

function changesOf(repository: string, stored: RefState["refs"], refs: readonly Ref[]): Change[] {
  const there = new Set(refs.map(({ fullName }) => fullName));
  const deleted = Object.keys(stored).filter((fullName) => !there.has(fullName));
  const moved = refs.filter(({ fullName, object }) => stored[fullName] !== object);
  return [
    ...deleted.map((fullName) => deletion(repository, fullName)),
    ...moved.map((ref) => presence(repository, ref)),
  ];
}

function deletion(repository: string, fullName: string): Change {
  return { fullName, record: { key: `${repository}/${fullName}`, payload: null } };
}

function presence(repository: string, { fullName, object, name, kind, sha, taggedAt }: Ref): Change {
  const payload = { repository, name, kind, sha, tagged_at: taggedAt };
  return {
    fullName,
    object,
    record: {
      key: `${repository}/${fullName}`,
      payload,
      ...(taggedAt !== null && /^\d{4}-/.test(taggedAt) && { updatedAt: taggedAt }),
    },
  };
}

function withChanges(stored: RefState["refs"], changes: readonly Change[]): RefState["refs"] {
  const refs = new Map(Object.entries(stored));
  for (const { fullName, object } of changes) {
    if (object === undefined) refs.delete(fullName);
    else refs.set(fullName, object);
  }
  return Object.fromEntries(refs);
}

/** A repository that the configuration no longer has, or has under another name, releases nothing. */
function* removed(config: GitConfig, known: Known<RefState>): Generator<Step> {
  const configured = new Set(deliveredFrom(config).map(({ repository }) => repository));
  const kept = Object.fromEntries(Object.entries(known).filter(([name]) => configured.has(name)));
  const records = Object.entries(known)
    .filter(([name]) => !configured.has(name))
    .flatMap(([name, { refs }]) => Object.keys(refs).map((fullName) => deletion(name, fullName).record));
  if (Object.keys(kept).length < Object.keys(known).length) yield { records, known: kept };
}
