import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../src/package-root.ts";
import { tablesRead } from "../src/warehouse/dependencies.ts";
import { queryFiles } from "../src/warehouse/model.ts";
import type { Warehouse } from "../src/warehouse/open.ts";
import type { LooseQueryFile } from "../src/warehouse/query-file.ts";
import type { OwnQueries } from "./own-queries.ts";

/** A query whose result a pack prints, or that such a query reads. */
export interface PackQuery {
  readonly relation: string;
  readonly title: string;
  readonly description: string | null;
  readonly rule: string | null;
  readonly version: string | null;
  readonly isLocal: boolean;
  /** True for a query that is run when the pack is made, with the pack's range and scope as parameters. */
  readonly isOwn?: true;
  /** The file as it is, header and all. */
  readonly text: string;
  readonly sha256: string;
}

/** The queries that make `relations`, those of the pack itself, and all that either read, by name. */
export async function packQueries(
  warehouse: Warehouse,
  relations: readonly string[],
  localQueries?: string,
  own: readonly OwnQueries[] = [],
): Promise<PackQuery[]> {
  const files = new Map<string, LooseQueryFile>(
    queryFiles(localQueries).map((file) => [file.relation, file]),
  );
  const folders = new Map(
    own.flatMap(({ folder, files: of }) => of.map((file) => [file.relation, { folder, file }])),
  );
  const found = new Map<string, LooseQueryFile>();
  const waiting = [...relations, ...folders.keys()];
  for (let relation = waiting.pop(); relation !== undefined; relation = waiting.pop()) {
    const file = folders.get(relation)?.file ?? files.get(relation);
    if (!file || found.has(relation)) continue;
    found.set(relation, file);
    waiting.push(...(await tablesRead(warehouse, file)));
  }
  return [...found.values()]
    .sort((a, b) => (a.relation < b.relation ? -1 : 1))
    .map((file) => packQuery(file, folders.get(file.relation)?.folder, localQueries));
}

function packQuery(
  file: LooseQueryFile,
  ownFolder: string | undefined,
  localQueries: string | undefined,
): PackQuery {
  const { relation, header, isLocal, sha256 } = file;
  return {
    relation,
    title: header.title,
    description: header.description?.trim() ?? null,
    rule: header.rule?.trim() ?? null,
    version: header.version ?? null,
    isLocal,
    ...(ownFolder === undefined ? {} : { isOwn: true }),
    text: file.isMade
      ? file.sql
      : readFileSync(join(folderOf(file, ownFolder, localQueries), file.file), "utf8"),
    sha256,
  };
}

function folderOf(
  { isLocal }: LooseQueryFile,
  ownFolder: string | undefined,
  localQueries: string | undefined,
): string {
  if (ownFolder !== undefined) return ownFolder;
  return isLocal && localQueries !== undefined ? localQueries : join(packageRoot, "queries");
}
