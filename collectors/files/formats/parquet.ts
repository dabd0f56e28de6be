import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { FileProblem } from "../../reading/problem.ts";
import { shortened } from "../../reading/words.ts";
import { visitRecord } from "./records.ts";
import type { RowVisitor } from "./rows.ts";

/** Reads a Parquet file through a database of its own, in memory, that can open nothing else. */
export async function readParquet(path: string, visitor: RowVisitor): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1", memory_limit: "1GB" });
  const connection = await instance.connect();
  try {
    await confine(connection, path);
    await visitRows(connection, path, visitor);
  } catch (error) {
    if (error instanceof FileProblem) throw error;
    throw new FileProblem(1, `expected a Parquet file, found ${shortened(messageOf(error))}`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function confine(connection: DuckDBConnection, path: string): Promise<void> {
  await connection.run("set TimeZone = 'UTC'");
  const allowed = [path, literally(path)].map((name) => `'${name.replaceAll("'", "''")}'`);
  await connection.run(`set allowed_paths = [${allowed.join(", ")}]`);
  await connection.run("set enable_external_access = false");
  await connection.run("set lock_configuration = true");
}

async function visitRows(connection: DuckDBConnection, path: string, visitor: RowVisitor): Promise<void> {
  const result = await connection.stream("select * from read_parquet($1)", [literally(path)]);
  visitor.names(result.columnNames(), true);
  let line = 0;
  for await (const rows of result.yieldRowObjectJson()) {
    for (const row of rows) visitRecord(visitor, row, ++line, false);
  }
}

/** The engine takes names for patterns: `d[1].parquet` would be `d1.parquet`. */
const literally = (path: string) => path.replaceAll(/[*?[]/g, "[$&]");

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
