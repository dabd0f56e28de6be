import { literal } from "../../warehouse/literal.ts";
import type { Warehouse } from "../../warehouse/open.ts";

/** What pages and tables are made from: whole layers, and what they read of others. */
const LAYERS = ["reports", "publish"];
const OTHERS = [
  ...["metrics.quick_check", "correlation.incident_record_quality", "model.judgement", "model.service", "model.support_ticket"],
  ...["controls.control_need", "controls.control_parameter", "controls.framework", "controls.path_wait"],
];

export interface Column {
  readonly column_name: string;
  readonly data_type: string;
}

/** Everything that the site could say. */
export interface Said {
  /** By relation. */
  readonly tables: ReadonlyMap<string, readonly Column[]>;
  readonly texts: readonly string[];
  /** As JSON. */
  readonly lists: readonly string[];
}

export const name = ({ column_name }: Column): string => `"${column_name.replaceAll('"', '""')}"`;

/** What a value is looked up by: itself, or a list as JSON. */
export const keyOf = (column: Column, prefix = ""): string =>
  column.data_type === "VARCHAR[]" ? `to_json(${prefix}${name(column)})::varchar` : `${prefix}${name(column)}`;

/** Reads every text that pages and tables may show, each once. */
export async function readSaid(warehouse: Warehouse): Promise<Said> {
  const columns = await warehouse.rows<Column & { readonly relation: string }>(
    `select table_schema || '.' || table_name as relation, column_name, data_type from information_schema.columns
     where table_catalog = current_database() and (table_schema in (${LAYERS.map(literal).join(", ")})
       or table_schema || '.' || table_name in (${OTHERS.map(literal).join(", ")}))
     order by relation, ordinal_position`,
  );
  const tables = Map.groupBy(columns, ({ relation }) => relation);
  return { tables, texts: await distinctOf(warehouse, tables, "VARCHAR"), lists: await distinctOf(warehouse, tables, "VARCHAR[]") };
}

async function distinctOf(warehouse: Warehouse, tables: ReadonlyMap<string, readonly Column[]>, type: string): Promise<string[]> {
  await warehouse.run("create or replace temp table said (text varchar)");
  for (const [relation, columns] of tables) {
    const keys = columns.filter(({ data_type }) => data_type === type).map((column) => keyOf(column));
    if (keys.length > 0) await warehouse.run(`insert into said select distinct unnest([${keys.join(", ")}]) from ${relation}`);
  }
  const rows = await warehouse.rows<{ text: string }>("select distinct text from said where text is not null order by text");
  await warehouse.run("drop table said");
  return rows.map(({ text }) => text);
}
