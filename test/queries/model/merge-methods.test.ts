import { describe, expect, test } from "vitest";
import { changes, commits, deployments, leadTimes, mainAt, shipped, story } from "../story.ts";

const M1 = "m1 | | 05 09:00 | 05 09:00 | Begin";

/** A history of which everything after m1 is told: `sha | parents | authored_at | committed_at | subject`. */
const graph = (main: string, ...lines: string[]) => ({
  commit: commits(["sha | parents | authored_at | committed_at | subject", M1, ...lines].join("\n")),
  ref: mainAt(main),
});

const deployed = (...lines: string[]) =>
  deployments(["id | sha | at", "d1 | m1 | 05 12:00", ...lines].join("\n"));

describe("squash", () => {
  const squashed = graph("m2", "m2 | m1 | 07 10:00 | 07 10:00 | Search (#1)");

  test("with the pull request known: from its first commit", async () => {
    const warehouse = await story({
      data: {
        ...squashed,
        change: changes(`
          number | merge_sha | first_commit_at | opened_at | first_review_at | merged_at
          1      | m2        | 06 08:00        | 06 18:00  | 07 08:00        | 07 10:00`),
        deployment: deployed("d2 | m2 | 07 12:00"),
      },
    });
    // Coding 06 08:00-18:00 = 10 h, pickup until 07 08:00 = 14 h, review until 10:00 = 2 h, live at 12:00 = 2 h: 28 h.
    expect(await leadTimes(warehouse)).toEqual({
      1: {
        basis: "first commit",
        lead: 28,
        coding: 10,
        pickup: 14,
        review: 2,
        no_review: 0,
        merge_to_live: 2,
      },
    });
  });

  test("with the pull request known but not its first commit: from its opening, another kind of figure", async () => {
    const warehouse = await story({
      data: {
        ...squashed,
        change: changes(`
          number | merge_sha | merge_method | commit_count | opened_at | merged_at
          1      | m2        | squash       | 3            | 06 18:00  | 07 10:00`),
        deployment: deployed("d2 | m2 | 07 12:00"),
      },
    });
    // Nobody reviewed it: the 16 h from opening to merge are "no review".
    expect(await leadTimes(warehouse)).toEqual({
      1: { basis: "opened", lead: 18, coding: 0, pickup: 0, review: 0, no_review: 16, merge_to_live: 2 },
    });
  });

  test("with no pull request known: from the merge, since squashing hides the rest", async () => {
    const warehouse = await story({
      data: { ...squashed, deployment: deployed("d2 | m2 | 07 12:00") },
    });
    expect(await leadTimes(warehouse)).toEqual({
      1: { basis: "merge", lead: 2, coding: 0, pickup: 0, review: 0, no_review: 0, merge_to_live: 2 },
    });
  });
});

describe("merge commit", () => {
  const merged = graph(
    "m2",
    "f1 | m1 | 06 08:00 | 06 08:00 | Search",
    "f2 | f1 | 06 09:00 | 06 09:00 | Search more",
    "m2 | m1; f2 | 07 10:00 | 07 10:00 | Merge pull request #1 from api/search",
  );

  test("shows the first commit by itself", async () => {
    const warehouse = await story({
      data: { ...merged, deployment: deployed("d2 | m2 | 07 12:00") },
    });
    // 06 08:00 -> 07 12:00 = 28 h, merged at 10:00: coding 26 h, since nothing is known of opening and review.
    expect(await leadTimes(warehouse)).toEqual({
      1: {
        basis: "first commit",
        lead: 28,
        coding: 26,
        pickup: 0,
        review: 0,
        no_review: 0,
        merge_to_live: 2,
      },
    });
  });

  test("is one change, also where the source reports the pull request", async () => {
    const warehouse = await story({
      data: {
        ...merged,
        change: changes("number | merge_sha | opened_at | merged_at\n1 | m2 | 06 10:00 | 07 10:00"),
        deployment: deployed("d2 | m2 | 07 12:00"),
      },
    });
    expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: ["1"] });
    expect(await leadTimes(warehouse)).toMatchObject({
      1: { basis: "first commit", lead: 28, coding: 2, no_review: 24 },
    });
  });
});

describe("merge queue", () => {
  test("linear: one commit for each pull request", async () => {
    const warehouse = await story({
      data: {
        ...graph(
          "m3",
          "m2 | m1 | 06 09:00 | 06 09:00 | Search (#1)",
          "m3 | m2 | 06 09:00 | 06 09:00 | Paging (#2)",
        ),
        deployment: deployed("d2 | m2 | 06 12:00", "d3 | m3 | 06 13:00"),
      },
    });
    expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: ["1"], d3: ["2"] });
  });

  test("a merge commit that brings several pull requests at once, told by their own merges", async () => {
    const warehouse = await story({
      data: {
        ...graph(
          "m2",
          "f1 | m1 | 06 08:00 | 06 08:00 | Search",
          "q1 | m1; f1 | 06 10:00 | 06 10:00 | Merge pull request #1 from api/search",
          "q2 | q1 | 06 11:00 | 06 11:00 | Paging (#2)",
          "m2 | m1; q2 | 06 12:00 | 06 12:00 | Merge queue",
        ),
        deployment: deployed("d2 | m2 | 06 13:00"),
      },
    });
    expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: ["1", "2"] });
  });

  test("a merge commit that is the merge commit of several reported pull requests", async () => {
    const warehouse = await story({
      data: {
        ...graph(
          "m2",
          "f1 | m1 | 06 08:00 | 06 08:00 | Search",
          "g1 | m1 | 06 09:00 | 06 09:00 | Paging",
          "m2 | m1; f1; g1 | 06 12:00 | 06 12:00 | Merge #1 #2",
        ),
        change: changes(`
          number | merge_sha | merge_method | commits | opened_at | merged_at
          1      | m2        | merge        | f1      | 06 10:00  | 06 12:00
          2      | m2        | merge        | g1      | 06 10:00  | 06 12:00`),
        deployment: deployed("d2 | m2 | 06 13:00"),
      },
    });
    expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: ["1", "2"] });
    // Each from its own commit: 08:00 -> 13:00 and 09:00 -> 13:00.
    expect(await leadTimes(warehouse)).toMatchObject({
      1: { basis: "first commit", lead: 5 },
      2: { basis: "first commit", lead: 4 },
    });
  });
});

describe("rebase", () => {
  test("keeps the commits of one pull request together; what was authored after the opening is no negative coding time", async () => {
    // The commits were amended after the pull request was opened at 08:00: authored 09:00 and 10:00.
    const warehouse = await story({
      data: {
        ...graph(
          "m3",
          "m2 | m1 | 06 09:00 | 06 12:00 | Search",
          "m3 | m2 | 06 10:00 | 06 12:00 | Search more",
        ),
        change: changes(`
          number | merge_sha | merge_method | commit_count | opened_at | first_review_at | merged_at
          1      | m3        | rebase       | 2            | 06 08:00  | 06 11:00        | 06 12:00`),
        deployment: deployed("d2 | m3 | 06 14:00"),
      },
    });
    expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: ["1"] });
    // From 09:00; opened is clamped to 09:00: coding 0, pickup 2 h, review 1 h, live 2 h after the merge.
    expect(await leadTimes(warehouse)).toEqual({
      1: { basis: "first commit", lead: 5, coding: 0, pickup: 2, review: 1, no_review: 0, merge_to_live: 2 },
    });
  });

  test("a deployment of its first commit alone does not contain the pull request", async () => {
    const warehouse = await story({
      data: {
        ...graph(
          "m3",
          "m2 | m1 | 06 09:00 | 06 12:00 | Search",
          "m3 | m2 | 06 10:00 | 06 12:00 | Search more",
        ),
        change: changes(
          "number | merge_sha | merge_method | commit_count | merged_at\n1 | m3 | rebase | 2 | 06 12:00",
        ),
        deployment: deployed("d2 | m2 | 06 14:00", "d3 | m3 | 06 15:00"),
      },
    });
    expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: [], d3: ["1"] });
  });
});

describe("cherry-pick onto a release branch", () => {
  const line = ["m2 | m1 | 06 09:00 | 06 09:00 | Search (#1)", "m3 | m2 | 07 09:00 | 07 09:00 | Paging (#2)"];
  const deployment = deployed("d2 | r1 | 07 12:00", "d3 | m3 | 08 12:00");

  test("ships the change with the branch, by the trailer", async () => {
    const data = graph("m3", ...line);
    const picked = commits(`
      sha | parents | at       | cherry_picked_from
      r1  | m1      | 07 10:00 | m3`);
    const warehouse = await story({ data: { ...data, commit: [data.commit, picked], deployment } });
    expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: ["2"], d3: ["1"] });
  });

  test("without a trailer ships nothing that could be known", async () => {
    const data = graph("m3", ...line, "r1 | m1 | 07 09:00 | 07 10:00 | Paging (#2)");
    const warehouse = await story({ data: { ...data, deployment } });
    expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: [], d3: ["1", "2"] });
  });
});

describe("deployed before merged", () => {
  test("the merge is clamped to the deployment: no stage is negative", async () => {
    // The commit went live at 11:00 and reached main, fast-forward, at 12:00.
    const warehouse = await story({
      data: {
        ...graph("m2", "m2 | m1 | 06 08:00 | 06 08:00 | Search"),
        change: changes(
          "number | merge_sha | opened_at | first_review_at | merged_at\n1 | m2 | 06 09:00 | 06 11:30 | 06 12:00",
        ),
        deployment: deployed("d2 | m2 | 06 11:00"),
      },
    });
    // Opened 09:00, live 11:00: 2 h. The review, at 11:30, is clamped to the deployment as the merge is: all of it is pickup.
    expect(await leadTimes(warehouse)).toEqual({
      1: { basis: "opened", lead: 2, coding: 0, pickup: 2, review: 0, no_review: 0, merge_to_live: 0 },
    });
  });

  test("from the branch: the commit itself was live, though its merge was not", async () => {
    const warehouse = await story({
      data: {
        ...graph(
          "m2",
          "f1 | m1 | 06 08:00 | 06 08:00 | Search",
          "m2 | m1; f1 | 06 12:00 | 06 12:00 | Merge pull request #1 from api/search",
        ),
        deployment: deployed("d2 | f1 | 06 11:00", "d3 | m2 | 06 13:00"),
      },
    });
    expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: ["1"], d3: [] });
    expect(await leadTimes(warehouse)).toMatchObject({ 1: { lead: 3, merge_to_live: 0 } });
  });
});

test("a commit on the main line without a pull request is a change from its author date on", async () => {
  const warehouse = await story({
    data: {
      ...graph("m2", "m2 | m1 | 06 08:00 | 06 10:00 | Plain"),
      deployment: deployed("d2 | m2 | 06 11:00"),
    },
  });
  expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: ["m2"] });
  // Nobody was asked to review it: coding until it was committed, then live.
  expect(await leadTimes(warehouse)).toEqual({
    m2: { basis: "first commit", lead: 3, coding: 2, pickup: 0, review: 0, no_review: 0, merge_to_live: 1 },
  });
});
