import { expect, test } from "vitest";
import { given } from "../../support/history.ts";

const commits = `
  repository | sha                                      | parents                                  | committed_at
  api        | 1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa |                                          | 2026-01-01T00:00:00Z
  api        | 2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb | 1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | 2026-01-02T00:00:00Z`;

test("an abbreviated hash of a deployment is completed from the graph", async () => {
  const warehouse = await given({
    asOf: "2026-01-31T00:00:00Z",
    data: {
      commit: commits,
      ref: `
        repository | name | kind | sha
        api        | main | main | 2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb`,
      deployment: `
        id | service | environment | sha      | finished_at          | status
        d1 | api     | production  | 1111111  | 2026-01-03T00:00:00Z | success
        d2 | api     | production  | 2222222B | 2026-01-04T00:00:00Z | success
        d3 | api     | production  | 3333333  | 2026-01-05T00:00:00Z | success`,
    },
  });
  const waves = await warehouse.rows("select sha, position, position_basis from model.wave order by live_at");
  // d1 is the first commit of the main line, d2 the second; 3333333 is in no graph: by time it holds both.
  expect(waves).toEqual([
    { sha: "1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", position: 1, position_basis: "graph" },
    { sha: "2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", position: 2, position_basis: "graph" },
    { sha: "3333333", position: 2, position_basis: "time" },
  ]);
  warehouse.close();
});

test("a deployment may say the name of a tag where others say a commit", async () => {
  const warehouse = await given({
    asOf: "2026-01-31T00:00:00Z",
    data: {
      commit: commits,
      ref: `
        repository | name    | kind   | sha
        api        | main    | main   | 2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
        api        | v1.0    | tag    | 1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        api        | v1.1    | tag    | 2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
        api        | feature | branch | 2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
        web        | v9      | tag    | 1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        api        | 2222222 | tag    | 1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa`,
      deployment: `
        id | service | environment | sha            | finished_at          | status
        d1 | api     | production  | v1.0           | 2026-01-03T00:00:00Z | success
        d2 | api     | production  | refs/tags/v1.1 | 2026-01-04T00:00:00Z | success
        d3 | api     | production  | feature        | 2026-01-05T00:00:00Z | success
        d4 | api     | production  | v9             | 2026-01-06T00:00:00Z | success
        d5 | api     | production  | 2222222        | 2026-01-07T00:00:00Z | success`,
    },
  });
  // A branch has moved since, and v9 is of another repository. 2222222 is a commit before it is a tag.
  expect(await warehouse.rows("select native_id, sha from model.deployment order by native_id")).toEqual([
    { native_id: "d1", sha: "1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
    { native_id: "d2", sha: "2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" },
    { native_id: "d3", sha: "feature" },
    { native_id: "d4", sha: "v9" },
    { native_id: "d5", sha: "2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" },
  ]);
  warehouse.close();
});
