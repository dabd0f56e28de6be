import type { Json, StreamContext } from "../contract.ts";
import type { GitConfig, RepositoryConfig } from "./config.ts";
import {
  commitCursor,
  refCursor,
  runbookCursor,
  type CommitState,
  type RefState,
  type RunbookState,
} from "./cursor.ts";
import { counted } from "../reading/words.ts";
import { readRefs } from "./refs.ts";
import { openRepository, type Repository } from "./repository.ts";
import { countCommits, listingOf, revisionsOf } from "./listing.ts";

/** Cursors of the streams, by stream name, where something was collected before. */
export type Cursors = Readonly<Record<string, Json | undefined>>;

/** One line per repository: where it is, its main line, and what of it is not stored yet. */
export async function plan(
  config: GitConfig,
  context: StreamContext,
  cursors: Cursors = {},
): Promise<readonly string[]> {
  const refs = refCursor.read(cursors["ref"]) ?? {};
  const commits = commitCursor.read(cursors["commit"]) ?? {};
  const runbooks = runbookCursor.read(cursors["runbook"]) ?? {};
  const lines: string[] = [];
  for (const entry of config.repositories) {
    const name = entry.repository;
    if (entry.commits) lines.push(await lineOf(entry, context, refs[name], commits[name]));
    if (entry.runbooks.length > 0) lines.push(await runbookLine(entry, context, runbooks[name]));
  }
  return lines;
}

async function lineOf(
  entry: RepositoryConfig,
  context: StreamContext,
  refs?: RefState,
  commits?: CommitState,
): Promise<string> {
  const repository = await openRepository(entry, context, commits?.fingerprint);
  const place = `${entry.repository} (${entry.path})`;
  if (!repository) return `${place}: nothing new`;
  try {
    return `${place}: ${await contentOf(repository, context, refs, commits)}`;
  } finally {
    await repository.close();
  }
}

async function runbookLine(
  entry: RepositoryConfig,
  context: StreamContext,
  known?: RunbookState,
): Promise<string> {
  const place = `${entry.repository} (${entry.path})`;
  const repository = await openRepository(entry, context);
  if (!repository) return `${place}: nothing new`;
  try {
    const [main] = await readRefs(repository);
    if (!main) return `${place}: has no commits yet`;
    const state = known?.tip === main.sha ? "unchanged" : known ? "changed" : "new";
    return `${place}: runbooks on main line ${main.name}, ${state}`;
  } finally {
    await repository.close();
  }
}

async function contentOf(
  repository: Repository,
  context: StreamContext,
  known?: RefState,
  commits?: CommitState,
): Promise<string> {
  const [main, ...tags] = await readRefs(repository);
  if (!main) return "has no commits yet";
  const newTags = tags.filter(({ fullName, object }) => known?.refs[fullName] !== object).length;
  const newCommits = await countCommits(
    repository,
    revisionsOf(await listingOf(repository, commits, context)),
  );
  return `main line ${main.name}, ${counted(newCommits, "commit")} and ${counted(newTags, "tag")} to read`;
}
