import { Dialect, transpile } from "@polyglot-sql/sdk";
import type { Warehouse } from "../warehouse/open.ts";
import type { Engine } from "./engine.ts";
import { neutralSql } from "./neutral.ts";
import { unworded, withoutTexts, withWords } from "./words.ts";

export interface Translated {
  readonly sql: string;
  /** What the engine cannot express. */
  readonly constructs: readonly string[];
}

/** One SELECT of DuckDB as an engine says it. */
export async function translated(warehouse: Warehouse, engine: Engine, sql: string): Promise<Translated> {
  const neutral = await neutralSql(warehouse, sql);
  const carried = carriedOver(engine, neutral);
  const worded = withWords(carried.sql, engine.words);
  return { sql: worded, constructs: [...carried.constructs, ...unworded(worded).map((name) => `${name}()`), ...lacking(engine, worded)] };
}

/** A statement in DuckDB's spelling in that of the engine, functions aside. */
export function carriedOver(engine: Engine, sql: string): Translated {
  const result = transpile(sql, Dialect.DuckDB, engine.dialect as Dialect, { pretty: true, unsupportedLevel: "raise" as never });
  if (result.success && result.sql?.length === 1) return { sql: result.sql[0] ?? "", constructs: [] };
  return { sql: "", constructs: [(result.error ?? "it is no single statement").replaceAll(/\s+/g, " ")] };
}

/** What the transpiler leaves as it was although the engine has no such thing. */
function lacking({ lacks }: Engine, sql: string): string[] {
  const words = withoutTexts(sql);
  return Object.entries(lacks).flatMap(([pattern, construct]) => (new RegExp(pattern, "i").test(words) ? [construct] : []));
}
