import { join } from "node:path";
import type { Warehouse } from "../../src/warehouse/open.ts";
import type { Attachment } from "../layout/nodes.ts";
import { toCsv } from "../csv.ts";
import { evidenceFiles, evidenceKit, joined, type EvidenceKit } from "../evidence/files.ts";
import { planPack, type Issuing, type PackPlan } from "../folder/edition.ts";
import { makePack, type BuiltPack } from "../folder/make-pack.ts";
import { madeFrom } from "../folder/made-from.ts";
import type { PackFile, PackSubject } from "../pack-folder.ts";
import { packQueries, type PackQuery } from "../pack-queries.ts";
import { safeName } from "../safe-name.ts";
import type { ReleaseKey, ReleasePackData } from "./data.ts";
import { releaseDocument } from "./document.ts";
import { readReleaseData, releaseRelations } from "./read.ts";

export type { BuiltPack };

export interface PackContext {
  /** The user's own queries folder, where there is one. */
  readonly localQueries?: string;
  /** What `releasePackQueries` returned, so that many packs need to ask only once. */
  readonly queries?: readonly PackQuery[];
  /** What `evidenceKit` returned, for the same reason. */
  readonly evidence?: EvidenceKit;
  readonly issuing?: Issuing;
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
  const data = await readReleaseData(warehouse, key, queries);
  const { issuing } = context;
  const { isThere } = planOf(data, outputDirectory, issuing);
  return writeReleasePack(
    data,
    outputDirectory,
    issuing,
    isThere ? [] : await evidenceOf(warehouse, key, context),
  );
}

async function evidenceOf(
  warehouse: Warehouse,
  { service, version }: ReleaseKey,
  context: PackContext,
): Promise<PackFile[]> {
  const kit = context.evidence ?? (await evidenceKit(warehouse, context.localQueries));
  return evidenceFiles(warehouse, { kind: "release", service, version }, kit);
}

/** Where the pack of a release is to lie. */
export function planOf(data: ReleasePackData, outputDirectory: string, issuing?: Issuing): PackPlan {
  const { service, version } = data.summary;
  return planPack(
    join(outputDirectory, `${safeName(service)}-${safeName(version)}`),
    subjectOf(data),
    issuing,
  );
}

/** The part that needs no database. */
export const writeReleasePack = async (
  data: ReleasePackData,
  outputDirectory: string,
  issuing?: Issuing,
  evidence: readonly PackFile[] = [],
): Promise<BuiltPack> =>
  makePack(planOf(data, outputDirectory, issuing), {
    document: (planned) => releaseDocument(data, planned),
    beside: (attachments) =>
      joined([...folderFiles(attachments, data.queries), collectionLog(data)], evidence),
  });

function subjectOf({ summary, provenance }: ReleasePackData): PackSubject {
  const { service, version, first_live_at: from, last_live_at: until } = summary;
  return {
    kind: "release",
    of: { service, version },
    period: { from, until },
    counts: {
      changes: summary.changes,
      deployments: summary.attempts,
      incidents: summary.accepted_incidents,
    },
    madeFrom: madeFrom(provenance),
  };
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
