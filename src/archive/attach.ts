import { basename, join } from "node:path";
import { sha256 } from "../../reports/folder/files.ts";
import { checkFiles } from "../../reports/verify/check-files.ts";
import { DataError } from "../errors.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { archivesIn, sumsDigest } from "./library.ts";
import { statement } from "./statements.ts";
import { PAYLOADS } from "./tables.ts";

/** Archives from which a session reads what was disposed of; none where nothing was. */
export interface Attachable {
  readonly folders: readonly string[];
  /** Of all of them, for it says from what a model is built. */
  readonly digest: string | undefined;
}

export const payloadsOf = ({ folders }: Attachable): string[] =>
  folders.map((folder) => join(folder, PAYLOADS));

/** Looks for archives only where the database lacks what records say. */
export async function attachable(warehouse: Warehouse, configured: readonly string[]): Promise<Attachable> {
  const gone = await warehouse.rows("select 1 from raw.gone limit 1");
  if (gone.length === 0) return { folders: [], digest: undefined };
  const folders = archivesIn(configured).map(({ folder }) => folder);
  const sums = folders.map(sumsDigest);
  return { folders, digest: sha256(sums.toSorted().join("\n")) };
}

/**
 * Whether the archives are as they were written, and hold what the database had: to be called before a model is built from them. Without that, pages of an archived
 * period would say that nothing happened.
 * @throws {DataError} naming the archive that was altered, or the one that is missing
 */
export async function verifyAttached(warehouse: Warehouse, { folders }: Attachable): Promise<void> {
  await refuseAltered(folders, "take it out of `archives`");
  const problems = await warehouse.rows<{ problem: string }>(statement("unreadable"));
  const [first] = problems;
  if (first === undefined) return;
  throw new DataError(
    `${first.problem}: put it into a folder that \`archives\` in quarterdeck.yaml names, or \`quarterdeck archive restore\` it${alsoThere(folders)}`,
  );
}

/** @throws {DataError} naming the first file of an archive that is not as it was written, with what else may be done than to restore it */
export async function refuseAltered(folders: readonly string[], otherwise: string): Promise<void> {
  for (const folder of folders) {
    const [first] = (await checkFiles(folder)).findings;
    if (first)
      throw new DataError(
        `${join(folder, first.file)} ${first.problem}: restore the archive from a copy, or ${otherwise}`,
      );
  }
}

const alsoThere = (folders: readonly string[]) =>
  folders.length === 0
    ? "; there are no archives there"
    : `; those there are ${folders.map((folder) => basename(folder)).join(", ")}`;
