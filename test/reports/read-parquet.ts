import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

/** Columns with their types, and rows, of a Parquet file. */
export async function readBack(content: Uint8Array): Promise<{ types: unknown[][]; rows: unknown[][] }> {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-test-"));
  const file = join(folder, "x.parquet");
  writeFileSync(file, content);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const types = (await connection.runAndReadAll(`describe from '${file}'`))
      .getRowsJson()
      .map((row) => row.slice(0, 2));
    return { types, rows: (await connection.runAndReadAll(`from '${file}'`)).getRowsJson() };
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}
