import { gitFields } from "./git.ts";
import type { Repository } from "./repository.ts";

/** A change of one file by one commit, as git printed it. */
export interface Revision {
  readonly path: string;
  /** `A`dded, `M`odified, `D`eleted, `T`ype changed; of a merge one letter for each parent. */
  readonly status: string;
  readonly sha: string;
  readonly authored_at: string;
  readonly committed_at: string;
  readonly author_name: string;
  readonly author_email: string;
  readonly subject: string;
}

const FIELDS = ["%H", "%aI", "%cI", "%an", "%ae", "%s"];
/** Opens a commit. It stands where else a status stands, and no status is it. */
const MARK = "\x01";
const FORMAT = ["%x01", ...FIELDS, ""].join("%x00");
const LONGEST_SUBJECT = 1000;

/** What git is asked for where a pattern is configured. */
export const pathspecOf = (pattern: string): string => `:(glob)${pattern.replace("{service}", "*")}`;

/**
 * Every change of the files on the way to `tip`, also those that a merge left behind; a merge's own changes are those that
 * none of its parents has.
 */
export async function* readRevisions(
  repository: Repository,
  tip: string,
  patterns: readonly string[],
): AsyncGenerator<Revision> {
  const options = [
    "-z",
    "--topo-order",
    "--reverse",
    "--full-history",
    "--no-color",
    "--no-ext-diff",
    "--no-renames",
  ];
  const args = [
    "log",
    ...options,
    "-c",
    "--name-status",
    `--format=${FORMAT}`,
    "--end-of-options",
    tip,
    "--",
  ];
  const fields = gitFields(repository, [...args, ...patterns.map(pathspecOf)], "");
  let commit = commitOf([]);
  for await (const field of fields) {
    const status = field.trim(); // Git breaks the line before the first.
    if (field === MARK) commit = commitOf(await next(fields, FIELDS.length));
    else if (status !== "") yield { path: (await next(fields, 1)).join(), status, ...commit };
  }
}

async function next(fields: AsyncGenerator<string>, count: number): Promise<string[]> {
  const taken: string[] = [];
  while (taken.length < count) {
    const step = await fields.next();
    if (step.done === true) break;
    taken.push(step.value);
  }
  return taken;
}

function commitOf(fields: readonly string[]): Omit<Revision, "path" | "status"> {
  const [sha = "", authored_at = "", committed_at = "", author_name = "", author_email = "", subject = ""] =
    fields;
  return { sha, authored_at, committed_at, author_name, author_email, subject: shortened(subject) };
}

const shortened = (text: string) => text.slice(0, LONGEST_SUBJECT).toWellFormed();
