import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../src/package-root.ts";
import { tablesRead } from "../src/warehouse/dependencies.ts";
import { queryFiles } from "../src/warehouse/model.ts";
import type { Warehouse } from "../src/warehouse/open.ts";
import { readLooseQueryFiles, type LooseQueryFile } from "../src/warehouse/query-file.ts";
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
    [...own, judgement()].flatMap(({ folder, files: of }) =>
      of.map((file) => [file.relation, { folder, file }]),
    ),
  );
  const found = new Map<string, LooseQueryFile>();
  const waiting = [...relations, ...own.flatMap(({ files: of }) => of.map(({ relation }) => relation))];
  for (let relation = waiting.pop(); relation !== undefined; relation = waiting.pop()) {
    const file = folders.get(relation)?.file ?? files.get(relation);
    if (!file || found.has(relation)) continue;
    found.set(relation, file);
    // What makes statuses of a control's verdicts stands in a file of its own.
    if (file.header.control !== undefined) waiting.push(JUDGEMENT);
    waiting.push(...(await tablesRead(warehouse, file)));
  }
  return [...found.values()]
    .sort((a, b) => (a.relation < b.relation ? -1 : 1))
    .map((file) => packQuery(file, folders.get(file.relation)?.folder, localQueries));
}

const JUDGEMENT = "judgement";

function judgement(): OwnQueries {
  const folder = join(packageRoot, "src", "controls");
  return { folder, files: readLooseQueryFiles(folder).filter(({ relation }) => relation === JUDGEMENT) };
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
    ...(ownFolder === undefined || relation === JUDGEMENT ? {} : { isOwn: true }),
    // What is made of other files has none of its own.
    text: file.file.endsWith(".sql")
      ? readFileSync(join(folderOf(file, ownFolder, localQueries), file.file), "utf8")
      : `/*\ntitle: ${header.title}\ngrain: ${header.grain ?? ""}\n*/\n${file.sql}\n`,
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
