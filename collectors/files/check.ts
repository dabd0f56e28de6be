import { accessSync, constants, readdirSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { didYouMean } from "../../src/config/suggest.ts";
import type { Check, CheckContext } from "../contract.ts";
import type { FilesConfig } from "./config.ts";
import { findFiles, type FoundFile } from "./find.ts";
import { entitiesOf } from "./plan.ts";
import { counted } from "./words.ts";

/** Whether every pattern leads to files that can be read. Opens none of them. */
export async function* check(
  config: FilesConfig,
  { baseDirectory, now }: CheckContext,
): AsyncGenerator<Check> {
  for (const entity of entitiesOf(config)) {
    const entries = config.files.filter((file) => file.entity === entity);
    const { files, missing } = await findFiles(entries, baseDirectory);
    for (const pattern of missing) yield missingCheck(pattern, entity, baseDirectory);
    const unreadable = files.filter(({ absolute }) => !isReadable(absolute));
    for (const { path } of unreadable) yield unreadableCheck(path);
    const readable = files.filter((file) => !unreadable.includes(file));
    if (readable.length > 0) yield newestCheck(readable, entity, now);
  }
}

const missingCheck = (pattern: string, entity: string, baseDirectory: string): Check => ({
  status: "problem",
  subject: pattern,
  message: `no file of ${entity} is there`,
  remedy: `put the file there, or correct \`path\`${neighbour(resolve(baseDirectory, pattern))}`,
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

function newestCheck(files: readonly FoundFile[], entity: string, now: Date): Check {
  const dated = files.map(({ path, absolute }) => ({ path, changedAt: statSync(absolute).mtimeMs }));
  const newest = dated.reduce((latest, file) => (file.changedAt > latest.changedAt ? file : latest));
  const days = Math.max(0, Math.floor((now.getTime() - newest.changedAt) / 86_400_000));
  const age = days === 0 ? "less than a day" : counted(days, "day");
  return {
    status: "ok",
    subject: entity,
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
