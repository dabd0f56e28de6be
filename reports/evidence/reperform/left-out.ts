import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { DataError } from "../../../src/errors.ts";
import type { Difference } from "./compare.ts";
import { placeIn, type OpenedPack } from "./pack.ts";

/** A result that follows from records that the pack has not. */
export type LeftOut = Pick<Difference, "control" | "unit_kind" | "unit">;

/** Of which results the records of a pack are not enough; a pack that has all records has no such file. */
export const LEFT_OUT_FILE = "controls/not-recomputed.csv";

export const LEFT_OUT_COLUMNS = ["control", "unit_kind", "unit"] as const;

/**
 * Undefined where nobody tried.
 * @throws {DataError} for what is no such list
 */
export function leftOutBy({ folder }: OpenedPack): readonly LeftOut[] | undefined {
  if (!existsSync(join(folder, LEFT_OUT_FILE))) return undefined;
  return leftOutRows(readFileSync(placeIn(folder, LEFT_OUT_FILE), "utf8"));
}

export function leftOutRows(text: string): LeftOut[] {
  try {
    const [head, ...rows] = parse(text, { record_delimiter: "\n", max_record_size: 1_000_000 });
    if (head?.join() !== LEFT_OUT_COLUMNS.join()) throw new Error(`expected the columns ${LEFT_OUT_COLUMNS.join(",")}`);
    return rows.map(([control = "", unit_kind = "", unit = ""]) => ({ control, unit_kind, unit }));
  } catch (error) {
    throw new DataError(`${LEFT_OUT_FILE}: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`);
  }
}
