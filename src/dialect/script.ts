import type { OrderedQueries } from "../warehouse/dependencies.ts";
import { literal } from "../warehouse/literal.ts";
import type { Warehouse } from "../warehouse/open.ts";
import type { Layer, QueryFile } from "../warehouse/query-file.ts";
import type { Engine } from "./engine.ts";
import { carriedOver, translated, type Translated } from "./translate.ts";

/** Layers that a script makes. What lies below is its input. */
const WRITTEN = new Set<Layer>(["model", "metrics", "correlation", "controls"]);

/** Walk the commit graph in ways that DuckDB alone has (ARCHITECTURE.md). */
const DUCKDB_ONLY = new Set(["model.mainline_commit", "model.merged_commit"]);

/** Made for DuckDB's form of the judgement, which has another for the rest (judgement.sql beside this file). */
const LEFT_OUT = new Set(["controls.service_coverage"]);

export interface Problem {
  readonly file: string;
  /** What the engine cannot express. */
  readonly construct: string;
}

export interface Script {
  readonly sql: string;
  /** Relations that are to be filled before the tables are made. */
  readonly inputs: readonly string[];
  /** Relations that it makes, in their order. */
  readonly made: readonly string[];
  readonly problems: readonly Problem[];
}

/** The variables that queries ask for, as they are set in the warehouse. */
type Settings = Readonly<Record<string, unknown>>;

interface Asked {
  readonly warehouse: Warehouse;
  readonly ordered: OrderedQueries;
  readonly settings: Settings;
  /** Take what the engine cannot express for inputs. */
  readonly isPart?: boolean;
}

/** Everything between staging and pages as one script of an engine, in the order in which it can run. */
export async function scriptFor(engine: Engine, asked: Asked): Promise<Script> {
  const { warehouse, ordered, settings } = asked;
  const tables: Table[] = [];
  for (const file of ordered.files.filter(isWritten))
    tables.push({ file, ...(await translated(warehouse, engine, file.runs ?? file.sql)) });
  const written = asked.isPart === true ? tables.filter(({ constructs }) => constructs.length === 0) : tables;
  const inputs = inputsOf(written, ordered);
  const ddl: string[] = [];
  for (const relation of inputs) ddl.push(await inputTable(engine, warehouse, relation));
  const parts = [
    `-- Quarterdeck's model, metrics, correlation and controls, for ${engine.title}.`,
    ["quarterdeck", "raw", "staging", ...WRITTEN]
      .map((schema) => `create schema if not exists ${schema};`)
      .join("\n"),
    written
      .toReversed()
      .map(({ file }) => `drop ${kindOf(file)} if exists ${file.relation};`)
      .join("\n"),
    engine.before,
    "-- Inputs: fill these, then run the script again.",
    ...ddl,
    "-- Settings: as-of and what the configuration says, in one row.",
    await settingTable(engine, warehouse, settings),
    "-- Tables.",
    ...written.map((table) => statement(engine, table)),
  ];
  return {
    sql: `${parts.filter((part) => part !== "").join("\n\n")}\n`,
    inputs,
    made: written.map(({ file }) => file.relation),
    problems: tables.flatMap(({ file, constructs }) =>
      constructs.map((construct) => ({ file: file.file, construct })),
    ),
  };
}

interface Table extends Translated {
  readonly file: QueryFile;
}

/** What reads raw records stands as near to them as staging does: it is filled like staging. */
const isWritten = (file: QueryFile): boolean =>
  WRITTEN.has(file.layer) &&
  !DUCKDB_ONLY.has(file.relation) &&
  !LEFT_OUT.has(file.relation) &&
  rawOf(file).every((table) => table === RULES);

/** Which queries the user replaced: a list of few rows, that may as well be filled. */
const RULES = "raw.local_rule";

const rawOf = ({ sql }: QueryFile): string[] => sql.match(/\braw\.[a-z_]+/g) ?? [];

function inputsOf(written: readonly Table[], { reads }: OrderedQueries): string[] {
  const made = new Set(written.map(({ file }) => file.relation));
  const read = written.flatMap(({ file }) => [...(reads.get(file.relation) ?? []), ...rawOf(file)]);
  return [...new Set(read)].filter((relation) => !made.has(relation)).sort();
}

const kindOf = ({ header }: QueryFile) => (header.view ? "view" : "table");

const statement = (engine: Engine, { file, sql }: Table): string =>
  [
    `-- ${file.file}: ${file.header.title}`,
    `create ${kindOf(file)} ${file.relation} as`,
    `${sql};`,
    ...afterwards(engine, file),
  ].join("\n");

const afterwards = ({ after }: Engine, { relation, header }: QueryFile) =>
  after === "" || header.view ? [] : [after.replace("$1", relation)];

async function inputTable(engine: Engine, warehouse: Warehouse, relation: string): Promise<string> {
  const columns = await warehouse.rows<{ column_name: string; column_type: string }>(`describe ${relation}`);
  const list = columns
    .map(({ column_name, column_type }) => `"${column_name}" ${column_type.replace("VARCHAR", "TEXT")}`)
    .join(", ");
  return `${carriedOver(engine, `create table if not exists ${relation} (${list})`).sql};`;
}

async function settingTable(engine: Engine, warehouse: Warehouse, settings: Settings): Promise<string> {
  const columns: string[] = [];
  for (const [name, value] of Object.entries(settings).toSorted(byName))
    columns.push(`${await valueOf(warehouse, name, value)} as ${name}`);
  const { sql } = await translated(warehouse, engine, `select ${columns.join(", ")}`);
  return `drop table if exists quarterdeck.setting;\ncreate table quarterdeck.setting as\n${sql};`;
}

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]) =>
  one < other ? -1 : 1;

/** As the variable of that name has it, which tells its type. */
async function valueOf(warehouse: Warehouse, variable: string, value: unknown): Promise<string> {
  if (Array.isArray(value))
    return `cast([${value.map((one) => literal(String(one))).join(", ")}] as varchar[])`;
  const [row] = await warehouse.rows<{ type: string; text: string | null }>(
    "select typeof(getvariable(?)) as type, getvariable(?)::varchar as text",
    [variable, variable],
  );
  return row?.text == null ? "cast(null as varchar)" : `cast(${literal(row.text)} as ${row.type})`;
}
