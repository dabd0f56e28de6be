import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
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
  removeLeftovers(directory);
  const place = mkdtempSync(join(dirname(directory), `.${basename(directory)}-${process.pid}-`));
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

const LEFT = /^-(\d+)-[A-Za-z0-9]{6}$/;

/** What a process that was killed left of this pack. */
export function removeLeftovers(directory: string): void {
  const name = `.${basename(directory)}`;
  for (const entry of readdirSync(dirname(directory))) {
    const [, writer] = entry.startsWith(name) ? (LEFT.exec(entry.slice(name.length)) ?? []) : [];
    if (writer !== undefined && !isRunning(Number(writer))) {
      rmSync(join(dirname(directory), entry), { recursive: true, force: true });
    }
  }
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // It runs and is somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
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
