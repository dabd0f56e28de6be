import { makeOwnTables, ownQueries } from "../reports/own-queries.ts";
import { setDossiers } from "../reports/dossier/parameters.ts";
import { setPeriod } from "../reports/period/parameters.ts";
import { setSample } from "../reports/sampling/parameters.ts";
import type { Warehouse } from "../src/warehouse/open.ts";
import { fromEmptyModel } from "./empty-model.ts";

const HEAD = `// Made by \`npm run generate\` from what DuckDB says of every query. Do not edit.

/** Rows of every relation as \`Warehouse.rows\` gives them. SQL knows no column that is never null. */
export interface Relations {
`;

const TAIL = `}

export type Relation = keyof Relations;

/** A row of a relation of which only the named columns may be null. */
export type Row<Name extends Relation, Nullable extends keyof Relations[Name] = never> = {
  readonly [Column in keyof Relations[Name]]: Column extends Nullable
    ? Relations[Name][Column]
    : NonNullable<Relations[Name][Column]>;
};
`;

interface Column {
  readonly relation: string;
  readonly column_name: string;
  readonly data_type: string;
}

/** Row types of every query, from a database with no data. */
export const rowTypes = (): Promise<string> => fromEmptyModel(typesIn);

async function typesIn(warehouse: Warehouse): Promise<string> {
  await setPeriod(warehouse, { from: "2026-01-01", until: "2026-02-01", services: [] });
  await setSample(warehouse, { size: 0, seed: "", ids: [] });
  await setDossiers(warehouse, []);
  await makeOwnTables(warehouse, [ownQueries("period"), ownQueries("sampling"), ownQueries("dossier")]);
  const columns = await warehouse.rows<Column>(
    `select case when database_name = 'temp' then '' else schema_name || '.' end || table_name as relation, column_name, data_type
     from duckdb_columns()
     where (schema_name not in ('main', 'information_schema', 'pg_catalog') or database_name = 'temp') and not internal
     order by relation, column_index`,
  );
  const relations = Map.groupBy(columns, ({ relation }) => relation);
  return HEAD + [...relations].map(([relation, of]) => interfaceOf(relation, of)).join("") + TAIL;
}

const interfaceOf = (relation: string, columns: readonly Column[]) =>
  `  "${relation}": {\n${columns.map(({ column_name, data_type }) => `    ${column_name}: ${typeIn(relation, data_type)};\n`).join("")}  };\n`;

/** Pages read what is made for them; other queries may give anything to each other. */
const typeIn = (relation: string, sqlType: string) =>
  /^(MAP|STRUCT)\(/.test(sqlType) && !/^(reports|publish)\./.test(relation)
    ? "unknown"
    : `${typeOf(sqlType)} | null`;

function typeOf(sqlType: string): string {
  if (sqlType.endsWith("[]")) return `${typeOf(sqlType.slice(0, -2))}[]`;
  if (/^(BIGINT|INTEGER|DOUBLE|FLOAT|HUGEINT|SMALLINT|TINYINT|UBIGINT|UINTEGER)$/.test(sqlType))
    return "number";
  if (sqlType === "BOOLEAN") return "boolean";
  if (/^(VARCHAR|DATE|TIMESTAMP WITH TIME ZONE|JSON)$/.test(sqlType)) return "string";
  throw new Error(`a query gives ${sqlType}, which pages cannot carry: cast it`);
}
