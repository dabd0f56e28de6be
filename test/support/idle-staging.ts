import type { Warehouse } from "../../src/warehouse/open.ts";

/** Statement that makes an empty table from a query -> one that makes it from its columns. */
const fromColumns = new Map<string, string>();

const STAGING = /^create table (staging\.(events|evidence|files|git|github|gitlab|jira|pagerduty|servicenow)_\w+) as /;
const OF_STREAM = /\bstream = '(\w+)'/;

/**
 * For a history that has only files. What stages records that a small history has none of is half of the work of its model, and makes
 * empty tables: each is made from its query once, and from its columns after that.
 */
export function withIdleStaging(warehouse: Warehouse): Warehouse {
  let stored = new Set<string>();
  const isIdle = (sql: string, collector: string | undefined) => {
    if (collector !== "files") return collector !== undefined;
    const stream = OF_STREAM.exec(sql)?.[1];
    return stream !== undefined && !stored.has(stream);
  };
  return {
    ...warehouse,
    run: async (sql, parameters) => {
      if (sql.startsWith("drop schema if exists staging")) {
        const streams = await warehouse.rows<{ stream: string }>("select distinct stream from raw.kept");
        stored = new Set(streams.map(({ stream }) => stream));
      }
      const [, relation = "", collector] = STAGING.exec(sql) ?? [];
      if (!isIdle(sql, collector)) return warehouse.run(sql, parameters);
      await warehouse.run(fromColumns.get(sql) ?? sql, parameters);
      if (fromColumns.has(sql)) return;
      const [table] = await warehouse.rows<{ sql: string; estimated_size: bigint }>(
        "select sql, estimated_size from duckdb_tables() where schema_name || '.' || table_name = ?",
        [relation],
      );
      if (Number(table?.estimated_size) > 0) throw new Error(`${relation} has rows, though nothing was stored for it`);
      fromColumns.set(sql, table?.sql ?? sql);
    },
  };
}
