import { describe, expect, test } from "vitest";
import { commits, deployments, mainAt, story } from "../story.ts";

const DEPLOYED = deployments(`
  id | sha | at
  w1 | c1  | 05 12:00
  w2 | c4  | 09 12:00`);

// Git cannot write them; files and mended exports can, and one of them ended every build.
describe("parents that lead back to their child", () => {
  test.each([
    ["a commit that is its own parent", "c1", "c1; c1", { c1: 1, c2: 2, c3: 3, c4: 4 }],
    ["a line that comes back from its first commit", "c3", "c1", { c1: 1, c2: 2, c3: 3, c4: 4 }],
    ["a line that comes back to its newest commit", "c4", "c1", { c1: 1, c2: 2, c3: 3, c4: 4 }],
    ["a line that leaves out a part of itself", "", "c3", { c2: 1, c3: 2, c4: 3 }],
  ])("%s: the line is laid out once around", async (_, ofFirst, ofSecond, positions) => {
    const warehouse = await story({
      data: {
        commit: commits(`
          sha | parents    | at       | subject
          c1  | ${ofFirst} | 01 09:00 | One
          c2  | ${ofSecond} | 02 09:00 | Two
          c3  | c2         | 03 09:00 | Three
          c4  | c3         | 04 09:00 | Four`),
        ref: mainAt("c4"),
        deployment: DEPLOYED,
      },
    });
    const rows = await warehouse.rows<{ sha: string; position: number }>(
      "select sha, mainline_position as position from model.mainline_commit order by sha",
    );
    expect(Object.fromEntries(rows.map(({ sha, position }) => [sha, position]))).toEqual(positions);
    expect(rows).toHaveLength(Object.keys(positions).length);
  });

  test("beside the main line, where merges bring them in", async () => {
    const warehouse = await story({
      data: {
        commit: commits(`
          sha | parents | at       | subject
          c1  |         | 01 09:00 | One
          s1  | s2; s3  | 02 09:00 | Side
          s2  | s1      | 02 10:00 | Side
          s3  | s2; s3  | 02 11:00 | Side
          c4  | c1; s3  | 04 09:00 | Merge`),
        ref: mainAt("c4"),
        deployment: DEPLOYED,
      },
    });
    expect(await warehouse.rows("select sha, mainline_position as position from model.commit_position order by sha")).toEqual([
      { sha: "c1", position: 1 },
      { sha: "c4", position: 2 },
      { sha: "s1", position: 2 },
      { sha: "s2", position: 2 },
      { sha: "s3", position: 2 },
    ]);
  });
});
