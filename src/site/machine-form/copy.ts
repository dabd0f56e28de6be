import { FORMULA } from "../../../reports/csv.ts";
import { literal } from "../../warehouse/literal.ts";
import type { ColumnType, PublishedColumn, PublishedTable } from "./published-table.ts";

export type Format = "csv" | "json" | "parquet";

/** A list of the parts that a file holds, as `getvariable` gives it. */
export const PARTS = "parts";

/** What is written of a column: the same value in every format, numbers rounded like those of pages. */
const VALUES: Readonly<Record<ColumnType, (column: string) => string>> = {
  text: (column) => `${column}::varchar`,
  integer: (column) => `${column}::bigint`,
  number: (column) =>
    `case when isfinite(${column}::double) then printf('%.11e', ${column}::double)::double end`,
  boolean: (column) => column,
  timestamp: (column) => `case when isfinite(${column}) then ${column} end`,
  date: (column) => `case when isfinite(${column}) then ${column} end`,
  "list of text": (column) => `${column}::varchar[]`,
};

const isoInstant = (column: string) => `replace(replace(${column}::varchar, ' ', 'T'), '+00', 'Z')`;

/** A double of JavaScript holds no larger whole number exactly; such a one is written as text. */
const EXACT = Number.MAX_SAFE_INTEGER;

const JSON_VALUES: Readonly<Partial<Record<ColumnType, (column: string) => string>>> = {
  timestamp: isoInstant,
  integer: (column) =>
    `case when ${column} between -${EXACT} and ${EXACT} then to_json(${column}) else to_json(${column}::varchar) end`,
};

const noFormula = (text: string) =>
  `case when regexp_matches(${text}, ${literal(FORMULA.source)}) then '''' || ${text} else ${text} end`;

const CSV_VALUES: Readonly<Partial<Record<ColumnType, (column: string) => string>>> = {
  timestamp: isoInstant,
  text: noFormula,
  "list of text": (column) => noFormula(`array_to_string(${column}, '; ')`),
};

/** Excel takes UTF-8 without this mark for the code page of its own country; DuckDB, pandas and R leave it out. */
const BYTE_ORDER_MARK = "\ufeff";

/** The statement that writes a table, or its rows of the parts in `getvariable('parts')`, to a file. */
export function copyStatement(table: PublishedTable, format: Format, file: string, head: JsonHead): string {
  const options = { csv: csvOptions, json: jsonOptions, parquet: parquetOptions }[format](table, head);
  return `copy (${SELECTIONS[format](table, valuesOf(table, head))}) to ${literal(file)} (${options.join(", ")})`;
}

/** Said at the head of each JSON file. */
export interface JsonHead {
  readonly version: string;
  readonly as_of: string;
  /** The parts that are in the file; null where it is whole. */
  readonly parts: readonly string[] | null;
  readonly rows: number;
}

const SELECTIONS: Readonly<Record<Format, (table: PublishedTable, values: string) => string>> = {
  parquet: (_, values) => values,
  csv: ({ columns }, values) =>
    `select ${columns.map((column) => formed(column, CSV_VALUES)).join(", ")} from (${values})`,
  json: ({ columns }, values) =>
    `select json_array(${columns.map((column) => formed(column, JSON_VALUES)).join(", ")}) from (${values})`,
};

/** Rows in the order of their table: DuckDB keeps it, and with one thread needs no memory for that. */
function valuesOf({ relation, columns, part }: PublishedTable, { parts }: JsonHead): string {
  const values = columns.map((column) => `${VALUES[column.type](name(column))} as ${name(column)}`);
  const chosen =
    part === null || parts === null ? "" : ` where list_contains(getvariable('${PARTS}'), ${quoted(part)})`;
  return `select ${values.join(", ")} from ${relation}${chosen}`;
}

const formed = (column: PublishedColumn, forms: typeof CSV_VALUES) =>
  forms[column.type]?.(name(column)) ?? name(column);

/** DuckDB puts line ends between rows: the one after the header is there where rows follow, the last one always. */
function csvOptions({ columns }: PublishedTable, { rows }: JsonHead): string[] {
  const header = BYTE_ORDER_MARK + columns.map((column) => column.name).join(",");
  return [
    "format csv",
    "header false",
    `prefix ${literal(rows > 0 ? `${header}\n` : header)}`,
    `suffix ${literal("\n")}`,
  ];
}

/** One row a line: DuckDB writes JSON by its CSV writer without quotes, and so do we, for a head of our own. */
function jsonOptions({ name: table, title, columns }: PublishedTable, { rows, ...head }: JsonHead): string[] {
  const about = JSON.stringify({
    table,
    title,
    ...head,
    columns: columns.map(({ name, type }) => ({ name, type })),
  });
  return [
    ...["format csv", "header false", "quote ''", "escape ''", `delimiter ${literal("\n")}`],
    `prefix ${literal(`${about.slice(0, -1)},"rows":[\n`)}`,
    `new_line ${literal(",\n")}`,
    `suffix ${literal(rows > 0 ? "\n]}\n" : "]}\n")}`,
  ];
}

const parquetOptions = () => ["format parquet", "compression zstd"];

const name = (column: PublishedColumn) => quoted(column.name);

const quoted = (identifier: string) => `"${identifier.replaceAll('"', '""')}"`;
