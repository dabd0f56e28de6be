import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configDocument } from "../src/config/document.ts";
import { buildSite } from "../src/site/build.ts";
import { buildModel } from "../src/warehouse/model.ts";
import { openWarehouse } from "../src/warehouse/open.ts";
import { queryParameters } from "../src/warehouse/parameters.ts";
import { amountsOf, AS_OF, companyOf, fill } from "./scale/company.ts";
import { print, timed } from "./time.ts";
import { weight } from "./weight.ts";

/** Builds the site of a made-up company, and prints what it costs and which pages are the heaviest. */
export async function site(services: number, deployments: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-bench-"));
  try {
    const database = join(folder, "bench.duckdb");
    print(await timed("model", () => model(database, services, deployments)));
    const before = process.cpuUsage();
    const warehouse = await openWarehouse(database, { mode: "read" });
    const config = companyOf(services);
    const outDir = join(folder, "site");
    let pages = 0;
    const timing = await timed(`site of ${services} services and ${deployments} deployments`, async () => {
      ({ pages } = await buildSite(warehouse, { outDir, config }));
    });
    warehouse.close();
    print(timing);
    const { user, system } = process.cpuUsage(before);
    const work = (user + system) / 1e6;
    console.log(
      `${pages} pages, ${(pages / timing.seconds).toFixed(0)} a second; ${work.toFixed(1)} s of processor time; peak memory ${(process.resourceUsage().maxRSS / 1024 ** 2).toFixed(2)} GB`,
    );
    await weight(outDir);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function model(database: string, services: number, deployments: number): Promise<void> {
  const warehouse = await openWarehouse(database, { mode: "write" });
  await fill(warehouse, amountsOf(services, deployments));
  const config = companyOf(services);
  const variables = queryParameters(config, AS_OF);
  await buildModel(warehouse, { document: configDocument(config), variables });
  warehouse.close();
}
