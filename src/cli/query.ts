import { didYouMean } from "../config/suggest.ts";
import type { Effects } from "../effects.ts";
import { KnownError, UsageError } from "../errors.ts";
import type { Table, Warehouse } from "../warehouse/open.ts";
import { readSelect, SelectProblem } from "../warehouse/select.ts";
import { readArguments } from "./command.ts";
import { query as command } from "./help/query.ts";
import { checkFormat, printRows } from "./output.ts";
import { openSession } from "./session.ts";

/** Prints a relation, or the result of one SELECT; reads the database and nothing else. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  checkFormat(values);
  const { warehouse } = await openSession(values, effects);
  try {
    const { columns, rows } = await answer(warehouse, positionals[0]?.trim());
    printRows(rows, values, effects, columns);
    return 0;
  } finally {
    warehouse.close();
  }
}

const RELATIONS = `
  select schema_name || '.' || table_name as relation, estimated_size as rows
  from duckdb_tables() where schema_name <> 'main' and not temporary
  union all
  select schema_name || '.' || view_name, null from duckdb_views() where not internal
  order by relation`;

async function answer(warehouse: Warehouse, asked: string | undefined): Promise<Table> {
  if (asked === undefined) return warehouse.table(RELATIONS);
  if (/^[a-z][a-z0-9_.]*$/.test(asked)) return warehouse.table(`select * from ${await relationNamed(warehouse, asked)}`);
  try {
    // What a plan would read is checked like what is read.
    await readSelect(warehouse, asked.replace(/^explain\s+(analyze\s+)?/i, ""));
    return await warehouse.table(asked);
  } catch (error) {
    throw asUsageError(error);
  }
}

async function relationNamed(warehouse: Warehouse, name: string): Promise<string> {
  const relations = await warehouse.rows<{ relation: string }>(RELATIONS);
  const names = relations.map(({ relation }) => relation);
  const found = names.filter((relation) => relation === name || relation.endsWith(`.${name}`));
  if (found[0] !== undefined && found.length === 1) return found[0];
  if (found.length > 1) throw new UsageError(`${name} is one of ${found.join(", ")}: name the one you mean`);
  const bare = names.map((relation) => relation.slice(relation.indexOf(".") + 1));
  const hint = didYouMean(name, name.includes(".") ? names : bare) || "; `quarterdeck query` lists them";
  throw new UsageError(`there is no relation ${name}${hint}`);
}

/** What DuckDB says about somebody's SQL is for that somebody; it is not a bug of ours. */
function asUsageError(error: unknown): unknown {
  if (error instanceof SelectProblem) return new UsageError(`query: ${error.message}`);
  const message = error instanceof Error ? error.message : String(error);
  const isOfSql = !(error instanceof KnownError) && /^(?!INTERNAL|FATAL)[A-Z][\w ]* Error: /.test(message);
  return isOfSql ? new UsageError(message.trim()) : error;
}
