import { join } from "node:path";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { evidenceFiles, evidenceKit } from "../evidence/files.ts";
import { planPack, type Issuing, type PackPlan } from "../folder/edition.ts";
import { madeFrom } from "../folder/made-from.ts";
import { makePack, type BuiltPack } from "../folder/make-pack.ts";
import type { PackFile } from "../pack-folder.ts";
import { packQueries } from "../pack-queries.ts";
import { safeName } from "../safe-name.ts";
import type { PeriodPackData } from "./data.ts";
import { periodDocument } from "./document.ts";
import { periodQueries, periodRelations, readPeriodData, type PeriodRequest } from "./read.ts";

interface PeriodContext {
  /** The user's own queries folder, where there is one. */
  readonly localQueries?: string;
  /** When nothing more is asked of the database: it need not take memory while pages are drawn. */
  readonly onRead?: () => void;
  readonly issuing?: Issuing;
}

/**
 * Writes the pack of a period as `period-<period>` into `outputDirectory`.
 * @throws {DataError} when the folder holds something else
 */
export async function buildPeriodPack(
  warehouse: Warehouse,
  request: PeriodRequest,
  outputDirectory: string,
  { localQueries, onRead, issuing }: PeriodContext = {},
): Promise<BuiltPack> {
  const queries = await packQueries(warehouse, periodRelations, localQueries, periodQueries(request));
  const data = await readPeriodData(warehouse, request, queries);
  const plan = planOf(data, outputDirectory, issuing);
  const evidence = plan.isThere ? [] : await evidenceOf(warehouse, data, localQueries);
  onRead?.();
  return makePack(plan, { document: (planned) => periodDocument(data, planned), data, evidence });
}

async function evidenceOf(
  warehouse: Warehouse,
  data: PeriodPackData,
  localQueries: string | undefined,
): Promise<PackFile[]> {
  const { from, until, framework, services } = subjectOf(data);
  const scope = {
    kind: "period" as const,
    from,
    until,
    ...(services === undefined ? {} : { services: data.services.map(({ service }) => service) }),
    ...(framework === undefined ? {} : { framework }),
  };
  return evidenceFiles(warehouse, scope, await evidenceKit(warehouse, localQueries));
}

/** Where the pack of a period is to lie. */
const planOf = (data: PeriodPackData, outputDirectory: string, issuing?: Issuing): PackPlan =>
  planPack(
    join(outputDirectory, folderName(data)),
    {
      kind: "period",
      of: subjectOf(data),
      period: { from: data.period.from, until: data.period.until },
      counts: { deployments: data.deployments.length, "change requests": data.requests.length },
      madeFrom: { ...madeFrom(data.provenance), full: String(data.isFull), ...sampleOf(data) },
    },
    issuing,
  );

interface Subject extends Readonly<Record<string, string>> {
  readonly period: string;
  readonly from: string;
  readonly until: string;
}

function subjectOf({ period, scope, services }: PeriodPackData): Subject {
  return {
    period: period.label,
    from: period.from,
    until: period.until,
    ...(scope.framework === null ? {} : { framework: scope.framework }),
    ...(scope.is_whole ? {} : { services: services.map(({ service }) => service).join(",") }),
  };
}

/** A pack with another sample is another making of the same pack. */
function sampleOf({ sample }: PeriodPackData): Record<string, string | number> {
  if (sample === undefined) return {};
  const { size, seed, stratify, ids } = sample.request;
  if (ids.length > 0) return { sample_ids: ids.join(",") };
  return { sample: size, seed, ...(stratify === undefined ? {} : { stratify }) };
}

function folderName(data: PeriodPackData): string {
  const { period, framework, services } = subjectOf(data);
  return safeName(
    ["period", period, framework, services?.replaceAll(",", "+")]
      .filter((part) => part !== undefined)
      .join("-"),
  );
}
