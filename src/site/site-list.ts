import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Sum } from "../../reports/folder/sums.ts";

/** Names the files that the last build put into a folder, each with its hash, as `sha256sum --check` reads it. */
export const LIST = ".quarterdeck-site";

/** A list that is being written. */
export const LIST_DRAFT = `${LIST}.new`;

/** A file is written under this name and then takes its place: no reader sees half of one. */
export const PART = `${LIST}.part`;

/** Held by the build that is being written. */
export const LOCK = `${LIST}.lock`;

const LINE = /^(?<sha256>[0-9a-f]{64}) {2}(?<path>[^\\].*)$/;

/** While a build is written, a file has two lines: what it was and what it is to be. Lines that no build wrote are passed over. */
export async function listedFiles(folder: string): Promise<Sum[]> {
  return sumsOf(await readFile(join(folder, LIST), "utf8").catch(() => ""));
}

/** Lines as `sha256sum` writes them. */
export function sumsOf(text: string): Sum[] {
  return text.split("\n").flatMap((line) => {
    const { sha256, path } = LINE.exec(line)?.groups ?? {};
    return sha256 === undefined || path === undefined ? [] : [{ path, sha256 }];
  });
}

/** In one step: a list that was cut would disown files. */
export async function writeList(folder: string, files: readonly Sum[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const lines = new Set(files.map(({ path, sha256 }) => `${sha256}  ${path}\n`));
  await writeFile(join(folder, LIST_DRAFT), [...lines].join(""));
  await rename(join(folder, LIST_DRAFT), join(folder, LIST));
}

export const isWithin = (root: string, path: string | undefined): boolean =>
  path !== undefined && (path === root || path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`));
