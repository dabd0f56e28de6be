import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { sha256, SUMS } from "../../reports/folder/files.ts";
import { readArchiveManifest, type ArchiveManifest } from "./manifest.ts";

export interface Archive {
  readonly folder: string;
  readonly manifest: ArchiveManifest;
}

/** The archives in these folders, or that these folders are, by period and edition. What is no archive is passed over. */
export function archivesIn(folders: readonly string[]): Archive[] {
  return folders
    .flatMap(candidates)
    .flatMap((folder) => {
      const manifest = readArchiveManifest(folder);
      return manifest === undefined ? [] : [{ folder, manifest }];
    })
    .toSorted(
      (a, b) =>
        compare(a.manifest.period.from, b.manifest.period.from) ||
        compare(a.manifest.period.until, b.manifest.period.until) ||
        a.manifest.edition - b.manifest.edition ||
        compare(a.folder, b.folder),
    );
}

/** By which an archive is known: its sums cover everything in it. */
export const sumsDigest = (folder: string): string => sha256(readFileSync(join(folder, SUMS)));

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function candidates(folder: string): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const inside = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => join(folder, name));
  return [folder, ...inside];
}
