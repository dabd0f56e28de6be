import { expect, test } from "vitest";
import { given, metric } from "../../support/history.ts";
import { failures, outcomes } from "../../support/outcomes.ts";

const asOf = "2026-04-01T00:00:00Z";

test("a deployment that caused two incidents failed once", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success
        d2 | api     | production  | 1.1     | 2026-03-09T12:00:00Z | success`,
      incident: `
        id | service | started_at           | resolved_at
        i1 | api     | 2026-03-02T13:00:00Z | 2026-03-02T14:00:00Z
        i2 | api     | 2026-03-02T20:00:00Z | 2026-03-02T21:00:00Z`,
    },
  });
  // 1 of 2, both older than the observation window of a week
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({
    value: 0.5,
    numerator: 1,
    denominator: 2,
    n: 2,
    pending: 0,
  });
});

test("an incident that states two deployments makes two failures", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success
        d2 | api     | production  | 1.1     | 2026-03-03T12:00:00Z | success
        d3 | api     | production  | 1.2     | 2026-03-04T12:00:00Z | success`,
      incident: `
        id | service | started_at           | caused_by
        i1 | api     | 2026-03-04T13:00:00Z | d1;d2`,
    },
  });
  expect(await failures(warehouse)).toEqual(["d1", "d2"]);
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({ numerator: 2, denominator: 3 });
});

test("an open incident is a failure", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success`,
      incident: `
        id | service | started_at
        i1 | api     | 2026-03-02T13:00:00Z`,
    },
  });
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({
    value: 1,
    numerator: 1,
    denominator: 1,
  });
});

test("a rollback makes the deployment it took out of service a failure, and is none itself", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status  | rollback_of
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success |
        d2 | api     | production  | 1.1     | 2026-03-03T12:00:00Z | success |
        d3 | api     | production  | 1.0     | 2026-03-03T13:00:00Z | success | d2`,
    },
  });
  expect(await failures(warehouse)).toEqual(["d2"]);
  // the rollback is a production deployment too: 1 of 3
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({ numerator: 1, denominator: 3 });
});

test("a failure counts once, whatever is known against it", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at            | reverts
        c1 | api        | 1      | 2026-03-03T10:00:00Z |
        c2 | api        | 2      | 2026-03-03T14:00:00Z | #1`,
      deployment: `
        id | service | environment | version | finished_at          | status  | rollback_of
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success |
        d2 | api     | production  | 1.1     | 2026-03-03T12:00:00Z | success |
        d3 | api     | production  | 1.0     | 2026-03-03T13:00:00Z | success | d2
        d4 | api     | production  | 1.2     | 2026-03-03T15:00:00Z | success |`,
      incident: `
        id | service | started_at           | resolved_at          | caused_by
        i1 | api     | 2026-03-03T12:30:00Z | 2026-03-03T13:00:00Z | d2`,
    },
  });
  const { d2 } = await outcomes(warehouse);
  expect(d2?.failure_reasons).toHaveLength(3);
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({ numerator: 1, denominator: 4 });
});

test("deployments within the observation window are pending, failed or not", async () => {
  const warehouse = await given({
    asOf: "2026-03-10T12:00:00Z",
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 1.1     | 2026-03-03T12:00:00Z | success
        d3 | api     | production  | 1.2     | 2026-03-03T12:00:01Z | success
        d4 | api     | production  | 1.3     | 2026-03-09T12:00:00Z | success`,
      incident: `
        id | service | started_at
        i1 | api     | 2026-03-09T13:00:00Z`,
    },
  });
  // A week before as-of is 3 March 12:00:00: d2 is known to the second, d3 still pending. d4 failed already.
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({
    value: 0,
    n: 2,
    pending: 2,
    pending_failed: 1,
    unknown: 0,
  });
});

test("when every deployment is pending there is no data yet", async () => {
  const warehouse = await given({
    asOf: "2026-03-10T12:00:00Z",
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-09T12:00:00Z | success`,
    },
  });
  const row = await metric(warehouse, "change_fail_rate");
  expect(row).toMatchObject({
    value: null,
    status: "no data",
    n: 0,
    pending: 1,
    interval_low: null,
    interval_high: null,
  });
  expect(row.reason).toContain("observation window");
});

test("a wave of copies is pending from its last copy on", async () => {
  const warehouse = await given({
    asOf: "2026-03-10T12:00:00Z",
    complete: ["incident"],
    config: {
      environments: {
        eu: { kind: "production", wave: "production" },
        us: { kind: "production", wave: "production" },
      },
    },
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | eu          | 1.0     | 2026-03-03T11:00:00Z | success
        d2 | api     | us          | 1.0     | 2026-03-03T13:00:00Z | success`,
    },
  });
  // One wave, complete on 3 March 13:00, six days and 23 hours before as-of.
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({ n: 0, pending: 1 });
});
