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
  const neutral = await neutralSql(warehouse, sql);
  const carried = carriedOver(engine, neutral.sql);
  const worded = withWords(carried.sql, engine.words);
  const lacking = neutral.ways.filter((way) => engine.lacks.includes(way));
  return {
    sql: worded,
    constructs: [
      ...carried.constructs,
      ...unworded(neutral.sql, engine.words).map((name) => `${name}()`),
      ...lacking,
    ],
  };
}

/** As the transpiler calls them. */
const DIALECTS: Readonly<Record<EngineName, Dialect>> = {
  ...{ spark: Dialect.Spark, trino: Dialect.Trino, snowflake: Dialect.Snowflake, bigquery: Dialect.BigQuery },
  postgres: Dialect.PostgreSQL,
};

/** A statement in DuckDB's spelling in that of the engine, functions aside. */
export function carriedOver(engine: Engine, sql: string): Translated {
  const result = transpile(sql, Dialect.DuckDB, DIALECTS[engine.name], {
    pretty: true,
    unsupportedLevel: "raise",
  });
  if (result.success && result.sql?.length === 1) return { sql: result.sql[0] ?? "", constructs: [] };
  return { sql: "", constructs: [(result.error ?? "it is no single statement").replaceAll(/\s+/g, " ")] };
}
