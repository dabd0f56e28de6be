import type { Json } from "../contract.ts";
import { gitFields } from "./git.ts";
import type { Repository } from "./repository.ts";

/** A commit as git printed it. */
export interface LoggedCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly authored_at: string;
  readonly committed_at: string;
  readonly author_name: string;
  readonly author_email: string;
  readonly committer_email: string;
  readonly subject: string;
  readonly body: string;
  /** Lines of the trailer block: `Co-authored-by: ...`, `(cherry picked from commit ...)`. */
  readonly trailers: readonly string[];
  readonly paths?: readonly string[];
}

const UNIT_SEPARATOR = "\x1f";
const PLACEHOLDERS = [
  "%H",
  "%P",
  "%aI",
  "%cI",
  "%an",
  "%ae",
  "%ce",
  "%s",
  "%b",
  "%(trailers:unfold,separator=%x1f)",
];

/**
 * An empty field opens each record. After its fields comes what `-z` adds: an empty field, and the paths. No
 * path is empty, so the next empty field opens the next record.
 */
const FORMAT = ["", ...PLACEHOLDERS, ""].join("%x00");

/** A merge touches what it brings to the main line: its paths are those that differ from its first parent. */
const PATH_OPTIONS = ["--name-only", "--no-renames", "--no-ext-diff", "--diff-merges=first-parent"];

/** Longest message that is kept whole; of a longer one the start, and the end, where trailers stand. */
const BODY_LIMIT = 20_000;
const BODY_END = 4_000;

/** Commits reachable from `revisions` (`<sha>`, `^<sha>`), each after its parents. */
export async function* readLog(
  repository: Repository,
  revisions: readonly string[],
): AsyncGenerator<LoggedCommit> {
  const options = repository.config.paths ? PATH_OPTIONS : [];
  const args = [
    "log",
    "-z",
    "--topo-order",
    "--reverse",
    "--no-color",
    `--format=${FORMAT}`,
    ...options,
    "--stdin",
  ];
  let record: string[] = [];
  for await (const field of gitFields(repository, args, `${revisions.join("\n")}\n`)) {
    if (field === "" && record.length > PLACEHOLDERS.length + 1) {
      yield commitOf(record, repository.config.paths);
      record = [];
    }
    record.push(field);
  }
  if (record.length > 0) yield commitOf(record, repository.config.paths);
}

function commitOf(record: readonly string[], withPaths: boolean): LoggedCommit {
  const [
    sha = "",
    parents = "",
    authored_at = "",
    committed_at = "",
    author_name = "",
    author_email = "",
    committer_email = "",
    subject = "",
    body = "",
    trailers = "",
  ] = record.slice(1).map(readable);
  return {
    sha,
    parents: words(parents, " "),
    authored_at,
    committed_at,
    author_name,
    author_email,
    committer_email,
    subject: shortened(subject),
    body: shortened(body.trimEnd()),
    trailers: words(shortened(trailers), UNIT_SEPARATOR),
    ...(withPaths && { paths: pathsOf(record.slice(PLACEHOLDERS.length + 1)) }),
  };
}

/** Where a damaged commit does not have a name or time, git prints the placeholder. */
function readable(field: string, index: number): string {
  return field === PLACEHOLDERS[index] ? "" : field;
}

/** Git breaks the line before the first. */
function pathsOf(fields: readonly string[]): string[] {
  const [first, ...rest] = fields.filter((field) => field !== "");
  return first === undefined ? [] : [first.replace(/^\n/, ""), ...rest];
}

function words(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

function shortened(text: string): string {
  if (text.length <= BODY_LIMIT) return text;
  return `${text.slice(0, BODY_LIMIT - BODY_END)}\n[...]\n${text.slice(-BODY_END)}`.toWellFormed();
}

/** The record's payload. */
export function payloadOf(repository: string, commit: LoggedCommit): Json {
  return { repository, ...commit } as unknown as Json;
}
