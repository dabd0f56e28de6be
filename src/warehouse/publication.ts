import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.ts";
import { isModelCurrent, type ModelInput } from "./model.ts";
import type { Warehouse } from "./open.ts";
import { inTransaction } from "./store.ts";

const RECORD = readFileSync(join(packageRoot, "src/warehouse/sql/record_publication.sql"), "utf8");

/** What recording a build came to. `overtaken`: another process computed other figures meanwhile. */
export type Recorded = "recorded" | "known" | "look back" | "overtaken";

/**
 * Keeps the figures of the model as published. A build of which nothing is new leaves no trace, nor does one
 * that looks less far than a recorded one.
 */
export function recordPublication(warehouse: Warehouse, input: ModelInput): Promise<Recorded> {
  return inTransaction(warehouse, async () => {
    if (!(await isModelCurrent(warehouse, input))) return "overtaken";
    const [state] = await warehouse.rows<{ is_look_back: boolean; is_known: boolean }>(
      `select
         is_look_back,
         not is_new or publication <= (select coalesce(max(publication), 0) from raw.publication) as is_known
       from reports.publication`,
    );
    if (state?.is_known) return "known";
    if (state?.is_look_back) return "look back";
    await warehouse.run(RECORD);
    return "recorded";
  });
}

/** Published figures that this model moves and no recorded publication did, and since which as-of. */
export async function newlyMoved(warehouse: Warehouse): Promise<{ figures: number; since: string } | undefined> {
  const [moved] = await warehouse.rows<{ figures: number; since: string }>(
    `select count(*) as figures, min(from_as_of) as since from reports.restatement
     where publication > (select coalesce(max(publication), 0) from raw.publication)`,
  );
  return moved && moved.figures > 0 ? moved : undefined;
}
