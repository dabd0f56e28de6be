import { expect, test } from "vitest";
import { given, metric } from "../../support/history.ts";
import { failures, outcomes, rework } from "../../support/outcomes.ts";

const asOf = "2026-04-01T00:00:00Z";

test("a hotfix stated by label or branch of the deployment is rework and no failure", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status  | labels       | branch
        d1 | api     | production  | 1.0     | 2026-03-01T12:00:00Z | success |              | main
        d2 | api     | production  | 1.1     | 2026-03-02T12:00:00Z | success | urgent;hotfix | main
        d3 | api     | production  | 1.2     | 2026-03-03T12:00:00Z | success |              | hotfix/cart
        d4 | api     | production  | 1.3     | 2026-03-04T12:00:00Z | success | no-hotfix    | release/hotfix`,
    },
  });
  // What was hot names nothing, so it is no failure of anything. d4 only resembles a hotfix.
  expect(await rework(warehouse)).toEqual(["d2", "d3"]);
  expect(await failures(warehouse)).toEqual([]);
  expect(await metric(warehouse, "deployment_rework_rate")).toMatchObject({
    value: 0.5,
    numerator: 2,
    denominator: 4,
  });
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({
    value: 0,
    numerator: 0,
    denominator: 4,
  });
});

test("labels and branches that state a hotfix are configured", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    config: { metrics: { rework_labels: ["sev1"], rework_branches: ["fix-now/*"] } },
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status  | labels | branch
        d1 | api     | production  | 1.0     | 2026-03-01T12:00:00Z | success | hotfix | hotfix/cart
        d2 | api     | production  | 1.1     | 2026-03-02T12:00:00Z | success | sev1   |
        d3 | api     | production  | 1.2     | 2026-03-03T12:00:00Z | success |        | fix-now/cart`,
    },
  });
  expect(await rework(warehouse)).toEqual(["d2", "d3"]);
});

test("labels compare without regard to case, branches without refs/heads/", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    config: { metrics: { rework_labels: ["HotFix"], rework_branches: ["refs/heads/hotfix/*"] } },
    data: {
      change: `
        id | repository | number | merged_at            | labels | source_branch
        c5 | api        | 5      | 2026-03-05T10:00:00Z | HOTFIX |
        c6 | api        | 6      | 2026-03-06T10:00:00Z |        | refs/heads/hotfix/tax`,
      deployment: `
        id | service | environment | finished_at          | status  | labels | branch
        d1 | api     | production  | 2026-03-01T12:00:00Z | success | Hotfix |
        d2 | api     | production  | 2026-03-02T12:00:00Z | success |        | refs/heads/hotfix/9
        d3 | api     | production  | 2026-03-03T12:00:00Z | success |        | hotfix/10
        d4 | api     | production  | 2026-03-04T12:00:00Z | success | hot    | refs/heads/Hotfix/11
        d5 | api     | production  | 2026-03-05T12:00:00Z | success |        |
        d6 | api     | production  | 2026-03-06T12:00:00Z | success |        |`,
    },
  });
  // d1 to d3 by their own label or branch, d5 and d6 by their only change; git tells Hotfix/11 from hotfix/11
  expect(await rework(warehouse)).toEqual(["d1", "d2", "d3", "d5", "d6"]);
});

test("a deployment is rework when every change in it is a hotfix", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at            | labels | source_branch
        c1 | api        | 1      | 2026-03-01T10:00:00Z |        |
        c2 | api        | 2      | 2026-03-02T10:00:00Z | hotfix |
        c3 | api        | 3      | 2026-03-03T10:00:00Z | hotfix |
        c4 | api        | 4      | 2026-03-03T10:30:00Z |        | hotfix/tax
        c5 | api        | 5      | 2026-03-04T10:00:00Z | hotfix |
        c6 | api        | 6      | 2026-03-04T10:30:00Z |        |`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-02T12:00:00Z | success
        d3 | api     | production  | 2026-03-03T12:00:00Z | success
        d4 | api     | production  | 2026-03-04T12:00:00Z | success`,
    },
  });
  // d2: one hotfix; d3: two; d4: a hotfix that travelled with ordinary work
  expect(await rework(warehouse)).toEqual(["d2", "d3"]);
});

test("a train of fifty changes with one fix is planned work that carries a fix", async () => {
  const changes = Array.from({ length: 50 }, (_, index) => {
    const number = index + 2;
    return `c${number} | api | ${number} | 2026-03-08T10:00:00Z | ${number === 30 ? "i1" : ""}`;
  });
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at            | fixes
        c1 | api        | 1      | 2026-03-01T10:00:00Z |
        ${changes.join("\n")}`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-08T12:00:00Z | success`,
      incident: `
        id | service | started_at           | resolved_at
        i1 | api     | 2026-03-01T13:00:00Z | 2026-03-08T12:00:00Z`,
    },
  });
  // d2 ships 50 changes, one of which fixes the incident that d1 caused: beside the rate, not in it.
  expect((await outcomes(warehouse))["d2"]).toMatchObject({ is_rework: false, carries_fix: true });
  expect(await failures(warehouse)).toEqual(["d1"]);
  expect(await metric(warehouse, "deployment_rework_rate")).toMatchObject({
    numerator: 0,
    denominator: 2,
    with_fix: 1,
  });
});

test("a deployment of nothing but a fix of an accepted incident is rework", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at            | fixes
        c1 | api        | 1      | 2026-03-01T10:00:00Z |
        c2 | api        | 2      | 2026-03-02T10:00:00Z | i1
        c3 | api        | 3      | 2026-03-09T10:00:00Z | i2`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-02T12:00:00Z | success
        d3 | api     | production  | 2026-03-09T12:00:00Z | success`,
      incident: `
        id | service | started_at           | resolved_at
        i1 | api     | 2026-03-01T13:00:00Z | 2026-03-02T13:00:00Z
        i2 | api     | 2026-03-08T00:00:00Z | 2026-03-09T13:00:00Z`,
    },
  });
  // i1 came from d1. i2 came from no deployment that is known (six days after d2): its fix is not rework.
  expect(await rework(warehouse)).toEqual(["d2"]);
});

test("a fix is tied to the incident of the deployment whose change it names", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at            | fixes
        c1 | api        | 1      | 2026-03-01T10:00:00Z |
        c2 | api        | 2      | 2026-03-02T10:00:00Z | #1`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-02T12:00:00Z | success`,
      incident: `
        id | service | started_at           | resolved_at
        i1 | api     | 2026-03-01T13:00:00Z | 2026-03-02T13:00:00Z`,
    },
  });
  // c2 does not say i1, but it fixes c1, which d1 shipped, which caused i1. (reading of "tied to": through the change, too)
  expect(await rework(warehouse)).toEqual(["d2"]);
});

test("an emergency request is rework with its incident and nothing without", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      change_request: `
        id  | type      | incidents
        CR1 | emergency | i1
        CR2 | emergency |
        CR3 | normal    | i1`,
      deployment: `
        id | service | environment | version | finished_at          | status  | change_requests
        d1 | api     | production  | 1.0     | 2026-03-01T12:00:00Z | success |
        d2 | api     | production  | 1.1     | 2026-03-02T12:00:00Z | success | CR1
        d3 | api     | production  | 1.2     | 2026-03-03T12:00:00Z | success | CR2
        d4 | api     | production  | 1.3     | 2026-03-04T12:00:00Z | success | CR3`,
      incident: `
        id | service | started_at           | resolved_at
        i1 | api     | 2026-03-01T13:00:00Z | 2026-03-02T13:00:00Z`,
    },
  });
  expect(await rework(warehouse)).toEqual(["d2"]);
  expect((await outcomes(warehouse))["d2"]?.rework_reasons).toEqual([
    "stated by emergency request CR1 with incident i1",
  ]);
});

test("a rollback is rework", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status  | rollback_of
        d1 | api     | production  | 1.0     | 2026-03-01T12:00:00Z | success |
        d2 | api     | production  | 1.1     | 2026-03-02T12:00:00Z | success |
        d3 | api     | production  | 1.0     | 2026-03-02T13:00:00Z | success | d2
        d4 | api     | production  | 1.1     | 2026-03-03T12:00:00Z | success |`,
    },
  });
  // d4 puts the same version out again: landing again is not rework
  expect(await rework(warehouse)).toEqual(["d3"]);
});

test("a revert that travels with other work is carried, alone it is rework", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at            | reverts
        c1 | api        | 1      | 2026-03-01T10:00:00Z |
        c2 | api        | 2      | 2026-03-02T10:00:00Z |
        c3 | api        | 3      | 2026-03-03T10:00:00Z | #1
        c4 | api        | 4      | 2026-03-04T10:00:00Z | #2
        c5 | api        | 5      | 2026-03-04T10:30:00Z |`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-02T12:00:00Z | success
        d3 | api     | production  | 2026-03-03T12:00:00Z | success
        d4 | api     | production  | 2026-03-04T12:00:00Z | success`,
    },
  });
  expect(await failures(warehouse)).toEqual(["d1", "d2"]);
  expect(await rework(warehouse)).toEqual(["d3"]);
  const all = await outcomes(warehouse);
  expect([all["d3"]?.carries_fix, all["d4"]?.carries_fix]).toEqual([false, true]);
});

test("a change that is excluded, such as a version bump, does not turn a revert into planned work", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    config: {
      metrics: { exclude_changes: [{ subject: "Bump version*", reason: "made by the release job" }] },
    },
    data: {
      change: `
        id | repository | number | merged_at            | reverts | title
        c1 | api        | 1      | 2026-03-01T10:00:00Z |         | Add coupons
        c2 | api        | 2      | 2026-03-02T10:00:00Z | #1      | Take coupons out
        c3 | api        | 3      | 2026-03-02T10:30:00Z |         | Bump version to 1.2`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-02T12:00:00Z | success`,
    },
  });
  expect(await rework(warehouse)).toEqual(["d2"]);
});
