import { describe, expect, test } from "vitest";
import { commits, deployments, mainAt, shipped, story, waves, withdrawn } from "../story.ts";

const graph = {
  commit: commits(`
    sha | parents | at
    m1  |         | 05 09:00
    m2  | m1      | 06 09:00
    m3  | m2      | 07 09:00
    m4  | m3      | 08 09:00`),
  ref: mainAt("m4"),
};

const withDeployments = (table: string, config = {}) =>
  story({ config, data: { ...graph, deployment: deployments(table) } });

describe("a deployment of an older commit", () => {
  test("rolls back what was live, and the way forward again is a deployment without changes", async () => {
    const warehouse = await withDeployments(`
      id | sha | at
      d1 | m1  | 05 12:00
      d2 | m2  | 06 12:00
      d3 | m1  | 06 13:00
      d4 | m2  | 06 14:00
      d5 | m3  | 07 12:00`);
    expect(await waves(warehouse)).toEqual([
      "d1 deployment",
      "d2 deployment",
      "d3 rollback of d2",
      "d4 deployment",
      "d5 deployment",
    ]);
    expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: ["m2"], d3: [], d4: [], d5: ["m3"] });
    expect(await withdrawn(warehouse)).toEqual([]);
  });

  test("past two deployments: the live one failed, the earlier one is withdrawn", async () => {
    const warehouse = await withDeployments(`
      id | sha | at
      d1 | m1  | 05 12:00
      d2 | m2  | 06 12:00
      d3 | m3  | 07 12:00
      d4 | m1  | 07 13:00`);
    expect(await waves(warehouse)).toContain("d4 rollback of d3");
    expect(await withdrawn(warehouse)).toEqual(["d2 by d4"]);
  });

  test("that was itself never deployed takes with it what came after it", async () => {
    // m2 never was in production by itself; going back to it removes m3 and m4.
    const warehouse = await withDeployments(`
      id | sha | at
      d1 | m1  | 05 12:00
      d2 | m3  | 07 12:00
      d3 | m4  | 08 12:00
      d4 | m2  | 08 13:00`);
    expect(await waves(warehouse)).toContain("d4 rollback of d3");
    expect(await withdrawn(warehouse)).toEqual(["d2 by d4"]);
  });

  test("in two steps: each step takes out what was live, and nothing is withdrawn twice", async () => {
    const warehouse = await withDeployments(`
      id | sha | at
      d1 | m1  | 05 12:00
      d2 | m2  | 06 12:00
      d3 | m3  | 07 12:00
      d4 | m2  | 07 13:00
      d5 | m1  | 07 14:00`);
    // d4 was live when d5 rolled back; d3 had been taken out by d4 already, d2 (m2) goes with d5.
    expect((await waves(warehouse)).slice(3)).toEqual(["d4 rollback of d3", "d5 rollback of d4"]);
    expect(await withdrawn(warehouse)).toEqual(["d2 by d5"]);
  });
});

describe("after an attempt that failed", () => {
  test("the last good commit again is a rollback of something that never went live", async () => {
    const warehouse = await withDeployments(`
      id | sha | at       | status
      d1 | m1  | 05 12:00 |
      d2 | m2  | 06 12:00 | failure
      d3 | m1  | 06 13:00 |`);
    // No deployment that counts has failed: d2 never went live.
    expect(await waves(warehouse)).toEqual(["d1 deployment", "d3 rollback"]);
  });

  test("an older commit than the last good one rolls back the last good one", async () => {
    const warehouse = await withDeployments(`
      id | sha | at       | status
      d1 | m1  | 05 12:00 |
      d2 | m2  | 06 12:00 |
      d3 | m3  | 07 12:00 | failure
      d4 | m1  | 07 13:00 |`);
    expect(await waves(warehouse)).toContain("d4 rollback of d2");
  });

  test("a second redeployment of the good commit is no second rollback", async () => {
    const warehouse = await withDeployments(`
      id | sha | at       | status
      d1 | m1  | 05 12:00 |
      d2 | m2  | 06 12:00 | failure
      d3 | m1  | 06 13:00 |
      d4 | m1  | 06 20:00 |`);
    expect(await waves(warehouse)).toEqual(["d1 deployment", "d3 rollback", "d4 redeployment"]);
  });

  test("in another environment, or excluded by configuration, nothing is rolled back", async () => {
    const table = `
      id | sha | at       | status  | environment
      d1 | m1  | 05 12:00 |         |
      d2 | m2  | 06 12:00 | failure | staging
      d3 | m2  | 06 12:30 | failure |
      d4 | m1  | 06 13:00 |         |`;
    const metrics = { exclude_deployments: [{ id: "d3", reason: "exercise" }] };
    const environments = { production: { kind: "production" }, staging: { kind: "staging" } };
    const warehouse = await withDeployments(table, { metrics, environments });
    expect(await waves(warehouse)).toEqual(["d1 deployment", "d4 redeployment"]);
  });

  test("on the main line, a redeployment of a parallel line is no rollback", async () => {
    // m3 failed; what was good before it is m2. b1 is another line that was live beside it.
    const warehouse = await story({
      data: {
        ...graph,
        commit: [
          graph.commit,
          commits(`
          sha | parents | at
          b1  | m1      | 06 10:00`),
        ],
        deployment: deployments(`
          id | sha | at       | status
          d1 | m1  | 05 12:00 |
          d2 | b1  | 06 11:00 |
          d3 | m2  | 06 12:00 |
          d4 | m3  | 07 12:00 | failure
          d5 | b1  | 07 13:00 |`),
      },
    });
    expect((await waves(warehouse)).at(-1)).toBe("d5 redeployment");
  });
});

describe("a rollback that the source states", () => {
  test("names the failed deployment by its native id, whatever it deploys", async () => {
    // d3 deploys a newer commit (a revert, say) and says that it rolls back d2: it ships m3 all the same.
    const warehouse = await withDeployments(`
      id | sha | at       | rollback_of
      d1 | m1  | 05 12:00 |
      d2 | m2  | 06 12:00 |
      d3 | m3  | 07 12:00 | d2`);
    expect(await waves(warehouse)).toEqual(["d1 deployment", "d2 deployment", "d3 rollback of d2"]);
    expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: ["m2"], d3: ["m3"] });
  });

  test("names it by the id that the product shows", async () => {
    const warehouse = await withDeployments(`
      id | sha | at       | rollback_of
      d1 | m1  | 05 12:00 |
      d2 | m2  | 06 12:00 |
      d3 | m1  | 07 12:00 | data:d2`);
    expect(await waves(warehouse)).toContain("d3 rollback of d2");
  });

  test("of an attempt that never went live takes nothing out of service", async () => {
    const warehouse = await withDeployments(`
      id | sha | at       | status  | rollback_of
      d1 | m1  | 05 12:00 |         |
      d2 | m2  | 06 12:00 | failure |
      d3 | m1  | 06 13:00 |         | d2`);
    expect(await waves(warehouse)).toEqual(["d1 deployment", "d3 rollback"]);
  });

  test("of a deployment that nobody knows takes out what was live", async () => {
    const warehouse = await withDeployments(`
      id | sha | at       | rollback_of
      d1 | m1  | 05 12:00 |
      d2 | m2  | 06 12:00 |
      d3 | m1  | 06 13:00 | lost`);
    expect(await waves(warehouse)).toContain("d3 rollback of d2");
  });
});
