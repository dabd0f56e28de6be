import { describe, expect, test } from "vitest";
import { metric } from "../../support/history.ts";
import { changes, commits, deployments, mainAt, records, shipped, story, waves } from "../story.ts";

const graph = {
  commit: commits(`
    sha | parents | at
    m1  |         | 05 09:00
    m2  | m1      | 06 09:00
    m3  | m2      | 07 09:00`),
  ref: mainAt("m3"),
};

describe("what is dated after the as-of instant", () => {
  const deployment = records(`
    id | service | environment | sha | started_at | finished_at | status
    d1 | api     | production  | m1  | 05 12:00   | 05 12:30    | success
    d2 | api     | production  | m2  | 06 11:50   | 06 12:00    | success
    d3 | api     | production  | m3  | 07 12:00   | 07 12:30    | success`);

  test("has not happened: a deployment that ends at or after it is still running, a later one is not there", async () => {
    const warehouse = await story({ asOf: "2026-01-06T12:00:00Z", data: { ...graph, deployment } });
    expect(await waves(warehouse)).toEqual(["d1 deployment"]);
    expect(
      await warehouse.rows("select native_id, status, finished_at from model.deployment order by native_id"),
    ).toEqual([
      { native_id: "d1", status: "success", finished_at: "2026-01-05T12:30:00Z" },
      { native_id: "d2", status: "in_progress", finished_at: null },
    ]);
  });

  test("a second later the deployment has happened", async () => {
    const warehouse = await story({ asOf: "2026-01-06T12:00:01Z", data: { ...graph, deployment } });
    expect(await waves(warehouse)).toEqual(["d1 deployment", "d2 deployment"]);
  });

  test("a change merged later neither waits nor ships", async () => {
    const warehouse = await story({
      asOf: "2026-01-06T23:00:00Z",
      data: {
        ...graph,
        deployment,
        change: changes(`
          number | merge_sha | merged_at
          2      | m2        | 06 09:00
          3      | m3        | 07 09:00`),
      },
    });
    expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: ["2"] });
    expect(await metric(warehouse, "change_lead_time")).toMatchObject({ pending: 0 });
  });

  test("a failed attempt of tomorrow makes no rollback today", async () => {
    const warehouse = await story({
      asOf: "2026-01-06T23:00:00Z",
      data: {
        ...graph,
        deployment: deployments(`
          id | sha | at       | status
          d1 | m1  | 05 12:00 |
          d2 | m1  | 06 12:00 |
          d3 | m2  | 07 12:00 | failure`),
      },
    });
    expect(await waves(warehouse)).toEqual(["d1 deployment", "d2 redeployment"]);
  });

  test("a copy of a wave that goes live later does not complete it yet", async () => {
    const environments = {
      europe: { kind: "production" as const, wave: "everywhere" },
      asia: { kind: "production" as const, wave: "everywhere" },
    };
    const warehouse = await story({
      asOf: "2026-01-05T13:00:00Z",
      config: { environments },
      data: {
        deployment: deployments(`
          id | version | at       | environment
          d1 | 1.0     | 05 12:00 | europe
          d2 | 1.0     | 05 14:00 | asia`),
      },
    });
    expect(await warehouse.rows("select copies, completed_at from model.wave")).toEqual([
      { copies: 1, completed_at: "2026-01-05T12:00:00Z" },
    ]);
  });
});
