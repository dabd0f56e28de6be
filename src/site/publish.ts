import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { glob } from "tinyglobby";
import { UsageError } from "../errors.ts";

/** Names the files that the last build put here, so that the next one removes those that are gone. */
const LIST = ".quarterdeck-site";

/**
 * Copies a built site into its folder and removes pages that no longer exist. Returns the number of pages.
 * @throws {UsageError} when the folder cannot be written
 */
export async function publish(from: string, to: string): Promise<number> {
  try {
    return await copySite(from, to);
  } catch (error) {
    throw inWords(error, to);
  }
}

async function copySite(from: string, to: string): Promise<number> {
  const files = (await glob("**/*", { cwd: from, dot: true })).toSorted();
  const former = await formerFiles(to);
  await refuseForeignData(files, former, to);
  const current = new Set(files);
  // Before the first file is there: the next build knows what a killed one left.
  await list(to, new Set([...former, ...files]));
  for (const file of former) {
    if (!current.has(file)) await rm(join(to, file), { force: true });
  }
  for (const file of files) {
    await mkdir(dirname(join(to, file)), { recursive: true });
    await copyFile(join(from, file), join(to, file));
  }
  await list(to, current);
  return files.filter((file) => file.endsWith(".html")).length;
}

/** In one step: a list that was cut would disown files. */
async function list(folder: string, files: ReadonlySet<string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `${LIST}.new`);
  await writeFile(draft, [...files].map((file) => `${file}\n`).join(""));
  await rename(draft, join(folder, LIST));
}

/** What a build makes: pages anywhere, tables below `data/`, lists below `search/`, all of it in the folder of an audience too. No other name on the list is taken for ours. */
const OURS =
  /^([a-z0-9][a-z0-9/.-]*\.html|([a-z0-9-]+\/)?(data\/[a-z0-9][a-z0-9_/-]*\.(csv|json|parquet|ics)|search\/[a-z0-9-]+\.js|retrospectives\/actions\.csv))$/;

async function formerFiles(folder: string): Promise<string[]> {
  const list = await readFile(join(folder, LIST), "utf8").catch(() => "");
  return list.split("\n").filter((file) => OURS.test(file) && !file.includes(".."));
}

const INDEX = "data/index.json";

/** `data/` is a likely name for somebody's own files, such as those that are collected: they are not overwritten. */
async function refuseForeignData(
  files: readonly string[],
  former: readonly string[],
  to: string,
): Promise<void> {
  for (const index of files.filter((file) => file === INDEX || /^[a-z0-9-]+\/data\/index\.json$/.test(file))) {
    const text = await readFile(join(to, index), "utf8").catch(() => "");
    if (former.includes(index) || /^\{\s*"format": "quarterdeck"/.test(text)) continue;
    const folder = index.slice(0, -"index.json".length);
    const foreign = files.find((file) => file.startsWith(folder) && existsSync(join(to, file)));
    if (foreign === undefined) continue;
    throw new UsageError(
      `${join(to, foreign)} was not made by a build and would be overwritten: move it away, or name another folder under \`output\`; no page was written`,
    );
  }
}

/** Why the system does not let us write, as far as a person can do something about it. */
const REFUSALS: Readonly<Record<string, string>> = {
  ENOSPC: "no space left on its disk",
  EDQUOT: "the quota of its disk is used up",
  EROFS: "its disk is read-only",
  EACCES: "check its owner and permissions",
  EPERM: "check its owner and permissions",
  ENOTDIR: "a part of its path is a file",
  EEXIST: "it is a file",
  EISDIR: "a page of it is a folder",
};

function inWords(error: unknown, folder: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const refusal = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
  if (refusal === undefined) return error;
  const remedy = "mend that and build again, for pages of two builds may be there";
  return new UsageError(`the site cannot be written to ${folder}: ${refusal}; ${remedy}`, { cause: error });
}
