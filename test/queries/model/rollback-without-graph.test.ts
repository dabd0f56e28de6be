import { describe, expect, test } from "vitest";
import { changes, deployments, shipped, story, waves, withdrawn } from "../story.ts";

// Versions only: an older one is one that was deployed first earlier.
const change = changes(`
  number | merged_at
  1      | 06 09:00
  2      | 07 09:00
  3      | 08 09:00`);

describe("where only versions are known", () => {
  test("a version deployed before is older than the one that is live", async () => {
    const warehouse = await story({
      data: {
        change,
        deployment: deployments(`
          id | version | at
          d1 | 1.0     | 05 12:00
          d2 | 1.1     | 06 12:00
          d3 | 1.0     | 06 13:00`),
      },
    });
    expect(await waves(warehouse)).toEqual(["d1 deployment", "d2 deployment", "d3 rollback of d2"]);
  });

  test("rolling forward again is a deployment that brings nothing new", async () => {
    const warehouse = await story({
      data: {
        change,
        deployment: deployments(`
          id | version | at
          d1 | 1.0     | 05 12:00
          d2 | 1.1     | 06 12:00
          d3 | 1.0     | 06 13:00
          d4 | 1.1     | 07 12:00
          d5 | 1.2     | 08 12:00`),
      },
    });
    expect((await waves(warehouse)).slice(3)).toEqual(["d4 deployment", "d5 deployment"]);
    // Change 2 was merged after 1.1 was first deployed: 1.1 cannot contain it, 1.2 does.
    expect(await shipped(warehouse)).toEqual({ d1: [], d2: ["1"], d3: [], d4: [], d5: ["2", "3"] });
  });

  test("a rollback past two withdraws the one between", async () => {
    const warehouse = await story({
      data: {
        deployment: deployments(`
          id | version | at
          d1 | 1.0     | 05 12:00
          d2 | 1.1     | 06 12:00
          d3 | 1.2     | 07 12:00
          d4 | 1.0     | 07 13:00`),
      },
    });
    expect((await waves(warehouse)).at(-1)).toBe("d4 rollback of d3");
    expect(await withdrawn(warehouse)).toEqual(["d2 by d4"]);
  });

  test("a version is new only in the first of two environments that it reaches", async () => {
    const environments = { europe: { kind: "production" as const }, asia: { kind: "production" as const } };
    const warehouse = await story({
      config: { environments },
      data: {
        change,
        deployment: deployments(`
          id | version | at       | environment
          d1 | 1.0     | 05 12:00 | europe
          d2 | 1.1     | 06 12:00 | europe
          d3 | 1.1     | 07 12:00 | asia
          d4 | 1.2     | 08 12:00 | europe`),
      },
    });
    expect(await waves(warehouse)).toEqual([
      "d1 deployment",
      "d2 deployment",
      "d3 deployment",
      "d4 deployment",
    ]);
    // Change 2 was merged after 1.1 went live in Europe: it is not in what Asia gets.
    expect(await shipped(warehouse)).toEqual({ d1: [], d2: ["1"], d3: [], d4: ["2", "3"] });
  });

  test("figures say that containment is read from time", async () => {
    const warehouse = await story({
      data: { change, deployment: deployments("id | version | at\nd1 | 1.0 | 06 12:00") },
    });
    expect(await warehouse.rows("select distinct position_basis from model.wave")).toEqual([
      { position_basis: "time" },
    ]);
    expect(await warehouse.rows("select distinct position_basis from model.change")).toEqual([
      { position_basis: "time" },
    ]);
  });
});
