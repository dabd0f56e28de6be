import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configDocument } from "../../src/config/document.ts";
import { configSchema } from "../../src/config/schema.ts";
import { inOrder } from "../../src/warehouse/dependencies.ts";
import { queryFiles, setVariables } from "../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { queryParameters } from "../../src/warehouse/parameters.ts";

import { print, timed } from "../time.ts";

const AS_OF = "2026-01-01T00:00:00Z";

/** Builds the model over a made-up history of 200 services in memory, and prints what each query costs. */
export async function scale(deployments: number): Promise<void> {
  const warehouse = await openWarehouse(":memory:", { mode: "write", memoryLimit: "4GB", threads: 2 });
  const history = readFileSync(join(import.meta.dirname, "history.sql"), "utf8");
  print(
    await timed(`fill with ${deployments} deployments`, () => warehouse.run(history, [BigInt(deployments)])),
  );
  await recordRun(warehouse);
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

const services = Array.from({ length: 200 }, (_, index) => `s${index}`);

const config = configSchema.parse({
  organisation: "Bench",
  services: Object.fromEntries(services.map((service) => [service, { repository: service }])),
  teams: Object.fromEntries(
    Array.from({ length: 20 }, (_, team) => [
      `t${team}`,
      { owns: services.slice(team * 10, team * 10 + 10) },
    ]),
  ),
  sources: {
    bench: {
      collector: "files",
      files: [{ path: "none", entity: "deployment" }],
      complete: [{ entity: "incident", asserted_by: "bench" }],
    },
  },
});

async function recordRun(warehouse: Warehouse): Promise<void> {
  await warehouse.run("insert into raw.run values (1, ?, ?, 'completed', 'bench')", [AS_OF, AS_OF]);
  await warehouse.run(
    "insert into raw.source_run values (1, 'bench', 'all', ?, ?, 'completed', 1, 0, 0, 0, 0, null, null)",
    [AS_OF, AS_OF],
  );
}
