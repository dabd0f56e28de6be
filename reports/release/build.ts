import { join } from "node:path";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { evidenceFiles, evidenceKit, type EvidenceKit } from "../evidence/files.ts";
import { planPack, type Issuing, type PackPlan } from "../folder/edition.ts";
import { makePack, type BuiltPack } from "../folder/make-pack.ts";
import { madeFrom } from "../folder/made-from.ts";
import type { PackFile, PackSubject } from "../pack-folder.ts";
import { packQueries, type PackQuery } from "../pack-queries.ts";
import { releaseFolder } from "../safe-name.ts";
import type { ReleaseKey, ReleasePackData } from "./data.ts";
import { releaseDocument } from "./document.ts";
import { readReleaseData, releaseRelations } from "./read.ts";

export type { BuiltPack };

export interface PackContext {
  /** The user's own queries folder, where there is one. */
  readonly localQueries?: string;
  /** What `releasePackQueries` returned, so that many packs need to ask only once. */
  readonly queries?: readonly PackQuery[];
  /** Asks for what `evidenceKit` returns, for the same reason; nobody asks where every pack is there already. */
  readonly evidence?: () => Promise<EvidenceKit>;
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
  const plan = planOf(data, outputDirectory, context.issuing);
  return made(data, plan, plan.isThere ? [] : await evidenceOf(warehouse, key, context));
}

async function evidenceOf(
  warehouse: Warehouse,
  { service, version }: ReleaseKey,
  context: PackContext,
): Promise<PackFile[]> {
  const kit = await (context.evidence?.() ?? evidenceKit(warehouse, context.localQueries));
  return evidenceFiles(warehouse, { kind: "release", service, version }, kit, isTried(context.issuing));
}

/** It takes seconds, and `build` may write hundreds of drafts: those are tried when somebody asks for them, or issues them. */
const isTried = (issuing: Issuing | undefined) => issuing?.isKeeping !== true || issuing.signer !== undefined;

/** Where the pack of a release is to lie. */
function planOf(data: ReleasePackData, outputDirectory: string, issuing?: Issuing): PackPlan {
  const { service, version } = data.summary;
  return planPack(
    join(outputDirectory, releaseFolder(service, version)),
    subjectOf(data),
    issuing,
  );
}

/** The part that needs no database. */
export const writeReleasePack = async (
  data: ReleasePackData,
  outputDirectory: string,
  issuing?: Issuing,
): Promise<BuiltPack> => made(data, planOf(data, outputDirectory, issuing));

const made = (data: ReleasePackData, plan: PackPlan, evidence?: readonly PackFile[]): Promise<BuiltPack> =>
  makePack(plan, { document: (planned) => releaseDocument(data, planned), data, ...(evidence && { evidence }) });

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
