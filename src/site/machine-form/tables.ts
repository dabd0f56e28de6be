import { DataError } from "../../errors.ts";
import { placeOf, type QueryFile } from "../../warehouse/query-file.ts";
import type { Warehouse } from "../../warehouse/open.ts";
import type { ColumnType, PublishedTable } from "./published-table.ts";

/** All published tables by name, with what DuckDB says of their columns. */
export async function publishedTables(
  warehouse: Warehouse,
  files: readonly QueryFile[],
): Promise<PublishedTable[]> {
  const published = files.filter(({ layer }) => layer === "publish");
  for (const file of published) checkName(file);
  const sorted = published.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const tables: PublishedTable[] = [];
  for (const file of sorted) tables.push(await publishedTable(warehouse, file));
  return tables;
}

interface Described {
  readonly column_name: string;
  readonly column_type: string;
}

async function publishedTable(warehouse: Warehouse, file: QueryFile): Promise<PublishedTable> {
  const [counted] = await warehouse.rows<{ rows: number }>(`select count(*) as rows from ${file.relation}`);
  const columns = await warehouse.rows<Described>(`describe ${file.relation}`);
  const { part } = file.header;
  if (part !== undefined && !columns.some(({ column_name }) => column_name === part)) {
    throw new DataError(`${placeOf(file)}: part names ${part}, which is no column of it`);
  }
  return tableOf(file, columns, counted?.rows ?? 0);
}

/** Names whose files would take the place of others. */
function checkName(file: QueryFile): void {
  if (!/^(index|history|history_index)$/.test(file.name)) return;
  throw new DataError(`${placeOf(file)}: the site has files of that name already: choose another`);
}

export function tableOf(
  { relation, name, header }: QueryFile,
  columns: readonly Described[],
  rows: number,
): PublishedTable {
  return {
    name,
    relation,
    title: header.title,
    grain: header.grain ?? "",
    description: header.description?.trim() ?? "",
    columns: columns.map(({ column_name, column_type }) => ({
      name: column_name,
      type: typeOf(column_type),
      description: header.columns?.[column_name] ?? "",
    })),
    part: header.part ?? null,
    audience: header.audience ?? "audit",
    rows,
  };
}

function typeOf(sqlType: string): ColumnType {
  if (sqlType.endsWith("[]")) return "list of text";
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(sqlType)) return "integer";
  if (/^(DOUBLE|FLOAT|DECIMAL.*)$/.test(sqlType)) return "number";
  if (sqlType === "BOOLEAN") return "boolean";
  if (sqlType === "DATE") return "date";
  return sqlType === "TIMESTAMP WITH TIME ZONE" ? "timestamp" : "text";
}
