import { join } from "node:path";
import { UsageError } from "../../src/errors.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { renderPdf } from "../layout/render.ts";
import { manifestEntry, writePackFolder } from "../pack-folder.ts";
import { packQueries } from "../pack-queries.ts";
import { collectionLog, folderFiles, type BuiltPack } from "../release/build.ts";
import type { ReleaseKey, ReleasePackData } from "../release/data.ts";
import { readProvenance, readReleaseData, releaseRelations } from "../release/read.ts";
import { safeName } from "../safe-name.ts";
import { trainDocument, type TrainPackData } from "./document.ts";

/**
 * Writes the pack of all releases that were shipped together as `train-<name>`.
 * @throws {UsageError} when no release names that train
 */
export async function buildTrainPack(
  warehouse: Warehouse,
  train: string,
  outputDirectory: string,
  localQueries?: string,
): Promise<BuiltPack> {
  const keys = await warehouse.rows<ReleaseKey>(
    "select service, version from reports.site_release where train = ? order by service, version",
    [train],
  );
  if (keys.length === 0)
    throw new UsageError(
      `pack train: no release names the train ${JSON.stringify(train)}; \`quarterdeck query reports.site_release_train\` lists trains`,
    );
  const queries = await packQueries(warehouse, [...releaseRelations, "reports.site_release"], localQueries);
  const releases: ReleasePackData[] = [];
  for (const key of keys) releases.push(await readReleaseData(warehouse, key, queries));
  const collected = releases[0]?.collectionLog ?? [];
  return writeTrainPack(
    { train, releases, queries, provenance: await readProvenance(warehouse), collectionLog: collected },
    outputDirectory,
  );
}

export async function writeTrainPack(data: TrainPackData, outputDirectory: string): Promise<BuiltPack> {
  const document = trainDocument(data);
  const pdf = await renderPdf(document);
  const { as_of, records_sha256, configuration_sha256, queries_sha256, product_version } = data.provenance;
  const directory = join(outputDirectory, safeName(`train-${data.train}`));
  const files = writePackFolder(
    directory,
    {
      kind: "train",
      of: { train: data.train },
      madeFrom: { as_of, records_sha256, configuration_sha256, queries_sha256, product_version },
    },
    [
      { path: "pack.pdf", content: pdf.bytes },
      ...folderFiles(document.attachments, data.queries),
      collectionLog(data),
    ],
    document.attachments.map(({ name, content }) => manifestEntry(name, content)),
  );
  return { directory, files, warnings: pdf.warnings };
}
