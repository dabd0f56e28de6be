import { expect, test } from "vitest";
import { commits, deployments, mainAt, shipped, story, waves, withdrawn } from "../story.ts";

const environments = {
  europe: { kind: "production" as const, wave: "everywhere" },
  asia: { kind: "production" as const, wave: "everywhere" },
};

const inCopies = (table: string, config = {}) =>
  story({
    config: { environments, ...config },
    data: {
      commit: commits(`
        sha | parents | at
        m1  |         | 05 09:00
        m2  | m1      | 06 09:00
        m3  | m2      | 07 09:00`),
      ref: mainAt("m3"),
      deployment: deployments(table),
    },
  });

const extent = (warehouse: Awaited<ReturnType<typeof story>>, wave: string) =>
  warehouse.rows(
    "select live_at, completed_at, copies, attempts, environment from model.wave where wave_id = ?",
    [`data:${wave}`],
  );

test("copies of an environment form one wave: live at the first success, complete at the last, counted once", async () => {
  const warehouse = await inCopies(`
    id | sha | at       | environment
    d1 | m1  | 05 12:00 | europe
    d2 | m1  | 05 18:00 | asia
    d3 | m2  | 06 12:00 | asia
    d4 | m2  | 06 13:00 | europe`);
  // Exactly the gap of 6 h between d1 and d2 still is one wave.
  expect(await waves(warehouse)).toEqual(["d1 deployment", "d3 deployment"]);
  expect(await extent(warehouse, "d1")).toEqual([
    {
      live_at: "2026-01-05T12:00:00Z",
      completed_at: "2026-01-05T18:00:00Z",
      copies: 2,
      attempts: 2,
      environment: "everywhere",
    },
  ]);
});

test("a pause longer than the gap begins another wave, which carries nothing", async () => {
  const warehouse = await inCopies(`
    id | sha | at       | environment
    d1 | m1  | 05 12:00 | europe
    d2 | m1  | 05 18:01 | asia
    d3 | m2  | 06 12:00 | asia`);
  expect(await waves(warehouse)).toEqual(["d1 deployment", "d2 redeployment", "d3 deployment"]);
  expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: [], d3: ["m2"] });
});

test("the gap is that of the configuration", async () => {
  const table = `
    id | sha | at       | environment
    d1 | m1  | 05 12:00 | europe
    d2 | m1  | 05 12:20 | asia`;
  expect(await waves(await inCopies(table, { metrics: { wave_gap: "15m" } }))).toHaveLength(2);
  expect(await waves(await inCopies(table, { metrics: { wave_gap: "20m" } }))).toHaveLength(1);
});

test("a copy that receives the commit again within the gap begins another wave", async () => {
  const warehouse = await inCopies(`
    id | sha | at       | environment
    d1 | m1  | 05 12:00 | europe
    d2 | m1  | 05 12:10 | asia
    d3 | m1  | 05 13:00 | asia
    d4 | m1  | 05 13:10 | europe`);
  expect(await waves(warehouse)).toEqual(["d1 deployment", "d3 redeployment"]);
  expect(await extent(warehouse, "d3")).toMatchObject([{ completed_at: "2026-01-05T13:10:00Z", copies: 2 }]);
});

test("a commit tried in one copy and taken back there is a rollback of that wave", async () => {
  const warehouse = await inCopies(`
    id | sha | at       | environment
    d1 | m1  | 05 12:00 | europe
    d2 | m1  | 05 12:10 | asia
    d3 | m2  | 06 12:00 | europe
    d4 | m1  | 06 12:30 | europe`);
  expect(await waves(warehouse)).toEqual(["d1 deployment", "d3 deployment", "d4 rollback of d3"]);
  expect(await withdrawn(warehouse)).toEqual([]);
});

test("waves of two commits may overlap: each is complete where its last copy is", async () => {
  const warehouse = await inCopies(`
    id | sha | at       | environment
    d1 | m1  | 05 12:00 | europe
    d2 | m2  | 06 12:00 | europe
    d3 | m3  | 07 10:00 | europe
    d4 | m2  | 06 14:00 | asia
    d5 | m3  | 07 11:00 | asia`);
  expect(await waves(warehouse)).toEqual(["d1 deployment", "d2 deployment", "d3 deployment"]);
  expect(await extent(warehouse, "d2")).toMatchObject([{ completed_at: "2026-01-06T14:00:00Z" }]);
});

test("a copy that lags behind goes forward: an older commit is no rollback where the newer one never was", async () => {
  const warehouse = await inCopies(`
    id | sha | at       | environment
    d1 | m1  | 05 12:00 | europe
    d2 | m2  | 06 12:00 | europe
    d3 | m1  | 06 13:00 | asia
    d4 | m3  | 07 12:00 | europe
    d5 | m2  | 07 13:00 | asia`);
  expect(await waves(warehouse)).toEqual([
    "d1 deployment",
    "d2 deployment",
    "d3 deployment",
    "d4 deployment",
    "d5 deployment",
  ]);
});

test("a copy that is taken back rolls back what it had, not what others have", async () => {
  const warehouse = await inCopies(`
    id | sha | at       | environment
    d1 | m1  | 05 12:00 | europe
    d2 | m1  | 05 13:00 | asia
    d3 | m2  | 06 12:00 | asia
    d4 | m3  | 06 13:00 | europe
    d5 | m1  | 06 14:00 | asia`);
  expect((await waves(warehouse)).slice(2)).toEqual(["d4 deployment", "d5 rollback of d3"]);
});

test("an older commit that follows the last copy of a wave rolls it back", async () => {
  const warehouse = await inCopies(`
    id | sha | at       | environment
    d1 | m1  | 05 12:00 | europe
    d2 | m3  | 06 12:00 | europe
    d3 | m3  | 06 13:00 | asia
    d4 | m2  | 06 14:00 | asia`);
  expect((await waves(warehouse)).slice(1)).toEqual(["d2 deployment", "d4 rollback of d2"]);
});

test("production environments without a common wave are counted each", async () => {
  const apart = { europe: { kind: "production" as const }, asia: { kind: "production" as const } };
  const table = `
    id | sha | at       | environment
    d1 | m1  | 05 12:00 | europe
    d2 | m1  | 05 12:10 | asia
    d3 | m2  | 06 12:00 | asia
    d4 | m1  | 06 12:30 | asia`;
  const warehouse = await inCopies(table, { environments: apart });
  // What is live in Europe says nothing of Asia: d4 rolls back d3, and d2 is no redeployment of d1.
  expect(await waves(warehouse)).toEqual([
    "d1 deployment",
    "d2 deployment",
    "d3 deployment",
    "d4 rollback of d3",
  ]);
  expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: [], d3: ["m2"], d4: [] });
});
