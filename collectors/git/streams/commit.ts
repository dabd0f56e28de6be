import type { Page, RawRecord, Stream } from "../../contract.ts";
import { deliveredFrom, type GitConfig } from "../config.ts";
import { commitCursor, type CommitState, type Known } from "../cursor.ts";
import { countCommits, listingOf, revisionsOf, sorted, type Listing } from "../listing.ts";
import { payloadOf, readLog, type LoggedCommit } from "../log.ts";
import { openRepository, type Repository } from "../repository.ts";
import { pageSize } from "./page-size.ts";

/**
 * Every commit reachable from the main line and the tags. A commit never changes, so a run lists what is
 * not reachable from the tips that it knows; one that a force-push left behind stays stored.
 */
export const commit: Stream<GitConfig> = {
  name: "commit",
  async *pages(config, cursor, context) {
    let known: Known<CommitState> = commitCursor.read(cursor) ?? {};
    let isNew = false;
    for (const entry of deliveredFrom(config)) {
      const repository = await openRepository(entry, context, known[entry.repository]?.fingerprint);
      if (!repository) continue;
      try {
        const listing = await listingOf(repository, known[entry.repository], context);
        for await (const { records, state } of steps(repository, listing)) {
          known = { ...known, [entry.repository]: state };
          isNew = true;
          yield { records, cursor: commitCursor.write(known) } satisfies Page;
        }
      } finally {
        await repository.close();
      }
    }
    if (isNew) yield { records: [], cursor: commitCursor.write(known), ...declared(config, known) };
  },
};

/** What git counts in all repositories; nothing where one of them was not counted. */
function declared(config: GitConfig, known: Known<CommitState>): Pick<Page, "declaredTotal"> {
  const totals = deliveredFrom(config).map(({ repository }) => known[repository]?.total);
  const counted = totals.filter((total) => total !== undefined);
  return counted.length < totals.length
    ? {}
    : { declaredTotal: counted.reduce((sum, total) => sum + total, 0) };
}

interface Step {
  readonly records: readonly RawRecord[];
  readonly state: CommitState;
}

/**
 * Commits come after their parents, so that at the end of any page all that is stored is what the commits
 * without a stored child reach. Those are the tips to go on from if the run ends here.
 */
async function* steps(repository: Repository, listing: Listing): AsyncGenerator<Step> {
  if (listing.isUnchanged) return;
  const state = { paths: repository.config.paths, edge: sorted(listing.edge.keys()) };
  const heads = new Set(listing.base);
  let records: RawRecord[] = [];
  for await (const printed of newCommits(repository, listing)) {
    const commit = atEdge(printed, listing);
    for (const parent of commit.parents) heads.delete(parent);
    heads.add(commit.sha);
    records.push(recordOf(repository.name, commit));
    if (records.length < pageSize) continue;
    yield { records, state: { ...state, tips: sorted(heads) } };
    records = [];
  }
  const fingerprint = repository.fingerprint !== undefined && { fingerprint: repository.fingerprint };
  const total = await countCommits(repository, listing.tips);
  yield { records, state: { ...state, ...fingerprint, tips: [...listing.tips], total } };
}

async function* newCommits(repository: Repository, listing: Listing): AsyncGenerator<LoggedCommit> {
  if (listing.tips.length > 0) yield* readLog(repository, revisionsOf(listing));
}

/** Git takes a commit at the edge of a shallow clone for a root, which touches every path. */
function atEdge(commit: LoggedCommit, { edge }: Listing): LoggedCommit {
  const parents = edge.get(commit.sha);
  if (!parents) return commit;
  const { paths: _, ...rest } = commit;
  return { ...rest, parents };
}

function recordOf(repository: string, commit: LoggedCommit): RawRecord {
  return {
    key: `${repository}@${commit.sha}`,
    ...(/^\d{4}-/.test(commit.committed_at) && { updatedAt: commit.committed_at }),
    payload: payloadOf(repository, commit),
  };
}
