import { isDeepStrictEqual } from "node:util";
import type { Page, RawRecord, Stream, StreamContext } from "../../contract.ts";
import { documentedIn, type GitConfig, type RepositoryConfig } from "../config.ts";
import { type Known, runbookCursor, type RunbookState } from "../cursor.ts";
import { type Landing, landingsOf } from "../landings.ts";
import { sorted } from "../listing.ts";
import { readRefs } from "../refs.ts";
import { openRepository, type Repository, shallowEdge } from "../repository.ts";
import { readRevisions, type Revision } from "../revisions.ts";
import { pageSize } from "./page-size.ts";

/**
 * Every revision of the files that people read who operate a service. A force-push takes revisions back, so all are listed
 * again where anything changed, and what is no longer among them is gone.
 */
export const runbook: Stream<GitConfig> = {
  name: "runbook",
  needs: [],
  async *pages(config, cursor, context) {
    const before = runbookCursor.read(cursor) ?? {};
    const entries = documentedIn(config);
    const now = await statesOf(entries, before, context);
    if (isDeepStrictEqual(before, now)) return;
    for (const entry of entries) {
      for await (const records of recordsOf(entry, context)) yield pageOf(records);
    }
    yield { records: [], cursor: runbookCursor.write(now), isSnapshotEnd: true } satisfies Page;
  },
};

/** A run that is cut short begins anew. */
const pageOf = (records: readonly RawRecord[]): Page => ({ records, cursor: runbookCursor.write({}) });

async function statesOf(
  entries: readonly RepositoryConfig[],
  before: Known<RunbookState>,
  context: StreamContext,
): Promise<Known<RunbookState>> {
  const states: [string, RunbookState][] = [];
  for (const entry of entries) {
    const known = before[entry.repository];
    const repository = await openRepository(entry, context, known?.fingerprint);
    const files = entry.runbooks.map((rule) => rule.files);
    try {
      states.push([entry.repository, await stateOf(repository, files, known)]);
    } finally {
      await repository?.close();
    }
  }
  return Object.fromEntries(states);
}

async function stateOf(
  repository: Repository | undefined,
  files: string[],
  known: RunbookState | undefined,
): Promise<RunbookState> {
  if (!repository) return { tip: null, edge: [], ...known, files };
  const [main] = await readRefs(repository);
  return {
    ...(repository.fingerprint === undefined ? {} : { fingerprint: repository.fingerprint }),
    tip: main?.sha ?? null,
    edge: sorted((await shallowEdge(repository)).keys()),
    files,
  };
}

async function* recordsOf(entry: RepositoryConfig, context: StreamContext): AsyncGenerator<RawRecord[]> {
  const repository = await openRepository(entry, context);
  if (!repository) return;
  try {
    const [main] = await readRefs(repository);
    if (main) yield* revisionRecords(repository, main.sha, context);
    else context.warn(`${repository.name} (${repository.path}): has no commits yet, so it has no runbooks`);
  } finally {
    await repository.close();
  }
}

async function* revisionRecords(
  repository: Repository,
  tip: string,
  context: StreamContext,
): AsyncGenerator<RawRecord[]> {
  const edge = await edgeOf(repository, context);
  const landings = await landingsOf(repository, tip);
  const patterns = repository.config.runbooks.map(({ files }) => files);
  let records: RawRecord[] = [];
  for await (const revision of readRevisions(repository, tip, patterns)) {
    if (!edge.has(revision.sha))
      records.push(recordOf(repository.name, revision, landings.get(revision.sha)));
    if (records.length < pageSize) continue;
    yield records;
    records = [];
  }
  yield records;
}

/** Git takes a commit at the edge of a shallow clone for a root, which adds every file. */
async function edgeOf(repository: Repository, context: StreamContext): Promise<ReadonlyMap<string, unknown>> {
  const edge = await shallowEdge(repository);
  if (edge.size > 0 && !repository.config.commits)
    context.warn(
      `${repository.name} (${repository.path}): is a shallow clone, so revisions of runbooks before its cut are not known. Run \`git fetch --unshallow\` there`,
    );
  return edge;
}

function recordOf(repository: string, revision: Revision, landing: Landing | undefined): RawRecord {
  const landed = { landed_sha: landing?.sha ?? null, landed_at: landing?.at ?? null };
  return {
    key: `${repository}@${revision.sha}:${revision.path}`,
    ...(landed.landed_at !== null && { updatedAt: landed.landed_at }),
    payload: { repository, ...revision, ...landed },
  };
}
