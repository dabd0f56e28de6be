import { join } from "node:path";
import { packageRoot } from "../src/package-root.ts";
import { tablesRead } from "../src/warehouse/dependencies.ts";
import { DataError } from "../src/errors.ts";
import type { Warehouse } from "../src/warehouse/open.ts";
import { placeOf, readLooseQueryFiles, type LooseQueryFile } from "../src/warehouse/query-file.ts";

/** Queries that are run when a pack is made, because their range is a parameter: one SELECT a file, as in queries/. */
export interface OwnQueries {
  readonly folder: string;
  readonly files: readonly LooseQueryFile[];
}

/** The queries of `reports/<kind>/queries`. */
export function ownQueries(kind: "period" | "sampling" | "dossier"): OwnQueries {
  const folder = join(packageRoot, "reports", kind, "queries");
  return { folder, files: readLooseQueryFiles(folder) };
}

/**
 * Runs them, each into a table of this connection's own, in the order that their tables imply: the database is open for reading only.
 * Their parameters have to be set before.
 */
export async function makeOwnTables(warehouse: Warehouse, own: readonly OwnQueries[]): Promise<void> {
  const files = own.flatMap((queries) => queries.files);
  const names = new Set(files.map(({ relation }) => relation));
  const made = new Set<string>();
  let waiting = [...files];
  while (waiting.length > 0) {
    const later: LooseQueryFile[] = [];
    for (const file of waiting) {
      const missing = (await tablesRead(warehouse, file)).filter(
        (table) => names.has(table) && !made.has(table),
      );
      if (missing.length > 0) later.push(file);
      else {
        await makeTable(warehouse, file);
        made.add(file.relation);
      }
    }
    if (later.length === waiting.length)
      throw new DataError(`${later.map(({ file }) => file).join(", ")}: read each other in a circle`);
    waiting = later;
  }
}

async function makeTable(warehouse: Warehouse, file: LooseQueryFile): Promise<void> {
  try {
    await warehouse.run(`create or replace temp table ${file.relation} as ${file.sql}`);
  } catch (error) {
    throw new DataError(`${placeOf(file)}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
