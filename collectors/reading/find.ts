import { statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { glob } from "tinyglobby";

export interface ReadableFile {
  /** Relative to quarterdeck.yaml, with `/`. */
  readonly path: string;
  readonly absolute: string;
}

export interface FoundPaths {
  /** In order of path. A file that several patterns match is there once. */
  readonly files: readonly (ReadableFile & { readonly patterns: readonly string[] })[];
  /** Patterns that match nothing. */
  readonly missing: readonly string[];
}

/** Looks up files by name or glob, relative to a folder. */
export async function findPaths(patterns: readonly string[], baseDirectory: string): Promise<FoundPaths> {
  const files = new Map<string, FoundPaths["files"][number]>();
  const missing: string[] = [];
  for (const pattern of patterns) {
    const matches = await matchesOf(pattern, baseDirectory);
    if (matches.length === 0) missing.push(pattern);
    for (const absolute of matches) {
      const path = relative(baseDirectory, absolute).split(sep).join("/");
      files.set(path, { path, absolute, patterns: [...(files.get(path)?.patterns ?? []), pattern] });
    }
  }
  return { files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), missing };
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
