import { join } from "node:path";
import { UsageError } from "../../src/errors.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { evidenceFiles, evidenceKit } from "../evidence/files.ts";
import { planPack, type Issuing, type PackPlan } from "../folder/edition.ts";
import { madeFrom } from "../folder/made-from.ts";
import { makePack, type BuiltPack } from "../folder/make-pack.ts";
import type { PackFile } from "../pack-folder.ts";
import { packQueries } from "../pack-queries.ts";
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
  { localQueries, issuing }: { readonly localQueries?: string; readonly issuing?: Issuing } = {},
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
  const provenance = await readProvenance(warehouse);
  const data = { train, releases, queries, provenance, collectionLog: collected };
  const plan = planOf(data, outputDirectory, issuing);
  const scope = { kind: "train", train, releases: keys } as const;
  const evidence = plan.isThere
    ? []
    : await evidenceFiles(warehouse, scope, await evidenceKit(warehouse, localQueries));
  return made(data, plan, evidence);
}

/** Where the pack of a train is to lie. */
const planOf = (data: TrainPackData, outputDirectory: string, issuing?: Issuing): PackPlan =>
  planPack(
    join(outputDirectory, safeName(`train-${data.train}`)),
    {
      kind: "train",
      of: { train: data.train },
      counts: { releases: data.releases.length },
      madeFrom: madeFrom(data.provenance),
    },
    issuing,
  );

/** The part that needs no database. */
export const writeTrainPack = (
  data: TrainPackData,
  outputDirectory: string,
  issuing?: Issuing,
): Promise<BuiltPack> =>
  made(data, planOf(data, outputDirectory, issuing));

const made = (data: TrainPackData, plan: PackPlan, evidence?: readonly PackFile[]): Promise<BuiltPack> =>
  makePack(plan, { document: (planned) => trainDocument(data, planned), data, ...(evidence && { evidence }) });
