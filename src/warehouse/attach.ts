import { literal } from "./literal.ts";
import type { Warehouse } from "./open.ts";

/**
 * Lets a session read what was disposed of from archives. The views ask `archived_payload()`, of which the database has one that gives nothing; that of the
 * session goes before it. So nothing of an archive gets into the database file, and a session without archives sees what is left.
 */
export async function attachArchives(warehouse: Warehouse, files: readonly string[]): Promise<void> {
  if (files.length === 0) return;
  await warehouse.run(
    `create or replace temp macro archived_payload() as table
     select g.source, g.stream, g.key, g.version, g.sha256, min(s.payload)::json as payload
     from raw.gone as g
     join read_parquet([${files.map(literal).join(", ")}]) as s
       on s.source = g.source and s.stream = g.stream and s.key = g.key and s.version = g.version and s.sha256 = g.sha256
     group by g.source, g.stream, g.key, g.version, g.sha256`,
  );
}
