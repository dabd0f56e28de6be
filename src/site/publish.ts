import { copyFileSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { readFile, realpath, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { glob } from "tinyglobby";
import { fileSha256, type Sum } from "../../reports/folder/sums.ts";
import { UsageError } from "../errors.ts";
import { REFUSALS, refusalOf } from "../refused-write.ts";
import { alone } from "./alone.ts";
import { isWithin, listedFiles, PART, writeList } from "./site-list.ts";

/**
 * Copies a built site into its folder and removes pages that no longer exist. Returns the number of pages.
 * @throws {UsageError} when the folder cannot be written
 */
export async function publish(from: string, to: string): Promise<number> {
  try {
    return await alone(to, () => copySite(from, to));
  } catch (error) {
    throw inWords(error, to);
  }
}

async function copySite(from: string, to: string): Promise<number> {
  const files = (await glob("**/*", { cwd: from, dot: true })).toSorted();
  const former = await listedFiles(to);
  await refuseForeignData(files, former, to);
  const current = await listOf(from, files);
  // Before the first file is there: the next build knows what a killed one left.
  await writeList(to, [...former, ...current]);
  await removeGone(former, new Set(files), to);
  const known = new Map(former.map(({ path, sha256 }) => [path, sha256]));
  const made = new Set<string>();
  for (const { path, sha256 } of current) {
    // What is there already keeps its date, which many hosts send files by; and taking the place of a file waits for the disk.
    if (known.get(path) === sha256 && (await fileSha256(join(to, path)).catch(() => undefined)) === sha256) continue;
    const folder = dirname(join(to, path));
    if (!made.has(folder)) mkdirSync(folder, { recursive: true });
    made.add(folder);
    // Tens of thousands of small files: asking another thread for each costs more than to wait for it.
    copyFileSync(join(from, path), join(to, PART));
    renameSync(join(to, PART), join(to, path));
  }
  await writeList(to, current);
  return files.filter((file) => file.endsWith(".html")).length;
}

async function listOf(folder: string, files: readonly string[]): Promise<Sum[]> {
  const list: Sum[] = [];
  for (const path of files) list.push({ path, sha256: await fileSha256(join(folder, path)) });
  return list;
}

/**
 * Whatever its name, a file is ours to remove if a build wrote these very bytes: no list of names can lack a new kind of file, and a list
 * that somebody else wrote takes nothing away.
 */
async function removeGone(former: readonly Sum[], current: ReadonlySet<string>, to: string): Promise<void> {
  const root = await realpath(to);
  for (const { path, sha256 } of former) {
    if (current.has(path) || !(await isInside(root, path))) continue;
    if ((await fileSha256(join(to, path)).catch(() => undefined)) === sha256) await rm(join(to, path), { force: true });
  }
}

/** A folder of the path may be a link to elsewhere. */
const isInside = async (root: string, path: string) =>
  isWithin(root, await realpath(dirname(join(root, path))).catch(() => undefined));

const INDEX = "data/index.json";

/** `data/` is a likely name for somebody's own files, such as those that are collected, and `index.html` for a page: they are not overwritten. */
async function refuseForeignData(
  files: readonly string[],
  former: readonly Sum[],
  to: string,
): Promise<void> {
  for (const index of files.filter((file) => file === INDEX || /^[a-z0-9-]+\/data\/index\.json$/.test(file))) {
    const text = await readFile(join(to, index), "utf8").catch(() => "");
    if (former.some(({ path }) => path === index) || /^\{\s*"format": "quarterdeck"/.test(text)) continue;
    const folder = index.slice(0, -"index.json".length);
    const foreign = files.find((file) => (index === INDEX || file.startsWith(folder)) && existsSync(join(to, file)));
    if (foreign === undefined) continue;
    throw new UsageError(
      `${join(to, foreign)} was not made by a build and would be overwritten: move it away, or name another folder under \`output\`; no page was written`,
    );
  }
}

const OF_PAGES: Readonly<Record<string, string>> = {
  ...REFUSALS,
  ENOTDIR: "a part of its path is a file",
  EEXIST: "it is a file",
  EISDIR: "a page of it is a folder",
};

function inWords(error: unknown, folder: string): unknown {
  const refusal = refusalOf(error, OF_PAGES);
  if (refusal === undefined) return error;
  const remedy = "mend that and build again, for pages of two builds may be there";
  return new UsageError(`the site cannot be written to ${folder}: ${refusal}; ${remedy}`, { cause: error });
}
