import { DataError } from "../errors.ts";
import type { Warehouse } from "./open.ts";
import { placeOf, type LooseQueryFile, type QueryFile } from "./query-file.ts";
import { readAhead, readSelect, SelectProblem } from "./select.ts";

export interface OrderedQueries {
  readonly files: readonly QueryFile[];
  /** Relation -> relations that it reads. */
  readonly reads: ReadonlyMap<string, readonly string[]>;
}

/** Relations that exist before the first query runs. */
const GIVEN = new Set(["raw"]);

/**
 * Puts queries in the order in which they can run, from the tables that each reads. Among those that may
 * run at the same moment the order is by name, so that two builds are alike.
 * @throws {DataError} for SQL that cannot be read, a table that nothing makes, or a cycle, by name
 */
export async function inOrder(warehouse: Warehouse, files: readonly QueryFile[]): Promise<OrderedQueries> {
  const known = new Map(files.map((file) => [file.relation, file]));
  const reads = new Map<string, readonly string[]>();
  await readAhead(warehouse, files.map(textOf));
  for (const file of files) {
    const tables = await tablesRead(warehouse, file);
    const unknown = tables.filter((table) => !known.has(table) && !GIVEN.has(table.split(".")[0] ?? ""));
    if (unknown.length > 0) {
      throw new DataError(
        `${placeOf(file)}: reads ${unknown.join(", ")}, which no query makes (tables are written as layer.name)`,
      );
    }
    reads.set(file.relation, tables.filter((table) => known.has(table)));
  }
  return { files: topological(files, reads), reads };
}

/** The relation and everything that is made from it, directly or not. */
export function affectedBy(relation: string, { files, reads }: OrderedQueries): string[] {
  const affected = new Set([relation]);
  for (const file of files) {
    if ((reads.get(file.relation) ?? []).some((table) => affected.has(table))) affected.add(file.relation);
  }
  return [...affected].sort();
}

/** These relations and everything that they are made from, directly or not. */
export function neededFor(relations: readonly string[], { reads }: OrderedQueries): ReadonlySet<string> {
  const needed = new Set(relations);
  for (const relation of needed) for (const table of reads.get(relation) ?? []) needed.add(table);
  return needed;
}

function topological(files: readonly QueryFile[], reads: ReadonlyMap<string, readonly string[]>): QueryFile[] {
  const ordered: QueryFile[] = [];
  const done = new Set<string>();
  let waiting = [...files].sort((a, b) => (a.relation < b.relation ? -1 : 1));
  while (waiting.length > 0) {
    const ready = waiting.filter(({ relation }) => (reads.get(relation) ?? []).every((table) => done.has(table)));
    if (ready.length === 0) throw new DataError(`queries read each other in a circle: ${circle(waiting, reads)}`);
    for (const file of ready) {
      ordered.push(file);
      done.add(file.relation);
    }
    waiting = waiting.filter(({ relation }) => !done.has(relation));
  }
  return ordered;
}

/** Names one circle among queries that wait for each other. */
function circle(waiting: readonly QueryFile[], reads: ReadonlyMap<string, readonly string[]>): string {
  const names = new Set(waiting.map(({ relation }) => relation));
  const path: string[] = [];
  let next = waiting[0]?.relation;
  while (next !== undefined && !path.includes(next)) {
    path.push(next);
    next = (reads.get(next) ?? []).find((table) => names.has(table));
  }
  return next === undefined ? path.join(" -> ") : [...path.slice(path.indexOf(next)), next].join(" -> ");
}

/** Qualified names of the tables that a query file reads. */
export async function tablesRead(warehouse: Warehouse, query: LooseQueryFile): Promise<readonly string[]> {
  const { tables, restless } = await readSelect(warehouse, textOf(query)).catch((error: unknown) => {
    throw error instanceof SelectProblem ? new DataError(`${placeOf(query, lineAt(query, error))}: ${error.message}`) : error;
  });
  if (restless.length === 0) return tables;
  throw new DataError(
    `${placeOf(query)}: asks ${restless.join(", ")}, whose answer changes from run to run; time is getvariable('as_of')`,
  );
}

const textOf = ({ runs, sql }: LooseQueryFile): string => runs ?? sql;

const lineAt = ({ sql }: LooseQueryFile, { position }: SelectProblem) =>
  position === undefined ? undefined : Array.from(sql).slice(0, position).filter((character) => character === "\n").length + 1;
