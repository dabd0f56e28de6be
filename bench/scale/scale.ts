import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configDocument } from "../../src/config/document.ts";
import { configSchema } from "../../src/config/schema.ts";
import { inOrder } from "../../src/warehouse/dependencies.ts";
import { queryFiles, setVariables } from "../../src/warehouse/model.ts";
import { openWarehouse } from "../../src/warehouse/open.ts";
import { queryParameters } from "../../src/warehouse/parameters.ts";

/** Builds the model over a made-up history, query by query, and prints what each costs. */
const deployments = Number(process.argv[2] ?? 100_000);
const path = process.argv[3] ?? ":memory:";
const warehouse = await openWarehouse(path, { mode: "write", memoryLimit: "4GB", threads: 2 });
const config = configSchema.parse({
  organisation: "Bench",
  services: Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`s${index}`, { repository: `s${index}` }])),
  teams: Object.fromEntries(
    Array.from({ length: 20 }, (_, team) => [
      `t${team}`,
      { owns: Array.from({ length: 10 }, (_, index) => `s${team * 10 + index}`) },
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
const instant = "2026-01-01T00:00:00Z";
await warehouse.run("insert into raw.run values (1, ?, ?, 'completed', 'bench')", [instant, instant]);
await warehouse.run("insert into raw.source_run values (1, 'bench', 'all', ?, ?, 'completed', 1, 0, 0, 0, 0, null, null)", [
  instant,
  instant,
]);
const timed = async (name: string, work: () => Promise<void>) => {
  const began = performance.now();
  await work();
  return { name, seconds: (performance.now() - began) / 1000 };
};
const filled = await timed("fill", () =>
  warehouse.run(readFileSync(join(import.meta.dirname, "history.sql"), "utf8"), [BigInt(deployments)]),
);
await warehouse.run("insert into raw.configuration values (?)", [JSON.stringify(configDocument(config))]);
await setVariables(warehouse, queryParameters(config, instant));
const { files } = await inOrder(warehouse, queryFiles());
for (const layer of new Set(files.map(({ layer }) => layer))) await warehouse.run(`create schema if not exists ${layer}`);
const costs = [];
for (const { relation, sql } of files) {
  costs.push(await timed(relation, () => warehouse.run(`create table ${relation} as ${sql}`)));
}
const total = costs.reduce((sum, { seconds }) => sum + seconds, 0);
console.log(`fill ${filled.seconds.toFixed(1)} s, model of ${deployments} deployments ${total.toFixed(1)} s`);
for (const { name, seconds } of costs.sort((a, b) => b.seconds - a.seconds).slice(0, 15)) {
  console.log(`  ${seconds.toFixed(2)} s  ${name}`);
}
console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024 / 1024).toFixed(2)} GB`);
