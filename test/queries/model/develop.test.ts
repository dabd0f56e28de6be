import { describe, expect, test } from "vitest";
import { changes, commits, deployments, mainAt, shipped, story } from "../story.ts";

/**
 * m1 ------------------------------------- m2          main; m2 merges develop and has no number
 *   \                                     /
 *    d1 -- d2 ---------- d3 -- d4 ------ d5            develop
 *     \   /                             /
 *      f1 ---- (f1) -- g1 -------------                d2 merges #1 (f1), d5 merges #3 (g1, begun from f1)
 */
const data = {
  commit: commits(`
    sha | parents | at       | subject
    m1  |         | 05 09:00 | Begin
    d1  | m1      | 06 09:00 | Plain commit
    f1  | d1      | 06 10:00 | Search
    d2  | d1; f1  | 06 12:00 | Merge pull request #1 from api/search
    d3  | d2      | 07 09:00 | Paging (#2)
    d4  | d3      | 07 10:00 | Another plain commit
    g1  | f1      | 06 11:00 | Search more
    d5  | d4; g1  | 08 09:00 | Merge pull request #3 from api/more
    m2  | m1; d5  | 09 09:00 | Merge branch 'develop'`),
  ref: mainAt("m2"),
  deployment: deployments(`
    id | sha | at
    w1 | m1  | 05 12:00
    w2 | m2  | 09 12:00`),
};

describe("commits that reach main through develop", () => {
  test("are the changes that develop was made of; the merge without a number is none", async () => {
    const warehouse = await story({ data });
    expect(await shipped(warehouse)).toEqual({ w1: ["m1?"], w2: ["1", "2", "3", "d1", "d4"] });
    expect(
      await warehouse.rows("select distinct position from model.change where native_id <> 'm1'"),
    ).toEqual([{ position: 2 }]);
  });

  test("belong to the pull request whose merge brought them in first", async () => {
    const warehouse = await story({ data });
    const owned = await warehouse.rows(
      `select c.native_id as change, list_sort(list(m.sha)) as commits
       from model.change_commit as m join model.change as c on c.change_id = m.change_id
       where c.number is not null group by c.native_id order by c.native_id`,
    );
    // f1 is in the branch of #3 as well, but #1 had merged it before.
    expect(owned).toEqual([
      { change: "1", commits: ["d2", "f1"] },
      { change: "2", commits: ["d3"] },
      { change: "3", commits: ["d5", "g1"] },
    ]);
  });

  test("are the pull requests that the source reports, where it reports them", async () => {
    const reported = {
      ...data,
      change: changes(`
        number | merge_sha | target_branch | opened_at | merged_at
        1      | d2        | develop       | 06 11:00  | 06 12:00
        2      | d3        | develop       | 07 08:00  | 07 09:00
        3      | d5        | develop       | 07 08:00  | 08 09:00
        4      | x1        | develop       | 09 10:00  | 09 11:00`),
    };
    const warehouse = await story({ data: reported });
    expect(await shipped(warehouse)).toEqual({ w1: ["m1?"], w2: ["1", "2", "3", "d1", "d4"] });
    // #4 was merged into develop, whose merge to main is still to come: it is not on the main line, so it does not wait for a deployment.
    expect(await warehouse.rows("select change_id from metrics.waiting_change")).toEqual([]);
  });
});

test("develop that merges main back into itself keeps its own commits", async () => {
  // d2 merges m2 (a hotfix, #9) back; m3 merges develop. m2 is on the main line already.
  const warehouse = await story({
    data: {
      commit: commits(`
        sha | parents | at       | subject
        m1  |         | 05 09:00 |
        d1  | m1      | 06 09:00 | Plain commit
        m2  | m1      | 06 10:00 | Hotfix (#9)
        d2  | d1; m2  | 06 11:00 | Merge branch 'main' into develop
        d3  | d2      | 07 09:00 | Feature (#10)
        m3  | m2; d3  | 08 09:00 | Merge branch 'develop'`),
      ref: mainAt("m3"),
      deployment: deployments(`
        id | sha | at
        w1 | m1  | 05 12:00
        w2 | m2  | 06 12:00
        w3 | m3  | 08 12:00`),
    },
  });
  expect(await shipped(warehouse)).toEqual({ w1: ["m1?"], w2: ["9"], w3: ["10", "d1"] });
});

test("a pull request merged into the branch of another one is a change of its own", async () => {
  // #2 was merged into the branch of #1, then #1 into main.
  const warehouse = await story({
    data: {
      commit: commits(`
        sha | parents | at       | subject
        m1  |         | 05 09:00 |
        f1  | m1      | 06 09:00 | Search
        g1  | f1      | 06 10:00 | Search more
        f2  | f1; g1  | 06 11:00 | Merge pull request #2 from api/more
        m2  | m1; f2  | 07 09:00 | Merge pull request #1 from api/search`),
      ref: mainAt("m2"),
      deployment: deployments("id | sha | at\nw1 | m1 | 05 12:00\nw2 | m2 | 07 12:00"),
    },
  });
  expect(await shipped(warehouse)).toEqual({ w1: ["m1?"], w2: ["1", "2"] });
});
