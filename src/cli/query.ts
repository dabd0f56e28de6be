import { StatementType } from "@duckdb/node-api";
import { didYouMean } from "../config/suggest.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { readArguments } from "./command.ts";
import { query as command } from "./help/query.ts";
import { printRows } from "./output.ts";
import { openSession } from "./session.ts";

/** Prints a relation, or the result of one SELECT; reads the database and nothing else. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  const { warehouse } = await openSession(values, effects);
  try {
    const sql = await sqlOf(warehouse, positionals[0]);
    printRows(await warehouse.rows(sql), values, effects);
    return 0;
  } catch (error) {
    throw asUsageError(error);
  } finally {
    warehouse.close();
  }
}

const RELATIONS = `
  select schema_name || '.' || table_name as relation, estimated_size as rows
  from duckdb_tables() where schema_name <> 'main' and not temporary order by relation`;

async function sqlOf(warehouse: Warehouse, asked: string | undefined): Promise<string> {
  if (asked === undefined) return RELATIONS;
  if (/^[a-z][a-z0-9_.]*$/.test(asked.trim())) return `select * from ${await relationNamed(warehouse, asked.trim())}`;
  await requireSelect(warehouse, asked);
  return asked;
}

async function relationNamed(warehouse: Warehouse, name: string): Promise<string> {
  const tables = await warehouse.rows<{ relation: string }>(`
    select schema_name || '.' || table_name as relation from duckdb_tables()
    union select schema_name || '.' || view_name from duckdb_views() where not internal
    order by relation`);
  const names = tables.map(({ relation }) => relation);
  const found = names.filter((relation) => relation === name || relation.endsWith(`.${name}`));
  if (found[0] !== undefined && found.length === 1) return found[0];
  if (found.length > 1) throw new UsageError(`${name} is one of ${found.join(", ")}: name the one you mean`);
  throw new UsageError(`there is no relation ${name}${didYouMean(name, names) || "; `quarterdeck query` lists them"}`);
}

async function requireSelect(warehouse: Warehouse, sql: string): Promise<void> {
  const statements = await warehouse.connection.extractStatements(sql);
  if (statements.count !== 1) throw new UsageError(`query takes one SELECT, found ${statements.count} statements`);
  const prepared = await statements.prepare(0);
  if (prepared.statementType !== StatementType.SELECT && prepared.statementType !== StatementType.EXPLAIN) {
    throw new UsageError("query takes a SELECT: it changes nothing");
  }
}

// What DuckDB says about somebody's SQL is for that somebody; it is not a bug of ours.
function asUsageError(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  return /^(Parser|Binder|Catalog|Permission|Invalid Input|Conversion|Out of Range|Out of Memory) Error|^Invalid/.test(message)
    ? new UsageError(message.trim())
    : error;
}
