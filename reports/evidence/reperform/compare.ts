import { parse } from "csv-parse/sync";
import { DataError } from "../../../src/errors.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { makeResults, resultLines, RESULT_COLUMNS, RESULTS_FILE } from "../results.ts";
import type { PackScope } from "../scope.ts";

/** Where a pack says something else than its own evidence does. */
export interface Difference {
  readonly control: string;
  readonly unit_kind: string;
  readonly unit: string;
  /** `row` where only one of the two has the unit. */
  readonly column: string;
  readonly pack: string;
  readonly computed: string;
}

type Cells = readonly string[];

/** Results by control and unit, as text. */
export type Results = ReadonlyMap<string, Cells>;

/** A result by its control and unit. */
export const nameOf = ({ control, unit_kind, unit }: Omit<Difference, "column" | "pack" | "computed">): string =>
  JSON.stringify([control, unit_kind, unit]);

const nameOfCells = ([control = "", unit_kind = "", unit = ""]: Cells) => nameOf({ control, unit_kind, unit });

/** @throws {DataError} naming the line of what is no table of results */
export function packedResults(text: string): Results {
  const [head, ...rows] = cellsOf(text);
  if (head?.join() !== RESULT_COLUMNS.join())
    throw new DataError(`${RESULTS_FILE}:1: expected the columns ${RESULT_COLUMNS.join(",")}`);
  const results = new Map<string, Cells>();
  for (const row of rows) {
    const name = nameOfCells(row);
    if (results.has(name)) throw new DataError(`${RESULTS_FILE}: has ${name} twice`);
    results.set(name, row);
  }
  return results;
}

export async function computedResults(warehouse: Warehouse, scope: PackScope): Promise<Results> {
  await makeResults(warehouse, scope);
  const results = new Map<string, Cells>();
  for await (const lines of resultLines(warehouse)) {
    for (const row of cellsOf(lines.join("\n"))) results.set(nameOfCells(row), row);
  }
  return results;
}

function cellsOf(text: string): Cells[] {
  try {
    return parse(text, { record_delimiter: "\n", max_record_size: 10_000_000, skip_empty_lines: false });
  } catch (error) {
    throw new DataError(
      `${RESULTS_FILE}: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`,
    );
  }
}

/** All differences, by control and unit. */
export function differences(
  packed: Results,
  computed: Results,
  isLeftOut: (cells: Cells) => boolean,
): Difference[] {
  const names = [...new Set([...packed.keys(), ...computed.keys()])].sort();
  return names.flatMap((name) => {
    const [said, found] = [packed.get(name), computed.get(name)];
    const cells = said ?? found ?? [];
    return isLeftOut(cells) ? [] : differencesOf(cells, said, found);
  });
}

const STATUS = RESULT_COLUMNS.indexOf("status");

function differencesOf(cells: Cells, said: Cells | undefined, found: Cells | undefined): Difference[] {
  const [control = "", unit_kind = "", unit = ""] = cells;
  const at = { control, unit_kind, unit };
  if (said === undefined) return [{ ...at, column: "row", pack: "", computed: found?.[STATUS] ?? "" }];
  if (found === undefined) return [{ ...at, column: "row", pack: said[STATUS] ?? "", computed: "" }];
  return RESULT_COLUMNS.flatMap((column, index) =>
    said[index] === found[index]
      ? []
      : [{ ...at, column, pack: said[index] ?? "", computed: found[index] ?? "" }],
  );
}
