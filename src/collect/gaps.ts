import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.ts";
import type { Warehouse } from "../warehouse/open.ts";

/** Records that a source says it has and that are not stored, with what to do about it. */
export interface Gap {
  readonly subject: string;
  readonly effect: string;
  readonly remedy: string;
}

const EXPECTATION = join(packageRoot, "queries/expectations/declared_total_stored.sql");

/** What the expectation of this name finds, so that the report of a run and the site say the same. */
export async function missingRecords(warehouse: Warehouse, sources: readonly string[]): Promise<Gap[]> {
  const found = await warehouse.rows<Gap>(readFileSync(EXPECTATION, "utf8"));
  return found.filter(({ subject }) => sources.some((source) => subject.startsWith(`${source} `)));
}
