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

/** What stands around the lines of a file. */
export interface Frame {
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

/** The line end after the header is there where rows follow, the last one always. */
export function csvFrame({ columns }: PublishedTable, { rows }: JsonHead): Frame {
  const header = BYTE_ORDER_MARK + columns.map((column) => column.name).join(",");
  return { before: rows > 0 ? `${header}\n` : header, between: "\n", after: "\n" };
}

export function jsonFrame({ name: table, title, columns }: PublishedTable, { rows, ...head }: JsonHead): Frame {
  const about = JSON.stringify({
    table,
    title,
    ...head,
    columns: columns.map(({ name, type }) => ({ name, type })),
  });
  return { before: `${about.slice(0, -1)},"rows":[\n`, between: ",\n", after: rows > 0 ? "\n]}\n" : "]}\n" };
}

/** DuckDB puts line ends between rows. */
function csvOptions(table: PublishedTable, head: JsonHead): string[] {
  const { before, after } = csvFrame(table, head);
  return ["format csv", "header false", `prefix ${literal(before)}`, `suffix ${literal(after)}`];
}

/** One row a line: DuckDB writes JSON by its CSV writer without quotes, and so do we, for a head of our own. */
function jsonOptions(table: PublishedTable, head: JsonHead): string[] {
  const { before, between, after } = jsonFrame(table, head);
  return [
    ...["format csv", "header false", "quote ''", "escape ''", `delimiter ${literal("\n")}`],
    ...[`prefix ${literal(before)}`, `new_line ${literal(between)}`, `suffix ${literal(after)}`],
  ];
}

/**
 * Reads a table with parts as part, line of CSV and line of JSON, part by part, in the order of the table: what `copyStatement` would write to
 * a file of each.
 */
export function linesStatement({ relation, columns, part }: PublishedTable): string {
  const values = columns.map((column) => `${VALUES[column.type](name(column))} as ${name(column)}`);
  const texts = columns.map((column, at) => `(${formed(column, CSV_VALUES)})::varchar as "the text ${at}"`);
  const cells = columns.map((_, at) => csvCell(`"the text ${at}"`));
  const json = columns.map((column) => formed(column, JSON_VALUES));
  return `select "the part", ${cells.join(" || ',' || ")}, "the json" from (
    select "the part", "the place", ${texts.join(", ")}, json_array(${json.join(", ")})::varchar as "the json" from (
      select ${quoted(part ?? "")}::varchar as "the part", row_number() over () as "the place", ${values.join(", ")} from ${relation}))
    where "the part" is not null order by "the part", "the place"`;
}

/** As the CSV writer of DuckDB has it: nothing where there is no value, and quotes around what could be misread. */
const csvCell = (text: string) => `case when ${text} is null then '' when ${text} = '' or regexp_matches(${text}, '[\\n\\r",#]')
  then '"' || replace(${text}, '"', '""') || '"' else ${text} end`;

const parquetOptions = () => ["format parquet", "compression zstd"];

const name = (column: PublishedColumn) => quoted(column.name);

const quoted = (identifier: string) => `"${identifier.replaceAll('"', '""')}"`;
