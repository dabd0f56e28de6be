import { join } from "node:path";
import type { Warehouse } from "../../src/warehouse/open.ts";
import type { Attachment } from "../layout/nodes.ts";
import { renderPdf } from "../layout/render.ts";
import { toCsv } from "../csv.ts";
import { manifestEntry, writePackFolder, type PackFile } from "../pack-folder.ts";
import { packQueries, type PackQuery } from "../pack-queries.ts";
import { safeName } from "../safe-name.ts";
import type { ReleaseKey, ReleasePackData } from "./data.ts";
import { releaseDocument } from "./document.ts";
import { readReleaseData, releaseRelations } from "./read.ts";

export interface PackContext {
  /** The user's own queries folder, where there is one. */
  readonly localQueries?: string;
  /** What `releasePackQueries` returned, so that many packs need to ask only once. */
  readonly queries?: readonly PackQuery[];
}

export interface BuiltPack {
  readonly directory: string;
  /** Relative paths, sorted. */
  readonly files: readonly string[];
  readonly warnings: readonly string[];
}

export function releasePackQueries(warehouse: Warehouse, localQueries?: string): Promise<PackQuery[]> {
  return packQueries(warehouse, releaseRelations, localQueries);
}

/**
 * Writes the pack of one release as `<service>-<version>` into `outputDirectory`.
 * @throws {UsageError} when the release is not known
 * @throws {DataError} when the folder holds something else
 */
export async function buildReleasePack(
  warehouse: Warehouse,
  key: ReleaseKey,
  outputDirectory: string,
  context: PackContext,
): Promise<BuiltPack> {
  const queries = context.queries ?? (await releasePackQueries(warehouse, context.localQueries));
  return writeReleasePack(await readReleaseData(warehouse, key, queries), outputDirectory);
}

/** The part that needs no database. */
export async function writeReleasePack(data: ReleasePackData, outputDirectory: string): Promise<BuiltPack> {
  const document = releaseDocument(data);
  const pdf = await renderPdf(document);
  const { service, version } = data.summary;
  const directory = join(outputDirectory, `${safeName(service)}-${safeName(version)}`);
  const { as_of, records_sha256, configuration_sha256, queries_sha256, product_version } = data.provenance;
  const subject = {
    kind: "release",
    of: { service, version },
    madeFrom: { as_of, records_sha256, configuration_sha256, queries_sha256, product_version },
  };
  const attached = document.attachments.map(({ name, content }) => manifestEntry(name, content));
  const files = writePackFolder(
    directory,
    subject,
    [
      { path: "pack.pdf", content: pdf.bytes },
      ...folderFiles(document.attachments, data.queries),
      collectionLog(data),
    ],
    attached,
  );
  return { directory, files, warnings: pdf.warnings };
}

/** The folder holds every query that led to a figure; the PDF only those that state something. */
export function folderFiles(attachments: readonly Attachment[], queries: readonly PackQuery[]): PackFile[] {
  const tables = attachments.filter(({ relationship }) => relationship === "Data");
  return [
    ...tables.map(({ name, content }) => ({ path: `tables/${name}`, content })),
    ...queries.map(({ relation, text }) => ({
      path: `sql/${relation}.sql`,
      content: new TextEncoder().encode(text),
    })),
  ];
}

/** Listed in the sums alone: everything else of a pack is the same if all is collected again. */
export function collectionLog({ collectionLog: rows }: Pick<ReleasePackData, "collectionLog">): PackFile {
  return {
    path: "collection-log.csv",
    content: new TextEncoder().encode(toCsv(rows)),
    isOutsideManifest: true,
  };
}
