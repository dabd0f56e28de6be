import { configDocument } from "../../src/config/document.ts";
import { buildSite } from "../../src/site/build.ts";
import { buildModel } from "../../src/warehouse/model.ts";
import { openWarehouse } from "../../src/warehouse/open.ts";
import { queryParameters } from "../../src/warehouse/parameters.ts";
import { amountsOf, AS_OF, companyOf, fill } from "../scale/company.ts";

// A process of its own for the model and for the site, so that each has a peak of memory of its own: `built.ts model|site <services> <deployments> <folder>`.
const [what, services, deployments, folder = ""] = process.argv.slice(2);
const config = companyOf(Number(services));
const database = `${folder}/bench.duckdb`;
const before = process.cpuUsage();
const began = performance.now();
const pages = what === "model" ? await model() : await site();
const { user, system } = process.cpuUsage(before);
const seconds = (performance.now() - began) / 1000;
console.log(
  JSON.stringify({ pages, seconds, processor_seconds: (user + system) / 1e6, peak_gb: process.resourceUsage().maxRSS / 1024 ** 2 }),
);

async function model(): Promise<number> {
  const warehouse = await openWarehouse(database, { mode: "write" });
  await fill(warehouse, amountsOf(Number(services), Number(deployments)));
  await buildModel(warehouse, { document: configDocument(config), variables: queryParameters(config, AS_OF) });
  warehouse.close();
  return 0;
}

async function site(): Promise<number> {
  const warehouse = await openWarehouse(database, { mode: "read" });
  const built = await buildSite(warehouse, { outDir: `${folder}/site`, config, charts: `${folder}/charts` });
  warehouse.close();
  return built.pages;
}
