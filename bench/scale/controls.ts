import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configDocument } from "../../src/config/document.ts";
import { buildModel, queryFiles } from "../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { queryParameters } from "../../src/warehouse/parameters.ts";
import { print, timed, type Timing } from "../time.ts";
import { AS_OF, companyOf, fill } from "./company.ts";

const SERVICES = 200;

const COMPLETE = ["incident", "change_request", "change_request_approval", "calendar_window", "test_result", "change_review", "deployment"];

/** Times all controls over so many deployments of 200 services with two years of process, built as the product builds them: into a file, with the memory that it takes of a machine of 2 GB. */
export async function controls(deployments: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-bench-"));
  const warehouse = await openWarehouse(join(folder, "bench.duckdb"), { mode: "write", memoryLimit: "1100MB", threads: 2 });
  try {
    await timeControls(warehouse, deployments);
  } finally {
    warehouse.close();
    rmSync(folder, { recursive: true });
  }
}

async function timeControls(warehouse: Warehouse, deployments: number): Promise<void> {
  await fill(warehouse, deployments, SERVICES);
  const process = readFileSync(join(import.meta.dirname, "process.sql"), "utf8");
  await warehouse.run(process, [BigInt(deployments), BigInt(SERVICES)]);
  await warehouse.run(readFileSync(join(import.meta.dirname, "seal.sql"), "utf8"));
  const config = companyOf(SERVICES, COMPLETE);
  const costs: Timing[] = [];
  print(
    await timed("the model and all controls", () =>
      buildModel(watched(warehouse, costs), {
        document: configDocument(config),
        variables: queryParameters(config, AS_OF),
        only: queryFiles().flatMap(({ layer, relation }) => (layer === "controls" ? [relation] : [])),
      }),
    ),
  );
  const asked = costs.filter(({ name }) => name.startsWith("controls."));
  print({ name: `all controls over ${deployments} deployments (at most 30 s for 200,000)`, seconds: sum(asked) });
  asked
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, 25)
    .forEach(print);
  console.log(
    await warehouse.rows("select status, count(*) as results from controls.result group by status order by status"),
  );
  console.log(`peak memory ${(globalThis.process.resourceUsage().maxRSS / 1024 / 1024).toFixed(2)} GB`);
}

const sum = (costs: readonly Timing[]) => costs.reduce((total, { seconds }) => total + seconds, 0);

function watched(warehouse: Warehouse, costs: Timing[]): Warehouse {
  return {
    ...warehouse,
    run: async (sql, parameters) => {
      const relation = /^create table (\S+) as /.exec(sql)?.[1];
      if (relation === undefined) return warehouse.run(sql, parameters);
      costs.push(await timed(relation, () => warehouse.run(sql, parameters)));
    },
  };
}
