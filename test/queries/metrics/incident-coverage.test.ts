import { expect, test } from "vitest";
import { given, metric, type History } from "../../support/history.ts";
import { outcomes } from "../../support/outcomes.ts";

const asOf = "2026-04-01T00:00:00Z";

test("without an incident source there is no rate, at least what is seen", async () => {
  const warehouse = await given({
    asOf,
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status  | rollback_of
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success |
        d2 | api     | production  | 1.1     | 2026-03-03T12:00:00Z | success |
        d3 | api     | production  | 1.0     | 2026-03-03T13:00:00Z | success | d2`,
    },
  });
  // d2 failed and d3 is rework for certain; of the others nobody can say
  const noData = {
    value: null,
    status: "no data",
    n: 0,
    unknown: 3,
    unknown_failed: 1,
    interval_low: null,
    interval_high: null,
  };
  const rate = await metric(warehouse, "change_fail_rate");
  expect(rate).toMatchObject(noData);
  expect(rate.reason).toContain("incident source");
  expect(await metric(warehouse, "deployment_rework_rate")).toMatchObject(noData);
  expect(await metric(warehouse, "failed_deployment_recovery_time")).toMatchObject({
    value: null,
    status: "no data",
    n: 0,
  });
});

test("an incident source covers a service from its first incident until it was last read", async () => {
  const warehouse = await given({
    asOf,
    collectedAt: "2026-03-20T00:00:00Z",
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 1.1     | 2026-03-09T12:00:00Z | success
        d3 | api     | production  | 1.2     | 2026-03-15T12:00:00Z | success`,
      incident: `
        id | service | started_at
        i1 | api     | 2026-03-05T12:00:00Z`,
    },
  });
  // d1 is from before the source knows anything; d3's week ends after the source was last read
  const all = await outcomes(warehouse);
  expect([all["d1"]?.outcome, all["d2"]?.outcome, all["d3"]?.outcome]).toEqual([
    "unknown",
    "known",
    "unknown",
  ]);
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({
    value: 0,
    n: 1,
    unknown: 2,
    unknown_failed: 0,
  });
});

test("a source that names other services says nothing about this one", async () => {
  const warehouse = await given({
    asOf,
    config: { services: { api: { repository: "api" }, web: { repository: "web" } } },
    data: {
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-10T12:00:00Z | success
        d2 | web     | production  | 2026-03-10T12:00:00Z | success`,
      incident: `
        id | service | started_at
        i1 | web     | 2026-03-05T12:00:00Z`,
    },
  });
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({ value: null, n: 0, unknown: 1 });
  expect(await metric(warehouse, "change_fail_rate", { scope: "web" })).toMatchObject({
    value: 0,
    n: 1,
    unknown: 0,
  });
});

test("a source asserted to be complete covers services that no incident ever named", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    config: { services: { api: { repository: "api" }, web: { repository: "web" } } },
    data: {
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-10T12:00:00Z | success`,
      incident: `
        id | service | started_at
        i1 | web     | 2026-03-15T12:00:00Z`,
    },
  });
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({ value: 0, n: 1, unknown: 0 });
});

const assertedFor = (spans: readonly { from: string; until: string }[]): NonNullable<History["config"]> => ({
  sources: {
    data: {
      collector: "files",
      files: [{ path: "none", entity: "deployment" }],
      complete: spans.map((span) => ({ entity: "incident", asserted_by: "test", ...span })),
    },
  },
});

const threeDeployments = `
  id | service | environment | version | finished_at          | status
  d1 | api     | production  | 1.0     | 2026-02-10T12:00:00Z | success
  d2 | api     | production  | 1.1     | 2026-02-26T12:00:00Z | success
  d3 | api     | production  | 1.2     | 2026-03-10T12:00:00Z | success`;

test("an assertion about half the period makes the other half unknown", async () => {
  const warehouse = await given({
    asOf,
    config: assertedFor([{ from: "2026-02-01", until: "2026-03-01" }]),
    data: { deployment: threeDeployments },
  });
  // d2's week runs until 5 March, beyond what was asserted
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({ value: 0, n: 1, unknown: 2 });
});

test("two assertions that meet cover the window across the seam", async () => {
  const warehouse = await given({
    asOf,
    config: assertedFor([
      { from: "2026-02-01", until: "2026-03-01" },
      { from: "2026-03-01", until: "2026-04-01" },
    ]),
    data: { deployment: threeDeployments },
  });
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({ value: 0, n: 3, unknown: 0 });
});

test("two assertions with a day between them do not", async () => {
  const warehouse = await given({
    asOf,
    config: assertedFor([
      { from: "2026-02-01", until: "2026-03-01" },
      { from: "2026-03-02", until: "2026-04-01" },
    ]),
    data: { deployment: threeDeployments },
  });
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({ value: 0, n: 2, unknown: 1 });
});

test("rollbacks and hotfixes declared the complete signal stand in for an incident source", async () => {
  const warehouse = await given({
    asOf,
    config: { metrics: { failure_signal: "rollbacks_and_hotfixes" } },
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status  | rollback_of | labels
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success |             |
        d2 | api     | production  | 1.1     | 2026-03-03T12:00:00Z | success |             |
        d3 | api     | production  | 1.0     | 2026-03-03T13:00:00Z | success | d2          |
        d4 | api     | production  | 1.2     | 2026-03-05T12:00:00Z | success |             |
        d5 | api     | production  | 1.3     | 2026-03-05T16:00:00Z | success |             | hotfix
        d6 | api     | production  | 1.4     | 2026-03-30T12:00:00Z | success |             |`,
    },
  });
  // d2 failed. The hotfix names nothing: rework only. Rework: the rollback d3 and the hotfix d5. d6 is pending.
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({
    value: 0.2,
    numerator: 1,
    denominator: 5,
    pending: 1,
    unknown: 0,
  });
  expect(await metric(warehouse, "deployment_rework_rate")).toMatchObject({
    value: 0.4,
    numerator: 2,
    denominator: 5,
  });
  expect(await metric(warehouse, "failed_deployment_recovery_time")).toMatchObject({ value: 3600, n: 1 });
});
