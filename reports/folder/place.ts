import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ownFolder } from "../../src/killed.ts";
import type { PackFile } from "./files.ts";

/**
 * Puts files into a folder so that no reader finds half of them and nothing of an older pack stays behind: they are
 * written beside it and moved there, together with a zip of them where there is one.
 */
export function placeFolder(
  directory: string,
  files: readonly PackFile[],
  zip: Uint8Array | undefined,
): void {
  mkdirSync(dirname(directory), { recursive: true });
  const place = ownFolder(dirname(directory), `.${basename(directory)}`);
  // The place is closed to others; a pack lies beside the pages and is as readable as they are.
  const draft = join(place, "pack");
  try {
    writeFiles(draft, files);
    if (zip !== undefined) writeFileSync(join(place, "zip"), zip);
    // A zip of an older draft must not lie beside a newer one.
    rmSync(`${directory}.zip`, { force: true });
    exchange(directory, draft, join(place, "older"));
    if (zip !== undefined) renameSync(join(place, "zip"), `${directory}.zip`);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function writeFiles(folder: string, files: readonly PackFile[]): void {
  mkdirSync(folder);
  for (const { path, content } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Two moves, the first of which is taken back where the second fails. */
function exchange(directory: string, draft: string, older: string): void {
  const isReplaced = existsSync(directory);
  if (isReplaced) renameSync(directory, older);
  try {
    renameSync(draft, directory);
  } catch (error) {
    if (isReplaced) renameSync(older, directory);
    throw error;
  }
}
