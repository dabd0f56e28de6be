import type { z } from "zod";
import { type Json, nothingAsked, type Page } from "../../../collectors/contract.ts";
import { evidenceConfig } from "../../../collectors/evidence/config.ts";
import { evidence } from "../../../collectors/evidence/index.ts";
import { configDocument } from "../../../src/config/document.ts";
import { configSchema } from "../../../src/config/schema.ts";
import { buildModel } from "../../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../../src/warehouse/open.ts";
import { queryParameters } from "../../../src/warehouse/parameters.ts";
import type { Layer } from "../../../src/warehouse/query-file.ts";
import { storePage } from "../../../src/warehouse/store.ts";
import { collect as collectFiles, folder } from "../files/support.ts";

export type Options = Partial<Omit<z.input<typeof evidenceConfig>, "collector">>;
export type Contents = Readonly<Record<string, string | Buffer>>;

export const SHA = "4c1f0e9a5b6d7c8e9f0a1b2c3d4e5f6a7b8c9d0e";

const parsed = (options: Options) =>
  evidenceConfig.parse({ collector: "evidence", files: [{ path: "**/*" }], ...options });

/** One collection of a folder. */
export async function collect(directory: string, options: Options = {}, cursor?: Json) {
  const warnings: string[] = [];
  const context = {
    baseDirectory: directory,
    report: () => undefined,
    warn: (message: string) => void warnings.push(message),
    usage: nothingAsked(),
  };
  const [stream] = evidence.streams();
  const pages: Page[] = [];
  for await (const page of stream?.pages(parsed(options), cursor, context) ?? []) pages.push(page);
  return {
    pages,
    records: pages.flatMap((page) => page.records),
    rejected: pages.flatMap((page) => page.rejected ?? []),
    warnings,
    cursor: pages.at(-1)?.cursor ?? cursor,
  };
}

const AS_OF = "2026-04-01T00:00:00Z";
const BELOW: readonly Layer[] = [
  "model",
  "correlation",
  "metrics",
  "controls",
  "expectations",
  "reports",
  "publish",
];
export const REPORTS: readonly Layer[] = ["reports", "publish"];

/** A database with the files collected by a source `drop`; with staging only, unless more is asked for. */
export async function staged(
  files: Contents,
  options: Options = {},
  without: readonly Layer[] = BELOW,
  deployments?: string,
): Promise<Warehouse> {
  const warehouse = await openWarehouse(":memory:", { mode: "write", threads: 1 });
  await warehouse.run("insert into raw.run values (1, ?, ?, 'completed', 'test')", [AS_OF, AS_OF]);
  const directory = folder(files);
  const { pages } = await collect(directory, options);
  for (const page of pages)
    await storePage(
      warehouse,
      { source: "drop", stream: "document", runId: 1, fetchedAt: new Date(AS_OF) },
      page,
    );
  await storeDeployments(warehouse, deployments);
  const config = configSchema.parse({
    organisation: "Test",
    time_zone: "Europe/Berlin",
    services: { payments: { repository: "acme/payments" } },
    sources: {
      deploys: { collector: "files", files: [{ path: "*.csv", entity: "deployment" }] },
      drop: { files: [{ path: "**/*" }], ...options, collector: "evidence" },
    },
  });
  await buildModel(warehouse, {
    document: configDocument(config),
    variables: queryParameters(config, AS_OF),
    without,
  });
  return warehouse;
}

async function storeDeployments(warehouse: Warehouse, csv: string | undefined): Promise<void> {
  if (csv === undefined) return;
  const { pages } = await collectFiles(folder({ "d.csv": csv }), [{ path: "*.csv", entity: "deployment" }]);
  for (const page of pages)
    await storePage(
      warehouse,
      { source: "deploys", stream: "deployment", runId: 1, fetchedAt: new Date(AS_OF) },
      page,
    );
}

/** Rows of a relation without its source, without what is null, and without the columns named. */
export async function rows(warehouse: Warehouse, relation: string, ...omitted: string[]): Promise<object[]> {
  const found = await warehouse.rows<Record<string, unknown>>(`select * from ${relation}`);
  return found.map((row) =>
    Object.fromEntries(
      Object.entries(row).filter(
        ([column, value]) => value !== null && !["source", ...omitted].includes(column),
      ),
    ),
  );
}
