import { Dialect, transpile } from "@polyglot-sql/sdk";
import type { Warehouse } from "../warehouse/open.ts";
import type { Engine, EngineName } from "./engine.ts";
import { neutralSql } from "./neutral.ts";
import { unworded, withWords } from "./words.ts";

export interface Translated {
  readonly sql: string;
  /** What the engine cannot express. */
  readonly constructs: readonly string[];
}

/** One SELECT of DuckDB as an engine says it. */
export async function translated(warehouse: Warehouse, engine: Engine, sql: string): Promise<Translated> {
  const neutral = await neutralSql(warehouse, sql, engine);
  const carried = carriedOver(engine, neutral.sql);
  const worded = withWords(engine.escapes ? hidden(carried.sql) : carried.sql, engine.words);
  // Those of so many arguments too: they stay marked.
  const missing = [...unworded(neutral.sql, engine.words), ...unworded(worded, {})];
  const lacking = neutral.ways.filter((way) => engine.lacks.includes(way));
  return {
    sql: engine.escapes ? shown(worded) : worded,
    constructs: [...carried.constructs, ...new Set(missing.map(construct)), ...lacking],
  };
}

/** A pattern or a replacement that not all engines read the same, or that comes with the data. */
const construct = (name: string): string => {
  if (name === "alone" || name === "beside") return "list unfolded into rows";
  return name.endsWith("_given") ? `${name.replace(/_given$/, "")}() with this pattern` : `${name}()`;
};

/** Words are looked for between texts, and an escaped quote ends none. */
const hidden = (sql: string): string =>
  sql.replaceAll(/\\\\|\\'/g, (escape) => (escape === "\\'" ? "\u0001" : "\u0002"));

const shown = (sql: string): string => sql.replaceAll("\u0001", "\\'").replaceAll("\u0002", "\\\\");

/** As the transpiler calls them. */
const DIALECTS: Readonly<Record<EngineName, Dialect>> = {
  ...{ spark: Dialect.Spark, trino: Dialect.Trino, snowflake: Dialect.Snowflake, bigquery: Dialect.BigQuery },
  postgres: Dialect.PostgreSQL,
};

/** The type, as the transpiler writes it: in a cast, a list or a column. */
const INSTANT = /\bTIMESTAMP(?=(?: WITH TIME ZONE)?[,)])/g;

/** A statement in DuckDB's spelling in that of the engine, functions aside. */
export function carriedOver(engine: Engine, sql: string): Translated {
  const result = transpile(sql, Dialect.DuckDB, DIALECTS[engine.name], {
    pretty: true,
    unsupportedLevel: "raise",
  });
  if (result.success && result.sql?.length === 1)
    return { sql: (result.sql[0] ?? "").replaceAll(INSTANT, engine.instant), constructs: [] };
  return { sql: "", constructs: [(result.error ?? "it is no single statement").replaceAll(/\s+/g, " ")] };
}
