import type { Warehouse } from "../warehouse/open.ts";

export interface LakeTable {
  readonly table: string;
  readonly partitions: readonly string[];
  readonly columns: readonly string[];
}

/** Made anew with the model, from configuration and queries. */
const MADE = new Set(["configuration", "control_catalogue", "model_build", "query"]);

/** By the first of these that a table has, its rows are filed by year. */
const INSTANTS = ["occurred_at", "merged_at", "started_at", "live_at", "created_at"];

const YEAR = "year";

const LAYERS = ["staging", "model", "metrics", "correlation", "controls"];

/** What was collected, as it lies in the database, and what is made of it up to the results of controls. */
export async function lakeTables(warehouse: Warehouse): Promise<LakeTable[]> {
  const found = await warehouse.rows<{ layer: string; name: string; columns: string[] }>(
    `select schema_name as layer, table_name as name, list(column_name order by column_index) as columns
     from duckdb_columns() where database_name = current_database() and not internal
     and (schema_name, table_name) in (select (schema_name, table_name) from duckdb_tables())
     group by schema_name, table_name order by schema_name, table_name`,
  );
  return found
    .filter(({ layer, name }) => (layer === "raw" ? !MADE.has(name) : LAYERS.includes(layer)))
    .map(({ layer, name, columns }) => ({ table: `${layer}.${name}`, columns, partitions: partitionsOf(layer, name, columns) }));
}

function partitionsOf(layer: string, name: string, columns: readonly string[]): string[] {
  if (layer === "raw") return name === "record" ? ["source", "stream"] : [];
  return layer === "model" && !columns.includes(YEAR) && instantOf(columns) !== undefined ? [YEAR] : [];
}

const instantOf = (columns: readonly string[]) => INSTANTS.find((name) => columns.includes(name));

/** All rows as they are written, in the order in which they lie there. */
export function rowsOf({ table, columns, partitions }: LakeTable): string {
  const named = columns.map((column) => `"${column}"`);
  const year = partitions.includes(YEAR) ? [`extract(year from "${instantOf(columns) ?? ""}")::bigint as ${YEAR}`] : [];
  return `select ${[...named, ...year].join(", ")} from ${table} order by ${partitions.length > 0 ? `${partitions.join(", ")}, ` : ""}rowid`;
}
