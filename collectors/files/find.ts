import { findPaths, type FoundPaths, type ReadableFile } from "../reading/find.ts";
import type { FileEntry } from "./config.ts";
import { readingOf } from "./fingerprint.ts";

/** A file and all that the configuration reads from it for one entity. */
export interface FoundFile extends ReadableFile {
  readonly entries: readonly FileEntry[];
}

export interface Found extends Pick<FoundPaths, "missing" | "unlisted"> {
  readonly files: readonly FoundFile[];
}

/** Looks up the files of the entries. */
export async function findFiles(entries: readonly FileEntry[], baseDirectory: string): Promise<Found> {
  const patterns = [...new Set(entries.map(({ path }) => path))];
  const { files, missing, unlisted } = await findPaths(patterns, baseDirectory);
  return {
    files: files.map(({ path, absolute, patterns: matched }) => ({
      path,
      absolute,
      entries: entries.filter((entry) => matched.includes(entry.path)).reduce(withEntry, []),
    })),
    missing,
    unlisted,
  };
}

/** Two patterns with the same mapping read a file once. */
function withEntry(entries: readonly FileEntry[], entry: FileEntry): readonly FileEntry[] {
  const reading = JSON.stringify(readingOf(entry));
  return entries.some((known) => JSON.stringify(readingOf(known)) === reading)
    ? entries
    : [...entries, entry];
}
