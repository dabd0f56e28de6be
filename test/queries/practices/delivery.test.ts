import { expect, test } from "vitest";
import { given, type History } from "../../support/history.ts";
import { cutsOf, factsOf } from "../../support/measures.ts";

const minutes = (count: number) => count * 60;
const hours = (count: number) => minutes(count * 60);
const asOf = "2026-04-01T00:00:00Z";

test("a branch is as old as from first commit to merge, and as large as its lines; what is not known is no fact", async () => {
  const warehouse = await given({
    asOf,
    data: {
      change: `
        id | repository | services | first_commit_at      | merged_at            | merge_sha | additions | deletions
        c1 | api        | api      | 2026-03-02T09:00:00Z | 2026-03-03T09:00:00Z | aa1       | 10        | 5
        c2 | api        | api      | 2026-03-03T10:00:00Z | 2026-03-03T09:30:00Z | aa2       | 0         | 0
        c3 | api        | api      |                      | 2026-03-04T09:00:00Z | aa3       | 7         |
        c4 | api        | api      | 2026-03-04T09:00:00Z |                      |           | 3         | 3`,
    },
  });
  // c2 was rebased after its merge: a branch cannot be younger than nothing.
  expect(await factsOf(warehouse, "branch_age")).toEqual({ "data:api#c1": hours(24), "data:api#c2": 0 });
  expect(await factsOf(warehouse, "change_size")).toEqual({ "data:api#c1": 15, "data:api#c2": 0, "data:api#c3": null });
});

test("merge to live runs from the merge to the end of the deployment that first has it", async () => {
  const warehouse = await given({
    asOf,
    data: {
      change: `
        id | repository | services | first_commit_at      | merged_at            | merge_sha
        c1 | api        | api      | 2026-03-02T09:00:00Z | 2026-03-03T09:00:00Z | aa1`,
      deployment: `
        id | service | environment | sha | started_at           | finished_at          | status
        d0 | api     | production  | aa0 | 2026-03-01T08:00:00Z | 2026-03-01T08:10:00Z | success
        d1 | api     | production  | aa1 | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success
        d2 | api     | production  | aa2 | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success`,
    },
  });
  expect(await cutsOf(warehouse, "merge_to_live")).toEqual({ "data:api#c1 / not known": minutes(190) });
});

const REQUESTS = {
  asOf,
  data: {
    deployment: `
      id | service | environment | version | started_at           | finished_at          | status  | change_requests
      d1 | api     | production  | 2.0.0   | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | C1
      d3 | api     | production  | 2.0.1   | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success | C3`,
    release: `
      service | version | kind      | published_at
      api     | 2.0.0   | strategic | 2026-03-03T12:00:00Z
      api     | 2.0.1   |           | 2026-03-05T12:00:00Z`,
    change_request: `
      id | type      | service | created_at
      C1 | normal    | api     | 2026-03-02T12:00:00Z
      C2 | standard  | api     | 2026-03-02T12:00:00Z
      C3 | emergency | api     | 2026-03-05T11:00:00Z
      C4 |           | api     | 2026-03-06T11:00:00Z`,
    change_request_approval: `
      id | change_request | approver | decision | decided_at           | withdrawn_at
      a1 | C1             | ben      | approved | 2026-03-02T13:00:00Z |
      a2 | C1             | cem      | approved | 2026-03-03T10:00:00Z |
      a3 | C1             | dan      | approved | 2026-03-03T14:00:00Z |
      a4 | C2             | ben      | approved | 2026-03-02T11:00:00Z |
      a5 | C3             | ben      | approved | 2026-03-05T11:30:00Z | 2026-03-05T11:40:00Z
      a6 | C3             | cem      | approved | 2026-03-05T11:20:00Z |
      a7 | C4             | ben      | rejected | 2026-03-06T12:00:00Z |`,
  },
} as const satisfies History;

test("waiting for approval ends at the last one before the deployment that still holds", async () => {
  const warehouse = await given(REQUESTS);
  // C1: Cem's at 10:00 the next day; Dan's came after the start. C2 was approved before it was filed. C4 never was.
  const expected = { "data:C1 / normal": hours(22), "data:C2 / standard": 0, "data:C3 / emergency": minutes(20) };
  expect(await cutsOf(warehouse, "approval_wait")).toEqual(expected);
});

test("a release waits as long as the requests that its deployments name", async () => {
  const warehouse = await given(REQUESTS);
  const expected = { "data:C1 / strategic": hours(22), "data:C3 / not classified": minutes(20) };
  expect(await cutsOf(warehouse, "approval_wait_by_class")).toEqual(expected);
});

test("emergencies are counted among requests whose type is known", async () => {
  const warehouse = await given(REQUESTS);
  expect(await factsOf(warehouse, "emergency_ratio")).toEqual({ "data:C1": false, "data:C2": false, "data:C3": true });
});
