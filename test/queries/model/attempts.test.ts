import { expect, test } from "vitest";
import { commits, deployments, mainAt, records, shipped, story, waves } from "../story.ts";

const commit = commits(`
  sha | parents | at
  m1  |         | 05 09:00
  m2  | m1      | 06 09:00
  m3  | m2      | 07 09:00`);
const ref = mainAt("m3");

test("a failed attempt is listed and ships nothing; the next success ships its changes", async () => {
  const warehouse = await story({
    data: {
      commit,
      ref,
      deployment: deployments(`
        id | sha | at       | status
        d1 | m1  | 05 12:00 |
        d2 | m2  | 06 12:00 | failure
        d3 | m3  | 07 12:00 |`),
    },
  });
  expect(await waves(warehouse)).toEqual(["d1 deployment", "d3 deployment"]);
  // m2 reached production with d3 for the first time.
  expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d3: ["m2", "m3"] });
  expect(await attempts(warehouse)).toEqual(["d1 live", "d2 failure", "d3 live"]);
});

test("a skipped run is not a deployment; cancelled and running ones never went live", async () => {
  const warehouse = await story({
    data: {
      commit,
      ref,
      deployment: records(`
        id | service | environment | sha | started_at | finished_at | status
        d1 | api     | production  | m1  | 05 12:00   | 05 12:30    | success
        d2 | api     | production  | m2  | 06 12:00   | 06 12:30    | skipped
        d3 | api     | production  | m2  | 06 13:00   | 06 13:30    | cancelled
        d4 | api     | production  | m3  | 07 12:00   |             | in_progress`),
    },
  });
  expect(await waves(warehouse)).toEqual(["d1 deployment"]);
  expect(await attempts(warehouse)).toEqual(["d1 live", "d3 cancelled", "d4 in_progress"]);
});

test("a re-run attempt is its own attempt: the wave's time is that of its success", async () => {
  const warehouse = await story({
    data: {
      commit,
      ref,
      deployment: records(`
        id | attempt | service | environment | sha | started_at | finished_at | status
        d1 | 1       | api     | production  | m1  | 05 12:00   | 05 12:10    | success
        d2 | 1       | api     | production  | m2  | 06 12:00   | 06 12:10    | failure
        d2 | 2       | api     | production  | m2  | 06 14:00   | 06 14:20    | success`),
    },
  });
  // The failed attempt was of the same commit: going on with it is neither rollback nor redeployment.
  expect(await waves(warehouse)).toEqual(["d1 deployment", "d2#2 deployment"]);
  expect(await attempts(warehouse)).toEqual(["d1 live", "d2 failure", "d2#2 live"]);
  const [wave] = await warehouse.rows("select live_at from model.wave where wave_id = 'data:d2#2'");
  expect(wave).toEqual({ live_at: "2026-01-06T14:20:00Z" });
});

test("a re-run after a success redeploys", async () => {
  const warehouse = await story({
    data: {
      commit,
      ref,
      deployment: records(`
        id | attempt | service | environment | sha | started_at | finished_at | status
        d1 | 1       | api     | production  | m1  | 05 12:00   | 05 12:10    | success
        d2 | 1       | api     | production  | m2  | 06 12:00   | 06 12:10    | success
        d2 | 2       | api     | production  | m2  | 06 14:00   | 06 14:20    | success`),
    },
  });
  expect(await waves(warehouse)).toEqual(["d1 deployment", "d2 deployment", "d2#2 redeployment"]);
});

test("the same commit again is a redeployment: it counts and carries no changes", async () => {
  const warehouse = await story({
    data: {
      commit,
      ref,
      deployment: deployments(`
        id | sha | at
        d1 | m1  | 05 12:00
        d2 | m2  | 06 12:00
        d3 | m2  | 08 12:00
        d4 | m3  | 09 12:00`),
    },
  });
  expect(await waves(warehouse)).toEqual([
    "d1 deployment",
    "d2 deployment",
    "d3 redeployment",
    "d4 deployment",
  ]);
  expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: ["m2"], d3: [], d4: ["m3"] });
});

test("without a commit graph a redeployment carries no changes either", async () => {
  const warehouse = await story({
    data: {
      change: records(`
        id | repository | merged_at
        1  | api        | 06 09:00
        2  | api        | 07 09:00`),
      deployment: deployments(`
        id | version | at
        d1 | 1       | 05 12:00
        d2 | 2       | 06 12:00
        d3 | 2       | 08 12:00
        d4 | 3       | 09 12:00`),
    },
  });
  // Change 2 was merged between the two deployments of version 2: it is in version 3.
  expect(await shipped(warehouse)).toEqual({ d1: [], d2: ["1"], d3: [], d4: ["2"] });
});

function attempts(warehouse: Awaited<ReturnType<typeof story>>): Promise<string[]> {
  return warehouse
    .rows<{ told: string }>(
      `select replace(deployment_id, 'data:', '') || ' ' || case when live_at is null then status else 'live' end as told
       from model.deployment order by started_at, deployment_id`,
    )
    .then((rows) => rows.map(({ told }) => told));
}
