import { findPaths, type FoundPaths, type ReadableFile } from "../reading/find.ts";
import type { EvidenceConfig, FileEntry } from "./config.ts";
import { globOf, saidByPath } from "./pattern.ts";

/** A file, the entry that it is read by, and what is known of it before it is opened. */
export interface FoundFile extends ReadableFile {
  readonly entry: FileEntry;
  /** By path or configuration. */
  readonly given: Readonly<Record<string, string>>;
}

export interface Found extends Pick<FoundPaths, "missing" | "unlisted"> {
  readonly files: readonly FoundFile[];
}

/** Looks up the files of a source. */
export async function findFiles({ files: entries }: EvidenceConfig, baseDirectory: string): Promise<Found> {
  const { files, missing, unlisted } = await findPaths(
    [...new Set(entries.map(({ path }) => globOf(path)))],
    baseDirectory,
  );
  return {
    files: files.flatMap(({ path, absolute, patterns }) => {
      const entry = entries.find((one) => patterns.includes(globOf(one.path)));
      return entry === undefined ? [] : [{ path, absolute, entry, given: givenOf(entry, path) }];
    }),
    missing,
    unlisted,
  };
}

function givenOf(entry: FileEntry, path: string): Record<string, string> {
  const { service, environment, suite, kind, scope } = entry;
  const constants = Object.entries({ service, environment, suite, kind, scope }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return { ...Object.fromEntries(constants), ...saidByPath(entry.path, path) };
}
