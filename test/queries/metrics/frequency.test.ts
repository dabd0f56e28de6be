import { expect, test } from "vitest";
import { given, metric, metricRows } from "../../support/history.ts";

const FREQUENCY = "deployment_frequency";

test("waves per day over the days since the first known deployment", async () => {
  const warehouse = await given({
    asOf: "2026-03-12T00:00:00Z",
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success
        d2 | api     | production  | 1.1     | 2026-03-02T18:00:00Z | success
        d3 | api     | production  | 1.2     | 2026-03-09T12:00:00Z | success`,
    },
  });
  // 2 to 11 March are 10 days: 3 / 10. Exact Poisson limits of 3 (Garwood 1936): 0.6187 and 8.7673
  const row = await metric(warehouse, FREQUENCY);
  expect(row).toMatchObject({ value: 0.3, numerator: 3, denominator: 10, n: 3 });
  expect(row.interval_low).toBeCloseTo(0.06187, 5);
  expect(row.interval_high).toBeCloseTo(0.87673, 5);
});

test("the days end when the service was retired", async () => {
  const warehouse = await given({
    asOf: "2026-06-01T00:00:00Z",
    config: { services: { api: { repository: "api", retired_at: "2026-03-12" } } },
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success`,
    },
  });
  expect(await metric(warehouse, FREQUENCY)).toMatchObject({ value: 0.1, numerator: 1, denominator: 10 });
  expect(
    (await metricRows(warehouse, FREQUENCY, { by: "month" })).map(({ period_label }) => period_label),
  ).toEqual(["2026-03"]);
});

test("a service that was never deployed has no frequency, not zero", async () => {
  const warehouse = await given({
    asOf: "2026-06-01T00:00:00Z",
    config: {
      services: { api: { repository: "api", active_from: "2026-05-01" }, web: { repository: "web" } },
    },
    data: {},
  });
  for (const scope of ["api", "web"]) {
    const row = await metric(warehouse, FREQUENCY, { scope });
    expect(row).toMatchObject({ value: null, status: "no data", interval_low: null, interval_high: null });
    expect(row.reason).toContain("no production deployment is known");
  }
});

test("the median time between deployments and the days with one", async () => {
  const warehouse = await given({
    asOf: "2026-03-16T00:00:00Z",
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T08:00:00Z | success
        d2 | api     | production  | 1.1     | 2026-03-02T10:00:00Z | success
        d3 | api     | production  | 1.2     | 2026-03-03T10:00:00Z | success
        d4 | api     | production  | 1.3     | 2026-03-09T10:00:00Z | success`,
    },
  });
  // Gaps: 2 h, 24 h, 144 h. Three of fourteen days have a deployment: 1.5 a week.
  expect(await metric(warehouse, "median_time_between_deployments")).toMatchObject({
    value: 24 * 3600,
    n: 3,
  });
  expect(await metric(warehouse, "deployment_days_per_week")).toMatchObject({
    value: 1.5,
    numerator: 3,
    denominator: 14,
  });
  // A gap is filed where it ends: 2 h and 24 h in the first week, 144 h in the second.
  const weeks = await metricRows(warehouse, "median_time_between_deployments", { by: "week" });
  expect(weeks.map(({ value, n }) => [value, n])).toEqual([
    [13 * 3600, 2],
    [144 * 3600, 1],
  ]);
});

test("one deployment has no time between", async () => {
  const warehouse = await given({
    asOf: "2026-03-16T00:00:00Z",
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T08:00:00Z | success`,
    },
  });
  expect(await metric(warehouse, "median_time_between_deployments")).toMatchObject({
    value: null,
    status: "no data",
    n: 0,
  });
});

test("gaps are those of each service, never between services", async () => {
  const warehouse = await given({
    asOf: "2026-03-09T00:00:00Z",
    config: { services: { api: { repository: "api" }, web: { repository: "web" } } },
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        a1 | api     | production  | 1.0     | 2026-03-02T08:00:00Z | success
        w1 | web     | production  | 1.0     | 2026-03-02T09:00:00Z | success
        a2 | api     | production  | 1.1     | 2026-03-02T18:00:00Z | success
        w2 | web     | production  | 1.1     | 2026-03-03T05:00:00Z | success`,
    },
  });
  // api 10 h, web 20 h: the organisation's median is 15 h. Four deployments on 2 of 7 days.
  const organisation = { scope: "Test", scopeKind: "organisation" } as const;
  expect(await metric(warehouse, "median_time_between_deployments", organisation)).toMatchObject({
    value: 15 * 3600,
    n: 2,
  });
  expect(await metric(warehouse, FREQUENCY, organisation)).toMatchObject({ numerator: 4, denominator: 7 });
  expect(await metric(warehouse, "deployment_days_per_week", organisation)).toMatchObject({ value: 2 });
});

test("a release train counts once for each service it deploys", async () => {
  const warehouse = await given({
    asOf: "2026-03-12T00:00:00Z",
    config: { services: { api: { repository: "api" }, web: { repository: "web" } } },
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status  | train
        a1 | api     | production  | 1.0     | 2026-03-02T08:00:00Z | success | T1
        w1 | web     | production  | 1.0     | 2026-03-02T09:00:00Z | success | T1`,
    },
  });
  expect(await metric(warehouse, FREQUENCY, { scope: "Test", scopeKind: "organisation" })).toMatchObject({
    numerator: 2,
  });
  expect(await metric(warehouse, FREQUENCY)).toMatchObject({ numerator: 1 });
});

test("a deployment after the retirement keeps the service's days going until then", async () => {
  const warehouse = await given({
    asOf: "2026-03-31T00:00:00Z",
    config: { services: { api: { repository: "api", retired_at: "2026-03-05" } } },
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T08:00:00Z | success
        d2 | api     | production  | 1.1     | 2026-03-10T08:00:00Z | success`,
    },
  });
  // It was not retired yet on 10 March: 2 to 10 March are 9 days.
  expect(await metric(warehouse, FREQUENCY)).toMatchObject({ numerator: 2, denominator: 9 });
});
