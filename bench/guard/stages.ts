import { join } from "node:path";
import { evidenceKit } from "../../reports/evidence/files.ts";
import { buildReleasePack, releasePackQueries } from "../../reports/release/build.ts";
import { configDocument } from "../../src/config/document.ts";
import { buildPages, siteOf } from "../../src/site/build.ts";
import { readersOf } from "../../src/site/readers.ts";
import { writeMachineForm } from "../../src/site/machine-form/write.ts";
import { readSite } from "../../src/site/read.ts";
import { buildModel } from "../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { queryParameters } from "../../src/warehouse/parameters.ts";
import type { Layer } from "../../src/warehouse/query-file.ts";
import { metered, processorSeconds, total, type Cost } from "../costs.ts";
import { amountsOf, AS_OF, companyOf, fill } from "../scale/company.ts";

/** Seconds of processor time by stage. */
export type Times = Readonly<Record<string, number>>;

/** Measures stages in one go. */
export type Measure = () => Promise<Times>;

/** Layers of queries by stage; the last are short, and read by pages and packs alone. */
const MODEL = {
  staging: ["staging"],
  model: ["model"],
  correlation: ["correlation"],
  metrics: ["metrics"],
  controls: ["controls"],
  reports: ["practices", "expectations", "reports", "publish"],
} as const satisfies Record<string, readonly Layer[]>;

const SERVICES = 3;
const config = companyOf(SERVICES);

/** One thread, so that what a stage costs does not depend on how many there are. */
const ONE = { threads: 1, memoryLimit: "1GB" } as const;

/** The pipeline of a company of a few thousand records, from records to pages and a pack, in the folder. */
export async function measuresIn(folder: string): Promise<Measure[]> {
  const path = join(folder, "guard.duckdb");
  const warehouse = await openWarehouse(path, { mode: "write", ...ONE });
  await fill(warehouse, amountsOf(SERVICES, 240));
  warehouse.close();
  return [
    () => within(path, "write", model),
    () => within(path, "read", (warehouse) => site(warehouse, folder)),
    () => within(path, "read", (warehouse) => pack(warehouse, folder)),
  ];
}

async function within(path: string, mode: "read" | "write", work: (warehouse: Warehouse) => Promise<Times>): Promise<Times> {
  const warehouse = await openWarehouse(path, { mode, ...ONE });
  try {
    return await work(warehouse);
  } finally {
    warehouse.close();
  }
}

async function model(warehouse: Warehouse): Promise<Times> {
  await warehouse.run("delete from raw.model_build");
  const costs: Cost[] = [];
  await buildModel(metered(warehouse, costs), { document: configDocument(config), variables: queryParameters(config, AS_OF) });
  const of = (layer: Layer) => costs.filter(({ name }) => name.startsWith(`${layer}.`));
  return Object.fromEntries(Object.entries(MODEL).map(([stage, parts]) => [stage, total(stage, parts.flatMap(of)).processor]));
}

/** The bundler's part of pages is not told apart: it is not ours, and its threads differ by load. */
async function site(warehouse: Warehouse, folder: string): Promise<Times> {
  let rows = await readSite(warehouse, config);
  const reading = await processorSeconds(async () => (rows = await readSite(warehouse, config)));
  const form = { organisation: "Guard", asOf: rows.context.as_of, tables: rows.published };
  const data = await processorSeconds(() =>
    writeMachineForm((options) => openWarehouse(warehouse.path, { mode: "read", ...options }), join(folder, "site"), form));
  const made = siteOf(rows, "Guard", readersOf(warehouse));
  const pages = await processorSeconds(() => buildPages(made, { outDir: join(folder, "site") }));
  return { reading, "files of data": data, pages };
}

async function pack(warehouse: Warehouse, folder: string): Promise<Times> {
  const [release] = await warehouse.rows<{ service: string; version: string }>("select service, version from reports.release_summary order by service, version limit 1");
  if (release === undefined) throw new Error("there is no release to make a pack of");
  const queries = await releasePackQueries(warehouse);
  const kit = evidenceKit(warehouse, "");
  const made = (name: string) => buildReleasePack(warehouse, release, join(folder, name), { queries, evidence: () => kit, issuing: { isKeeping: true } });
  // The first loads fonts and compiles.
  await made(`packs-${Math.round(performance.now())}`);
  return { pack: await processorSeconds(() => made(`packs-${Math.round(performance.now())}`)) };
}
