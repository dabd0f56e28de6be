import { createHash } from "node:crypto";
import { createReadStream, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { sha256, SIGNATURE, SUMS, type PackFile } from "./files.ts";

/** One line of SHA256SUMS. */
export interface Sum {
  readonly path: string;
  readonly sha256: string;
}

/** As `sha256sum` writes them, in the order of the paths. */
export const sumsText = (sums: readonly Sum[]): string =>
  sums
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, sha256: hash }) => `${hash}  ${path}\n`)
    .join("");

export const sumLines = (files: readonly PackFile[]): string =>
  sumsText(files.map(({ path, content }) => ({ path, sha256: sha256(content) })));

/** Paths of everything in a folder that is no folder, with `/`, sorted. Links are named, not followed. */
export function pathsIn(folder: string): string[] {
  // Where the system lists all below, it follows links: two to their own folder make a list without end.
  const below = (path: string): string[] =>
    readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? below(`${path}${entry.name}/`) : [`${path}${entry.name}`],
    );
  return below("").sort();
}

/** Files up to this size are read at once, which takes a fifth of the time. */
const SMALL = 1 << 20;

/** Hashes a file of any size in little memory. */
export async function fileSha256(path: string): Promise<string> {
  if (statSync(path).size <= SMALL) return sha256(readFileSync(path));
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** Whether a folder of our own holds what its sums say and nothing else. */
export function isIntact(folder: string): boolean {
  try {
    const paths = pathsIn(folder).filter((path) => path !== SUMS && path !== SIGNATURE);
    const files = paths.map((path) => ({ path, content: readFileSync(join(folder, path)) }));
    return sumLines(files) === readFileSync(join(folder, SUMS), "utf8");
  } catch {
    return false;
  }
}
