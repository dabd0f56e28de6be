import type { DuckDBConnection } from "@duckdb/node-api";
import { literal } from "./literal.ts";
import { inMemory, opening, privateFiles, secure, wrap, type Warehouse } from "./open.ts";

/** What may be large is looked at where it is; whatever else there is a build may write to, so it is copied. */
const LARGE = new Set(["record", "batch", "cursor", "disposed", "read_file", "rejected_row"]);

/**
 * A database in memory that shows what was collected into the one at `path`: a model can be built in it, and nothing of the
 * original changes.
 * @throws {DataError} in words when the database is in use or damaged
 */
export async function openMirror(path: string, memoryLimit?: string): Promise<Warehouse> {
  return opening(path, async (opened, close) => {
    const connection = await inMemory(opened, privateFiles("read", opened), { memoryLimit });
    await connection.run(`attach ${literal(path)} as original (read_only)`);
    await mirrorRaw(connection);
    const warehouse = wrap(path, connection, close);
    await secure(warehouse);
    return warehouse;
  });
}

async function mirrorRaw(connection: DuckDBConnection): Promise<void> {
  await connection.run("create schema raw");
  for (const table of await textsOf(
    connection,
    "select table_name from duckdb_tables() where database_name = 'original' and schema_name = 'raw'",
  )) {
    const kind = LARGE.has(table) ? "view" : "table";
    await connection.run(`create ${kind} raw."${table}" as from original.raw."${table}"`);
  }
  // Views ask for what archives say; a mirror has none attached.
  await connection.run(
    "create macro archived_payload() as table select source, stream, key, version, sha256, payload from raw.record where false",
  );
  await createViews(
    connection,
    await textsOf(
      connection,
      "select sql from duckdb_views() where database_name = 'original' and schema_name = 'raw' order by view_oid",
    ),
  );
}

/** One that was replaced is older than what it reads now: what fails is tried again after the others. */
async function createViews(connection: DuckDBConnection, views: readonly string[]): Promise<void> {
  const failed: string[] = [];
  let reason: unknown;
  for (const sql of views)
    await connection.run(sql).catch((error: unknown) => {
      failed.push(sql);
      reason = error;
    });
  if (failed.length === views.length && failed.length > 0) throw reason;
  if (failed.length > 0) await createViews(connection, failed);
}

async function textsOf(connection: DuckDBConnection, sql: string): Promise<string[]> {
  return (await connection.runAndReadAll(sql)).getRows().map(([text]) => String(text));
}
