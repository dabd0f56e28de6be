import { expect, test } from "vitest";
import { given, metric } from "../../support/history.ts";
import { failures, outcomes, rework } from "../../support/outcomes.ts";

const asOf = "2026-04-01T00:00:00Z";

// Without a commit graph a change ships in the first deployment that starts after its merge. In these histories change n
// is merged at 10:00 of its day and ships at 12:00 of the day that the comment names.

test("a revert in production makes the deployment that first shipped the change a failure", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at            | reverts
        c1 | api        | 1      | 2026-03-01T10:00:00Z |
        c2 | api        | 2      | 2026-03-02T10:00:00Z |
        c3 | api        | 3      | 2026-03-03T10:00:00Z | #1`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-02T12:00:00Z | success
        d3 | api     | production  | 2026-03-03T12:00:00Z | success`,
    },
  });
  // d1 shipped c1; d2 shipped c2 and still contained c1, but did not ship it first. d3 is the revert and nothing else.
  expect(await failures(warehouse)).toEqual(["d1"]);
  expect(await rework(warehouse)).toEqual(["d3"]);
  expect((await outcomes(warehouse))["d1"]?.failure_reasons).toEqual(["data:api#c1 reverted by data:api#c3"]);
  expect((await outcomes(warehouse))["d1"]?.failure_words).toEqual(["#1 was reverted by #3"]);
});

test("a revert of something never deployed is nothing", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at            | reverts
        c1 | api        | 1      | 2026-03-01T10:00:00Z |
        c2 | api        | 2      | 2026-03-01T11:00:00Z | #1
        c3 | api        | 3      | 2026-03-02T10:00:00Z | #99`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-02T12:00:00Z | success`,
    },
  });
  // c1 and its revert shipped together in d1: production never ran c1 alone. Nobody knows a change 99.
  expect(await failures(warehouse)).toEqual([]);
  expect(await rework(warehouse)).toEqual([]);
});

test("a revert of a change that had not reached production is no rework when it ships alone", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    config: {
      services: { api: { repository: "mono", paths: ["api"] }, web: { repository: "mono", paths: ["web"] } },
    },
    data: {
      change: `
        id | repository | number | merged_at            | reverts | paths
        c1 | mono       | 1      | 2026-03-01T10:00:00Z |         | web/a
        c2 | mono       | 2      | 2026-03-02T10:00:00Z | #1      | api/a;web/a`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-02T12:00:00Z | success
        w1 | web     | production  | 2026-03-02T12:00:00Z | success`,
    },
  });
  // c1 never was in api; in web it arrived together with its revert
  expect(await failures(warehouse)).toEqual([]);
  expect(await rework(warehouse)).toEqual([]);
});

test("landing a change again is neither failure of the revert nor rework", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at            | reverts
        c1 | api        | 1      | 2026-03-01T10:00:00Z |
        c2 | api        | 2      | 2026-03-02T10:00:00Z | #1
        c3 | api        | 3      | 2026-03-05T10:00:00Z | #2`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-02T12:00:00Z | success
        d3 | api     | production  | 2026-03-05T12:00:00Z | success`,
    },
  });
  expect(await failures(warehouse)).toEqual(["d1"]);
  expect(await rework(warehouse)).toEqual(["d2"]);
});

test("a change landed again can fail again", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at            | reverts
        c1 | api        | 1      | 2026-03-01T10:00:00Z |
        c2 | api        | 2      | 2026-03-02T10:00:00Z | #1
        c3 | api        | 3      | 2026-03-05T10:00:00Z | #2
        c4 | api        | 4      | 2026-03-06T10:00:00Z | #3
        c5 | api        | 5      | 2026-03-09T10:00:00Z | #4`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-02T12:00:00Z | success
        d3 | api     | production  | 2026-03-05T12:00:00Z | success
        d4 | api     | production  | 2026-03-06T12:00:00Z | success
        d5 | api     | production  | 2026-03-09T12:00:00Z | success`,
    },
  });
  // c3 and c5 land the feature, c2 and c4 take it out
  expect(await failures(warehouse)).toEqual(["d1", "d3"]);
  expect(await rework(warehouse)).toEqual(["d2", "d4"]);
});

test("two changes that claim to revert each other do not run in circles", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at            | reverts
        c1 | api        | 1      | 2026-03-01T10:00:00Z | #2
        c2 | api        | 2      | 2026-03-02T10:00:00Z | #1`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-02T12:00:00Z | success`,
    },
  });
  // The later of the two is the revert: what it names was in production by then.
  expect(await failures(warehouse)).toEqual(["d1"]);
});

test("a revert is read from the title that a host writes", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at            | title
        c1 | api        | 12     | 2026-03-01T10:00:00Z | Add coupons (#12)
        c2 | api        | 15     | 2026-03-02T10:00:00Z | Revert "Add coupons (#12)" (#15)
        c3 | api        | 18     | 2026-03-03T10:00:00Z | Revert "Revert "Add coupons (#12)" (#15)" (#18)
        c4 | api        | 19     | 2026-03-04T10:00:00Z | Revert to the old colours (#18)`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-02T12:00:00Z | success
        d3 | api     | production  | 2026-03-03T12:00:00Z | success
        d4 | api     | production  | 2026-03-04T12:00:00Z | success`,
    },
  });
  // 15 reverts 12; 18 reverts 15 and so lands 12 again; 19 only talks like a revert
  expect(await failures(warehouse)).toEqual(["d1"]);
  expect(await rework(warehouse)).toEqual(["d2"]);
});

test("a revert is read from the commit that `This reverts commit` names", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      commit: `
        repository | sha                                      | parents                                  | committed_at         | subject      | reverts
        api        | 1111111111111111111111111111111111111111 |                                          | 2026-03-01T10:00:00Z | Begin        |
        api        | 2222222222222222222222222222222222222222 | 1111111111111111111111111111111111111111 | 2026-03-02T10:00:00Z | Add coupons  |
        api        | 3333333333333333333333333333333333333333 | 2222222222222222222222222222222222222222 | 2026-03-03T10:00:00Z | Undo coupons | 2222222222222222222222222222222222222222`,
      ref: `
        repository | name | kind | sha
        api        | main | main | 3333333333333333333333333333333333333333`,
      deployment: `
        id | service | environment | sha                                      | finished_at          | status
        d1 | api     | production  | 1111111111111111111111111111111111111111 | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2222222222222222222222222222222222222222 | 2026-03-02T12:00:00Z | success
        d3 | api     | production  | 3333333333333333333333333333333333333333 | 2026-03-03T12:00:00Z | success`,
    },
  });
  expect(await failures(warehouse)).toEqual(["d2"]);
  expect(await rework(warehouse)).toEqual(["d3"]);
});

test("a fix that names a change makes its first deployment a failure", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at            | fixes
        c1 | api        | 1      | 2026-03-01T10:00:00Z |
        c2 | api        | 2      | 2026-03-04T10:00:00Z | #1`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-04T12:00:00Z | success`,
    },
  });
  expect(await failures(warehouse)).toEqual(["d1"]);
  // without an incident nobody was hurt: a follow-up fix is ordinary work
  expect(await rework(warehouse)).toEqual([]);
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({ numerator: 1, denominator: 2 });
});

test("a fix of something shipped with it names nothing that failed", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at            | fixes
        c1 | api        | 1      | 2026-03-01T10:00:00Z |
        c2 | api        | 2      | 2026-03-01T11:00:00Z | #1`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success`,
    },
  });
  expect(await failures(warehouse)).toEqual([]);
});

test("a revert that names what shipped before the known history blames no deployment", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      change: `
        id | repository | number | merged_at            | reverts
        c1 | api        | 1      | 2025-11-01T10:00:00Z |
        c2 | api        | 2      | 2026-03-02T10:00:00Z | #1`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-02T12:00:00Z | success`,
    },
  });
  // d1 is the first deployment known, not the one that shipped c1 months before
  expect(await failures(warehouse)).toEqual([]);
});
