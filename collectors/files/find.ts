import { statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { glob } from "tinyglobby";
import type { FileEntry } from "./config.ts";
import { readingOf } from "./fingerprint.ts";
import type { ReadableFile } from "./formats/index.ts";

/** A file and all that the configuration reads from it for one entity. */
export interface FoundFile extends ReadableFile {
  readonly entries: readonly FileEntry[];
}

export interface Found {
  /** In order of path. A file that several patterns match is there once. */
  readonly files: readonly FoundFile[];
  /** Patterns that match nothing. */
  readonly missing: readonly string[];
}

/** Looks up the files of the entries. */
export async function findFiles(entries: readonly FileEntry[], baseDirectory: string): Promise<Found> {
  const files = new Map<string, FoundFile>();
  const missing: string[] = [];
  for (const entry of entries) {
    const matches = await matchesOf(entry.path, baseDirectory);
    if (matches.length === 0) missing.push(entry.path);
    for (const absolute of matches) {
      const path = relative(baseDirectory, absolute).split(sep).join("/");
      files.set(path, { path, absolute, entries: withEntry(files.get(path)?.entries ?? [], entry) });
    }
  }
  return { files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), missing };
}

/** Two patterns with the same mapping read a file once. */
function withEntry(entries: readonly FileEntry[], entry: FileEntry): readonly FileEntry[] {
  const reading = JSON.stringify(readingOf(entry));
  return entries.some((known) => JSON.stringify(readingOf(known)) === reading)
    ? entries
    : [...entries, entry];
}

/** A path that exists is that file, even if its name holds characters that patterns use. */
async function matchesOf(pattern: string, baseDirectory: string): Promise<string[]> {
  const literal = resolve(baseDirectory, pattern);
  if (statSync(literal, { throwIfNoEntry: false })?.isFile()) return [literal];
  const matches = await glob(pattern, {
    cwd: baseDirectory,
    absolute: true,
    onlyFiles: true,
    expandDirectories: false,
  });
  return matches.map((match) => resolve(match));
}
