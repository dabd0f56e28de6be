import { configDocument } from "../../src/config/document.ts";
import { inOrder } from "../../src/warehouse/dependencies.ts";
import { queryFiles, setVariables } from "../../src/warehouse/model.ts";
import { openWarehouse } from "../../src/warehouse/open.ts";
import { queryParameters } from "../../src/warehouse/parameters.ts";
import { print, timed } from "../time.ts";
import { AS_OF, companyOf, fill } from "./company.ts";

/** Builds the model over a made-up history of 200 services in memory, and prints what each query costs. */
export async function scale(deployments: number): Promise<void> {
  const warehouse = await openWarehouse(":memory:", { mode: "write", memoryLimit: "4GB", threads: 2 });
  const config = companyOf(200);
  print(await timed(`fill with ${deployments} deployments`, () => fill(warehouse, deployments, 200)));
  await warehouse.run("insert into raw.configuration values (?)", [JSON.stringify(configDocument(config))]);
  await setVariables(warehouse, queryParameters(config, AS_OF));
  const { files } = await inOrder(warehouse, queryFiles());
  for (const layer of new Set(files.map((file) => file.layer))) await warehouse.run(`create schema ${layer}`);
  const costs = [];
  for (const { relation, sql } of files) {
    costs.push(await timed(relation, () => warehouse.run(`create table ${relation} as ${sql}`)));
  }
  print({ name: "the whole model", seconds: costs.reduce((sum, { seconds }) => sum + seconds, 0) });
  costs
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, 15)
    .forEach(print);
  console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024 / 1024).toFixed(2)} GB`);
  warehouse.close();
}
