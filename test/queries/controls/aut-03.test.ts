import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const [A, B, C, D, E, F] = ["a", "b", "c", "d", "e", "f"].map((letter) => letter.repeat(40));

// A change request covers each deployment; the commits came one a day.
const LINE: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["commit", "change_request_approval", "deployment_approval"],
  data: {
    ref: `
      repository | name | kind | sha
      api        | main | main | ${F}`,
    commit: `
      repository | sha  | parents | authored_at
      api        | ${A} |         | 2026-03-01T08:00:00Z
      api        | ${B} | ${A}    | 2026-03-02T08:00:00Z
      api        | ${C} | ${B}    | 2026-03-03T08:00:00Z
      api        | ${D} | ${C}    | 2026-03-04T08:00:00Z
      api        | ${E} | ${D}    | 2026-03-05T08:00:00Z
      api        | ${F} | ${E}    | 2026-03-06T08:00:00Z`,
    change: `
      id | repository | number | opened_at            | merged_at            | merge_sha | merge_method
      m6 | api        | 6      | 2026-03-04T08:00:00Z | 2026-03-06T08:00:00Z | ${F}      | squash`,
    deployment: `
      id | service | environment | started_at           | finished_at          | status  | sha  | change_requests
      d0 | api     | production  | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success | ${A} |
      d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | ${B} | C1
      d2 | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | ${C} | C2
      d3 | api     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | ${D} | C3
      d4 | api     | production  | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success | ${E} | C4
      d6 | api     | production  | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success | ${F} | C6
      d7 | api     | production  | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success | ${F} | C7
      d8 | api     | production  | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success | ${F} | C8`,
    change_request: `
      id | type      | service | created_at
      C1 | normal    | api     | 2026-03-01T08:00:00Z
      C2 | normal    | api     | 2026-03-01T08:00:00Z
      C3 | normal    | api     | 2026-03-01T08:00:00Z
      C4 | normal    | api     | 2026-03-01T08:00:00Z
      C6 | normal    | api     | 2026-03-01T08:00:00Z
      C7 | emergency | api     | 2026-03-01T08:00:00Z
      C8 | normal    | api     | 2026-03-01T08:00:00Z`,
    change_request_approval: `
      id | change_request | decision | decided_at           | sha
      a1 | C1             | approved | 2026-03-02T07:00:00Z | bbbbbbbbbb
      a2 | C2             | approved | 2026-03-03T09:00:00Z |
      a3 | C3             | approved | 2026-03-04T07:00:00Z |
      a4 | C4             | approved | 2026-03-05T09:00:00Z | ${D}
      a6 | C6             | approved | 2026-03-05T08:00:00Z |
      a8 | C8             | rejected | 2026-03-07T08:00:00Z |`,
    deployment_approval: `
      id | deployment | decision | decided_at
      x0 | d0         | approved | 2026-03-01T11:00:00Z`,
  },
};

test("what was approved is what was deployed, by its commit or by what was written since", async () => {
  expect(await judged("AUT-03", LINE)).toEqual([
    {
      unit: "data:d0",
      status: "pass",
      reason: "Only the approval of this very deployment stands for it, and that names no commit.",
    },
    { unit: "data:d1", status: "pass", reason: "An approval names the commit that was deployed." },
    { unit: "data:d2", status: "pass", reason: "No commit in the deployment is later than its approval." },
    { unit: "data:d3", status: "fail", reason: "1 commit was added to the deployment after its last approval, such as dddddddddddd." },
    { unit: "data:d4", status: "fail", reason: "The approval is of commit dddddddddddd, but the deployment brought commit eeeeeeeeeeee." },
    { unit: "data:d6", status: "unknown", reason: "The approval names no commit, and when the commits in the deployment were written is not known." },
    { unit: "data:d7", status: "not_applicable", reason: "The deployment goes by an emergency request, which EMG-01 judges." },
    { unit: "data:d8", status: "fail", reason: "No approval from before the deployment began was found that its commit could be compared with." },
  ]);
});

test("what passes by the approval of the deployment alone says so, and what its request's approval had not seen", async () => {
  const gated = { ...LINE.data, deployment_approval: `${String(LINE.data.deployment_approval)}
      x3 | d3         | approved | 2026-03-04T11:00:00Z` };
  const found = await judged("AUT-03", { ...LINE, data: gated });
  expect(found.find(({ unit }) => unit === "data:d3")).toEqual({
    unit: "data:d3",
    status: "pass",
    reason:
      "Only the approval of this very deployment stands for it, and that names no commit. The approval of its change request is from before 1 commit was added, such as dddddddddddd.",
  });
});

test("without commits nothing passes, and without approvals nobody knows", async () => {
  const { commit: _, ref: __, ...uncommitted } = LINE.data;
  const found = await statuses("AUT-03", { ...LINE, data: uncommitted, complete: ["change_request_approval"] });
  expect(Object.values(found)).not.toContain("pass");
  expect(found).toMatchObject({ "data:d2": "unknown", "data:d3": "unknown" });
  const { change_request_approval: ___, ...unapproved } = LINE.data;
  expect(await statuses("AUT-03", { ...LINE, data: unapproved, complete: ["commit"] })).toMatchObject({
    "data:d1": "unknown",
    "data:d2": "unknown",
    "data:d3": "unknown",
  });
});
