import { DataError } from "../errors.ts";
import type { Warehouse } from "./open.ts";
import type { QueryFile } from "./query-file.ts";

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
  for (const file of files) {
    const tables = await tablesRead(warehouse, file);
    const unknown = tables.filter((table) => !known.has(table) && !GIVEN.has(table.split(".")[0] ?? ""));
    if (unknown.length > 0) {
      throw new DataError(
        `${file.file}: reads ${unknown.join(", ")}, which no query makes (tables are written as layer.name)`,
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

type SyntaxNode = Record<string, unknown>;

/** Qualified names of the tables that a SELECT reads; common table expressions are not among them. */
export async function tablesRead(warehouse: Warehouse, { file, sql }: Pick<QueryFile, "file" | "sql">): Promise<string[]> {
  const [row] = await warehouse.rows<{ tree: string }>("select json_serialize_sql(?::varchar) as tree", [sql]);
  const tree = JSON.parse(row?.tree ?? "{}") as SyntaxNode;
  if (tree["error"] === true) throw new DataError(`${file}: ${String(tree["error_message"])}`);
  const tables = new Set<string>();
  const expressions = new Set<string>();
  visit(tree, (node) => {
    if (node["type"] === "BASE_TABLE") {
      const schema = String(node["schema_name"] ?? "");
      tables.add(schema === "" ? String(node["table_name"]) : `${schema}.${String(node["table_name"])}`);
    }
    const map = (node["cte_map"] as { map?: { key: string }[] } | undefined)?.map;
    for (const { key } of map ?? []) expressions.add(key);
    if (node["type"] === "RECURSIVE_CTE_NODE") expressions.add(String(node["cte_name"]));
  });
  return [...tables].filter((table) => !expressions.has(table) && !table.startsWith("recurring.")).sort();
}

function visit(value: unknown, see: (node: SyntaxNode) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see);
  } else if (typeof value === "object" && value !== null) {
    see(value as SyntaxNode);
    for (const child of Object.values(value)) visit(child, see);
  }
}
