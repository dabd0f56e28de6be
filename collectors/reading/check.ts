import { accessSync, constants, readdirSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { didYouMean } from "../../src/config/suggest.ts";
import type { Check, CheckContext } from "../contract.ts";
import type { ReadableFile } from "./find.ts";
import { counted } from "./words.ts";

export interface Looked {
  readonly files: readonly ReadableFile[];
  /** Patterns that match nothing. */
  readonly missing: readonly string[];
  readonly unlisted: readonly string[];
}

/** Whether every pattern leads to files that can be read. `what` they hold is for messages. Opens none of them. */
export function* checkFiles(
  { files, missing, unlisted }: Looked,
  what: string,
  { baseDirectory, now }: CheckContext,
): Generator<Check> {
  for (const reason of unlisted) yield unlistedCheck(reason);
  for (const pattern of missing) yield missingCheck(pattern, what, baseDirectory);
  const unreadable = files.filter(({ absolute }) => !isReadable(absolute));
  for (const { path } of unreadable) yield unreadableCheck(path);
  const readable = files.filter((file) => !unreadable.includes(file));
  if (readable.length > 0) yield newestCheck(readable, what, now);
}

const missingCheck = (pattern: string, what: string, baseDirectory: string): Check => ({
  status: "problem",
  subject: pattern,
  message: `no file of ${what} is there`,
  remedy: `put the file there, or correct \`path\`${neighbour(resolve(baseDirectory, pattern))}`,
});

const unlistedCheck = (reason: string): Check => ({
  status: "problem",
  subject: "folder",
  message: `cannot be listed: ${reason}`,
  remedy: "let the user that runs quarterdeck read it, or correct `path`",
});

/** A file of the same folder whose name is nearly the one that was meant. */
function neighbour(path: string): string {
  try {
    return didYouMean(basename(path), readdirSync(dirname(path)));
  } catch {
    return "; its folder is not there either";
  }
}

const unreadableCheck = (path: string): Check => ({
  status: "problem",
  subject: path,
  message: "may not be read",
  remedy: "let the user that runs quarterdeck read it",
});

function newestCheck(files: readonly ReadableFile[], what: string, now: Date): Check {
  const dated = files.map(({ path, absolute }) => ({ path, changedAt: statSync(absolute).mtimeMs }));
  const newest = dated.reduce((latest, file) => (file.changedAt > latest.changedAt ? file : latest));
  const days = Math.max(0, Math.floor((now.getTime() - newest.changedAt) / 86_400_000));
  const age = days === 0 ? "less than a day" : counted(days, "day");
  return {
    status: "ok",
    subject: what,
    message: `${counted(files.length, "file")}, the newest ${age} old (${newest.path})`,
  };
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
