import type { Warehouse } from "./open.ts";

export interface FoundRecord {
  readonly entity: string;
  readonly id: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/** Relations whose key is not called after them. */
const KEYS = new Map([
  ["change_request_approval", "approval_id"],
  ["deployment_approval", "approval_id"],
  ["change_review", "review_id"],
  ["commit", "sha"],
]);

/** Records of the model by their ids, whatever they are of. */
export async function recordsById(warehouse: Warehouse, ids: readonly string[]): Promise<FoundRecord[]> {
  if (ids.length === 0) return [];
  const asked = (await keys(warehouse)).map(
    ({ entity, key }) =>
      `select '${entity}' as entity, "${key}" as id, to_json(t)::varchar as record from model."${entity}" as t where "${key}" in (select id from asked)`,
  );
  const rows = await warehouse.rows<{ entity: string; id: string; record: string }>(
    `with asked as (select unnest(from_json(?::json, '["VARCHAR"]')) as id) ${asked.join(" union all ")} order by id, entity, record`,
    [JSON.stringify(ids)],
  );
  return rows.map(({ record, ...row }) => ({ ...row, record: JSON.parse(record) as FoundRecord["record"] }));
}

async function keys(warehouse: Warehouse): Promise<{ entity: string; key: string }[]> {
  const columns = await warehouse.rows<{ entity: string; key: string }>(
    "select table_name as entity, column_name as key from duckdb_columns() where schema_name = 'model' order by entity, column_index",
  );
  // A wave has the id of a deployment of it, which says more.
  return columns.filter(({ entity, key }) => entity !== "wave" && key === (KEYS.get(entity) ?? `${entity}_id`));
}
