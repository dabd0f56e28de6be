import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../src/package-root.ts";
import { tablesRead } from "../src/warehouse/dependencies.ts";
import { queryFiles } from "../src/warehouse/model.ts";
import type { Warehouse } from "../src/warehouse/open.ts";
import type { QueryFile } from "../src/warehouse/query-file.ts";

/** A query whose result a pack prints, or that such a query reads. */
export interface PackQuery {
  readonly relation: string;
  readonly title: string;
  readonly description: string | null;
  readonly rule: string | null;
  readonly version: string | null;
  readonly isLocal: boolean;
  /** The file as it is, header and all. */
  readonly text: string;
  readonly sha256: string;
}

/** The queries that make `relations`, and all that those read, by name. */
export async function packQueries(
  warehouse: Warehouse,
  relations: readonly string[],
  localQueries?: string,
): Promise<PackQuery[]> {
  const files = new Map(queryFiles(localQueries).map((file) => [file.relation, file]));
  const found = new Map<string, QueryFile>();
  const waiting = [...relations];
  for (let relation = waiting.pop(); relation !== undefined; relation = waiting.pop()) {
    const file = files.get(relation);
    if (!file || found.has(relation)) continue;
    found.set(relation, file);
    waiting.push(...(await tablesRead(warehouse, file)));
  }
  return [...found.values()]
    .sort((a, b) => (a.relation < b.relation ? -1 : 1))
    .map((file) => packQuery(file, localQueries));
}

function packQuery(query: QueryFile, localQueries: string | undefined): PackQuery {
  const { relation, header, isLocal, sha256 } = query;
  return {
    relation,
    title: header.title,
    description: header.description?.trim() ?? null,
    rule: header.rule?.trim() ?? null,
    version: header.version ?? null,
    isLocal,
    text: textOf(query, localQueries),
    sha256,
  };
}

/** What is made of other files has none of its own. */
function textOf({ file, header, isLocal, sql }: QueryFile, localQueries: string | undefined): string {
  if (!file.endsWith(".sql")) return `/*\ntitle: ${header.title}\ngrain: ${header.grain ?? ""}\n*/\n${sql}\n`;
  return readFileSync(
    join(isLocal && localQueries !== undefined ? localQueries : join(packageRoot, "queries"), file),
    "utf8",
  );
}
