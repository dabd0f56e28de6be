import { join } from "node:path";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { renderPdf } from "../layout/render.ts";
import { manifestEntry, writePackFolder } from "../pack-folder.ts";
import { packQueries } from "../pack-queries.ts";
import { collectionLog, folderFiles, type BuiltPack } from "../release/build.ts";
import { safeName } from "../safe-name.ts";
import type { PeriodPackData } from "./data.ts";
import { periodDocument } from "./document.ts";
import { periodQueries, periodRelations, readPeriodData, type PeriodRequest } from "./read.ts";

interface PeriodContext {
  /** The user's own queries folder, where there is one. */
  readonly localQueries?: string;
  /** When nothing more is asked of the database: it need not take memory while pages are drawn. */
  readonly onRead?: () => void;
}

/**
 * Writes the pack of a period as `period-<period>` into `outputDirectory`.
 * @throws {DataError} when the folder holds something else
 */
export async function buildPeriodPack(
  warehouse: Warehouse,
  request: PeriodRequest,
  outputDirectory: string,
  { localQueries, onRead }: PeriodContext = {},
): Promise<BuiltPack> {
  const queries = await packQueries(warehouse, periodRelations, localQueries, periodQueries(request));
  const data = await readPeriodData(warehouse, request, queries);
  onRead?.();
  return writePeriodPack(data, outputDirectory);
}

/** The part that needs no database. */
export async function writePeriodPack(data: PeriodPackData, outputDirectory: string): Promise<BuiltPack> {
  const document = periodDocument(data);
  const pdf = await renderPdf(document);
  const { as_of, records_sha256, configuration_sha256, queries_sha256, product_version } = data.provenance;
  const directory = join(outputDirectory, folderName(data));
  const files = writePackFolder(
    directory,
    {
      kind: "period",
      of: subjectOf(data),
      madeFrom: {
        as_of,
        records_sha256,
        configuration_sha256,
        queries_sha256,
        product_version,
        full: String(data.isFull),
        ...sampleOf(data),
      },
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

function subjectOf({ period, scope, services }: PeriodPackData): Record<string, string> {
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
