import { resolve } from "node:path";
import { archivesIn } from "../../archive/library.ts";
import { loadConfig } from "../../config/load.ts";
import { shownPath } from "../../config/shown-path.ts";
import type { Effects } from "../../effects.ts";
import { printRows } from "../output.ts";
import { archiveFolders } from "../session.ts";

interface ListValues {
  readonly config?: string;
  readonly json?: boolean;
}

/** Prints which archives there are. Only their manifests are read. */
export async function list(
  values: ListValues,
  folder: string | undefined,
  effects: Effects,
): Promise<number> {
  const rows = archivesIn(await foldersOf(values, folder, effects)).map(({ folder: place, manifest }) => ({
    period: manifest.period.label,
    edition: manifest.edition,
    records: manifest.held.records,
    written_at: manifest.written_at,
    signed_by: manifest.signing?.identity ?? null,
    folder: shownPath(place, effects.cwd),
  }));
  printRows(rows, { json: values.json }, effects, [
    "period",
    "edition",
    "records",
    "written_at",
    "signed_by",
    "folder",
  ]);
  return 0;
}

async function foldersOf(
  values: ListValues,
  folder: string | undefined,
  effects: Effects,
): Promise<string[]> {
  if (folder !== undefined) return [resolve(effects.cwd, folder)];
  return archiveFolders(await loadConfig(values.config, effects, { secrets: "ignored" }));
}
