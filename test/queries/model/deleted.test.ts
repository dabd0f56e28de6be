import { expect, test } from "vitest";
import { entities, type EntityName } from "../../../collectors/files/entities.ts";
import { configDocument } from "../../../src/config/document.ts";
import { configSchema } from "../../../src/config/schema.ts";
import { buildModel } from "../../../src/warehouse/model.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { queryParameters } from "../../../src/warehouse/parameters.ts";
import { storePage } from "../../../src/warehouse/store.ts";
import { commits, deployments, mainAt, shipped, story, waves } from "../story.ts";

const data = {
  commit: commits(`
    sha | parents | at
    m1  |         | 05 09:00
    m2  | m1      | 06 09:00
    m3  | m2      | 07 09:00`),
  ref: mainAt("m3"),
  deployment: deployments(`
    id | sha | at
    d1 | m1  | 05 12:00
    d2 | m2  | 06 12:00
    d3 | m1  | 06 13:00
    d4 | m3  | 07 12:00`),
};

test("a record that the source deleted is gone from the model and stays in the history", async () => {
  const warehouse = await story({ data });
  expect(await waves(warehouse)).toContain("d3 rollback of d2");
  await store(warehouse, 100, "deployment", { id: "d2" }, null);
  await rebuild(warehouse);
  // Without d2, d3 deploys what is live, and d4 is the first that contains m2.
  expect(await waves(warehouse)).toEqual(["d1 deployment", "d3 redeployment", "d4 deployment"]);
  expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d3: [], d4: ["m2", "m3"] });
  const versions = await warehouse.rows(
    "select is_deleted from raw.record where stream = 'deployment' and key like '%d2%' order by version",
  );
  expect(versions).toEqual([{ is_deleted: false }, { is_deleted: true }]);
});

test("a record that comes back counts again", async () => {
  const warehouse = await story({ data });
  await store(warehouse, 100, "deployment", { id: "d2" }, null);
  await store(
    warehouse,
    101,
    "deployment",
    { id: "d2" },
    {
      id: "d2",
      service: "api",
      environment: "production",
      sha: "m2",
      status: "success",
      finished_at: "2026-01-06T12:00:00Z",
    },
  );
  await rebuild(warehouse);
  expect(await waves(warehouse)).toEqual([
    "d1 deployment",
    "d2 deployment",
    "d3 rollback of d2",
    "d4 deployment",
  ]);
});

test("a corrected record replaces what it said before", async () => {
  const warehouse = await story({ data });
  await store(
    warehouse,
    100,
    "deployment",
    { id: "d2" },
    {
      id: "d2",
      service: "api",
      environment: "production",
      sha: "m2",
      status: "failure",
      finished_at: "2026-01-06T12:00:00Z",
    },
  );
  await rebuild(warehouse);
  // d2 never went live: d3 puts the last good commit back.
  expect(await waves(warehouse)).toEqual(["d1 deployment", "d3 rollback", "d4 deployment"]);
});

async function store(
  warehouse: Warehouse,
  runId: number,
  entity: EntityName,
  id: Record<string, string>,
  payload: Record<string, string> | null,
) {
  const at = new Date("2026-01-31T00:00:00Z");
  const key = JSON.stringify(entities[entity].key.map((column) => id[column] ?? null));
  await storePage(
    warehouse,
    { source: "data", stream: entity, runId, fetchedAt: at },
    { records: [{ key, payload }], cursor: runId },
  );
}

async function rebuild(warehouse: Warehouse) {
  const config = configSchema.parse({
    organisation: "Test",
    services: { api: { repository: "api" } },
    sources: { data: { collector: "files", files: [{ path: "none", entity: "deployment" }] } },
  });
  await buildModel(warehouse, {
    document: configDocument(config),
    variables: queryParameters(config, "2026-01-31T00:00:00Z"),
    without: ["correlation", "metrics", "controls", "expectations", "reports", "publish"],
  });
}
