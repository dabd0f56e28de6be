import { describe, expect, test } from "vitest";
import {
  changes,
  commits,
  deployments,
  mainAt,
  records,
  shipped,
  story,
  waves,
  withdrawn,
} from "../story.ts";

/**
 * m1 - m2 - m3 - m4 - m5     main
 *       \
 *        b1 - b2             release/1.x: b1 is its own pull request, b2 a cherry-pick of m4
 */
const graph = {
  commit: commits(`
    sha | parents | at       | cherry_picked_from
    m1  |         | 05 09:00 |
    m2  | m1      | 06 09:00 |
    m3  | m2      | 07 09:00 |
    m4  | m3      | 09 09:00 |
    m5  | m4      | 12 09:00 |
    b1  | m2      | 08 09:00 |
    b2  | b1      | 10 09:00 | m4`),
  ref: mainAt("m5"),
  change: changes(`
    number | merge_sha | target_branch | merged_at
    2      | m2        | main          | 06 09:00
    3      | m3        | main          | 07 09:00
    4      | m4        | main          | 09 09:00
    5      | m5        | main          | 12 09:00
    11     | b1        | release/1.x   | 08 09:00`),
};

describe("a 1.x line that goes on after 2.0", () => {
  const deployment = deployments(`
    id    | sha | at
    1.3.0 | m1  | 05 12:00
    1.4.0 | m2  | 06 12:00
    2.0   | m3  | 07 12:00
    1.4.1 | b1  | 08 12:00
    1.4.2 | b2  | 10 12:00
    back  | b1  | 10 13:00
    2.1   | m5  | 12 12:00`);

  test("is no rollback of 2.0; going back within it is one; 2.1 goes on from 2.0", async () => {
    const warehouse = await story({ data: { ...graph, deployment } });
    expect(await waves(warehouse)).toEqual([
      "1.3.0 deployment",
      "1.4.0 deployment",
      "2.0 deployment",
      "1.4.1 deployment",
      "1.4.2 deployment",
      "back rollback of 1.4.2",
      "2.1 deployment",
    ]);
    expect(await withdrawn(warehouse)).toEqual([]);
  });

  test("ships what is only on its branch; a cherry-pick ships its change before 2.1 does", async () => {
    const warehouse = await story({ data: { ...graph, deployment } });
    expect(await shipped(warehouse)).toEqual({
      "1.3.0": ["m1?"],
      "1.4.0": ["2"],
      "2.0": ["3"],
      "1.4.1": ["11"],
      "1.4.2": ["4"],
      back: [],
      "2.1": ["5"],
    });
  });

  test("going back in it does not withdraw what another line shipped meanwhile", async () => {
    const warehouse = await story({
      data: {
        ...graph,
        deployment: deployments(`
          id    | sha | at
          1.4.0 | m2  | 06 12:00
          1.4.1 | b1  | 08 12:00
          2.0   | m4  | 09 12:00
          1.4.2 | b2  | 10 12:00
          back  | b1  | 10 13:00`),
      },
    });
    expect((await waves(warehouse)).at(-1)).toBe("back rollback of 1.4.2");
    expect(await withdrawn(warehouse)).toEqual([]);
  });

  test("going back on the main line after it is a rollback of what the main line had live", async () => {
    const warehouse = await story({
      data: {
        ...graph,
        deployment: deployments(`
          id    | sha | at
          2.0   | m3  | 07 12:00
          2.1   | m4  | 09 12:00
          1.4.1 | b1  | 09 13:00
          back  | m3  | 09 14:00`),
      },
    });
    expect((await waves(warehouse)).slice(2)).toEqual(["1.4.1 deployment", "back rollback of 2.1"]);
  });

  test("a commit that the branch was cut from is its ancestor: going there rolls the branch back", async () => {
    const warehouse = await story({
      data: {
        ...graph,
        deployment: deployments("id | sha | at\nd1 | m2 | 06 12:00\nd2 | b1 | 08 12:00\nd3 | m2 | 08 13:00"),
      },
    });
    expect((await waves(warehouse)).at(-1)).toBe("d3 rollback of d2");
  });

  // Design 3: "a commit that is no ancestor is a parallel release line": from the graph alone this cannot be told
  // from a second deployment of 1.x beside 2.0, so it is a rollback only where it is stated.
  test("going back from the main line to a branch commit that it does not contain is a redeployment, unless stated", async () => {
    const table = (statedAs: string) => `
      id | sha | at       | rollback_of
      d1 | m2  | 06 12:00 |
      d2 | b1  | 08 12:00 |
      d3 | m4  | 09 12:00 |
      d4 | b1  | 09 13:00 | ${statedAs}`;
    const unstated = await story({ data: { ...graph, deployment: deployments(table("")) } });
    expect((await waves(unstated)).at(-1)).toBe("d4 redeployment");
    const stated = await story({ data: { ...graph, deployment: deployments(table("d3")) } });
    expect((await waves(stated)).at(-1)).toBe("d4 rollback of d3");
  });
});

/**
 * m1 - m2 - m3 - m4    main
 *       \         \
 *        t1        t2  tags: a version bump that never reaches main
 */
describe("tags off the main line", () => {
  const data = {
    commit: commits(`
      sha | parents | at
      m1  |         | 05 09:00
      m2  | m1      | 06 09:00
      t1  | m2      | 06 10:00
      m3  | m2      | 07 09:00
      m4  | m3      | 08 09:00
      t2  | m4      | 08 10:00`),
    ref: mainAt("m4"),
  };

  test("ship what the main line had at their merge base, each change once", async () => {
    const warehouse = await story({
      complete: ["deployment"],
      data: { ...data, deployment: deployments("id | sha | at\nd1 | t1 | 06 12:00\nd2 | t2 | 08 12:00") },
    });
    expect(await waves(warehouse)).toEqual(["d1 deployment", "d2 deployment"]);
    // The commits t1 and t2 never reached the main line and no pull request names them: they are no changes.
    expect(await shipped(warehouse)).toEqual({ d1: ["m1", "m2"], d2: ["m3", "m4"] });
  });

  test("whose history is not known to be complete: only what was merged after the first one is known", async () => {
    // m3 was merged before d1: another deployment of the main line may have shipped it. m4 was merged after it.
    const deployment = deployments("id | sha | at\nd1 | t1 | 07 12:00\nd2 | t2 | 08 12:00");
    const warehouse = await story({ data: { ...data, deployment } });
    expect(await shipped(warehouse)).toEqual({ d1: ["m1?", "m2?"], d2: ["m3?", "m4"] });
  });
});

test("a hotfix branch that is merged back ships its pull request when the branch goes live", async () => {
  // m3 merges the branch h1 (pull request 7) back; d2 deployed h1 before that.
  const warehouse = await story({
    data: {
      commit: commits(`
        sha | parents | at       | subject
        m1  |         | 05 09:00 |
        m2  | m1      | 06 09:00 |
        h1  | m1      | 06 10:00 | Fix it
        m3  | m2; h1  | 07 09:00 | Merge pull request #7 from api/hotfix`),
      ref: mainAt("m3"),
      deployment: deployments(`
        id | sha | at
        d1 | m1  | 05 12:00
        d2 | h1  | 06 11:00
        d3 | m3  | 07 12:00`),
    },
  });
  expect(await waves(warehouse)).toEqual(["d1 deployment", "d2 deployment", "d3 deployment"]);
  // The only commit of 7 is in d2; m2 reached production with d3.
  expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: ["7"], d3: ["m2"] });
});

test("a deployment known by version only is resolved through its release", async () => {
  const warehouse = await story({
    data: {
      ...graph,
      release: records(`
        service | version | sha
        api     | 1.3.0   | m1
        api     | 2.0     | m3`),
      deployment: deployments(`
        id | version | at
        d1 | 1.3.0   | 05 12:00
        d2 | 2.0     | 07 12:00
        d3 | 1.3.0   | 07 13:00`),
    },
  });
  expect(await waves(warehouse)).toEqual(["d1 deployment", "d2 deployment", "d3 rollback of d2"]);
  expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: ["2", "3"], d3: [] });
  expect(await warehouse.rows("select distinct position_basis from model.wave")).toEqual([
    { position_basis: "graph" },
  ]);
});
