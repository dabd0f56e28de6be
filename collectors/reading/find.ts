import { readdir, type Dirent, statSync } from "node:fs";
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
  /** Folders that could not be listed, with the reason of the operating system: what is in them is not known. */
  readonly unlisted: readonly string[];
}

/** Looks up files by name or glob, relative to a folder. */
export async function findPaths(patterns: readonly string[], baseDirectory: string): Promise<FoundPaths> {
  const files = new Map<string, FoundPaths["files"][number]>();
  const missing: string[] = [];
  const unlisted = new Set<string>();
  for (const pattern of patterns) {
    const matches = await matchesOf(pattern, baseDirectory, unlisted);
    if (matches.length === 0) missing.push(pattern);
    for (const absolute of matches) {
      const path = relative(baseDirectory, absolute).split(sep).join("/");
      files.set(path, { path, absolute, patterns: [...(files.get(path)?.patterns ?? []), pattern] });
    }
  }
  return { files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), missing, unlisted: [...unlisted].sort() };
}

/** A path that exists is that file, even if its name holds characters that patterns use. */
async function matchesOf(pattern: string, baseDirectory: string, unlisted: Set<string>): Promise<string[]> {
  const literal = resolve(baseDirectory, pattern);
  if (isThere(literal)) return [literal];
  const matches = await glob(pattern, {
    cwd: baseDirectory,
    absolute: true,
    onlyFiles: true,
    expandDirectories: false,
    fs: { readdir: listing(unlisted) },
  });
  return matches.map((match) => resolve(match));
}

/** Whether anything but a folder has that name. What may not be looked at is: whoever reads it learns why. */
function isThere(path: string): boolean {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found !== undefined && !found.isDirectory();
  } catch (error) {
    return codeOf(error) !== "ENAMETOOLONG";
  }
}

/** Lists folders as the library would, which takes one that it may not list for empty. */
const listing = (unlisted: Set<string>): typeof readdir =>
  ((path: string, options: { withFileTypes: true }, done: (error: Error | null, entries: Dirent[]) => void) => {
    readdir(path, options, (error, entries) => {
      if (error && !["ENOENT", "ENOTDIR"].includes(codeOf(error) ?? "")) unlisted.add(error.message);
      done(error, entries);
    });
  }) as typeof readdir;

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
