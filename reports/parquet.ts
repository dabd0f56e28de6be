import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { literal } from "../src/warehouse/literal.ts";
import { closeAll, inMemory, secure, wrap, type Opened, type Warehouse } from "../src/warehouse/open.ts";
import { jsonText } from "../src/warehouse/store.ts";
import type { CsvRow } from "./csv.ts";
import type { Attachment } from "./layout/nodes.ts";
import type { PackFile } from "./pack-folder.ts";
import { ownFolder } from "../src/killed.ts";

export interface TableRows {
  /** Of the file, without ending. */
  readonly name: string;
  readonly rows: readonly CsvRow[];
}

/** The tables among what is attached to a PDF, as Parquet. */
export const tableParquet = (attachments: readonly Attachment[]): Promise<PackFile[]> =>
  parquetFiles(
    attachments.flatMap(({ name, rows }) =>
      rows === undefined ? [] : { name: name.replace(/\.csv$/, ""), rows },
    ),
  );

/**
 * Tables as Parquet beside their CSV, so that nobody need guess what a column holds. DuckDB writes them, in memory of its own and with one
 * thread, since the bytes must not depend on how many there are; it reaches one folder, which is gone afterwards. A table without rows is left out.
 */
export async function parquetFiles(tables: readonly TableRows[]): Promise<PackFile[]> {
  const folder = ownFolder(tmpdir(), "quarterdeck-parquet");
  const opened: Opened = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const connection = await inMemory(opened, folder, { threads: 1, memoryLimit: "500MB" });
    const warehouse = wrap(":memory:", connection, () => undefined);
    await secure(warehouse, folder);
    const files: PackFile[] = [];
    for (const table of tables)
      if (table.rows.length > 0) files.push(await parquetFile(warehouse, folder, table));
    return files;
  } finally {
    closeAll(opened);
  }
}

async function parquetFile(
  warehouse: Warehouse,
  folder: string,
  { name, rows }: TableRows,
): Promise<PackFile> {
  const columns = Object.keys(rows[0] ?? {});
  const types = columns.map(
    (column) => [column, typeOf(rows.map((row) => (row as Record<string, unknown>)[column]))] as const,
  );
  const form = literal(JSON.stringify([Object.fromEntries(types)]));
  const selected = columns.map((column) => `row.${quoted(column)}`).join(", ");
  await warehouse.run("set variable rows = ?::varchar", [jsonText(rows)]);
  // A name of its own: that of the table need not be one for a file.
  const file = join(folder, "table.parquet");
  await warehouse.run(
    `copy (select ${selected} from (select unnest(from_json(getvariable('rows')::json, ${form})) as row))
     to ${literal(file)} (format parquet, compression zstd)`,
  );
  return { path: `tables/${name}.parquet`, content: readFileSync(file) };
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/** What all values of a column are; what is of several kinds, or of none, is text. */
function typeOf(values: readonly unknown[]): string | readonly string[] {
  const known = values.filter((value) => value !== null && value !== undefined);
  if (known.length === 0) return "VARCHAR";
  if (known.every((value) => typeof value === "boolean")) return "BOOLEAN";
  if (known.every((value) => Number.isSafeInteger(value))) return "BIGINT";
  if (known.every((value) => typeof value === "number")) return "DOUBLE";
  if (known.every((value) => typeof value === "string" && INSTANT.test(value))) return "TIMESTAMPTZ";
  return known.every((value) => Array.isArray(value)) ? ["VARCHAR"] : "VARCHAR";
}
