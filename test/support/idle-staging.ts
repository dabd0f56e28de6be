import type { Warehouse } from "../../src/warehouse/open.ts";

/** Statement that makes an empty table from a query -> one that makes it from its columns. */
const fromColumns = new Map<string, string>();

const STAGING = /^create table (staging\.(?:events|evidence|git|github|gitlab|jira|pagerduty|servicenow)_\w+) as /;

/**
 * For a history that has only files. What stages the records of other collectors is half of the work of a small model, and makes
 * empty tables: each is made from its query once, and from its columns after that.
 */
export function withIdleStaging(warehouse: Warehouse): Warehouse {
  return {
    ...warehouse,
    run: async (sql, parameters) => {
      const relation = STAGING.exec(sql)?.[1];
      await warehouse.run(fromColumns.get(sql) ?? sql, parameters);
      if (relation === undefined || fromColumns.has(sql)) return;
      const [table] = await warehouse.rows<{ sql: string; estimated_size: bigint }>(
        "select sql, estimated_size from duckdb_tables() where schema_name || '.' || table_name = ?",
        [relation],
      );
      if (Number(table?.estimated_size) > 0) throw new Error(`${relation} has rows, though the history has only files`);
      fromColumns.set(sql, table?.sql ?? sql);
    },
  };
}
