import { expect, test } from "vitest";
import { given, metric, metricRows } from "../../support/history.ts";

const FREQUENCY = "deployment_frequency";

test("empty weeks have no deployments and no lead time", async () => {
  const warehouse = await given({
    asOf: "2026-03-23T00:00:00Z",
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | merged_at            | first_commit_at
        c1 | api        | 2026-03-02T10:00:00Z | 2026-03-02T08:00:00Z
        c2 | api        | 2026-03-16T10:00:00Z | 2026-03-16T08:00:00Z`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-02T12:00:00Z | success
        d2 | api     | production  | 2026-03-16T12:00:00Z | success`,
    },
  });
  // 2 March is a Monday, week 10. Nothing happened in week 11: none a day is a number, a median of nothing is not.
  const frequency = await metricRows(warehouse, FREQUENCY, { by: "week" });
  expect(
    frequency.map(({ period_label, value, numerator, status }) => [period_label, value, numerator, status]),
  ).toEqual([
    ["2026-W10", 0.142857142857, 1, "ok"],
    ["2026-W11", 0, 0, "ok"],
    ["2026-W12", 0.142857142857, 1, "ok"],
  ]);
  const [, leadTime] = await metricRows(warehouse, "change_lead_time", { by: "week" });
  expect(leadTime).toMatchObject({
    period_label: "2026-W11",
    value: null,
    status: "no data",
    n: 0,
    p75: null,
  });
  const [, rate] = await metricRows(warehouse, "change_fail_rate", { by: "week" });
  expect(rate).toMatchObject({
    value: null,
    status: "no data",
    n: 0,
    interval_low: null,
    reason: "no production deployment in this period",
  });
  const [, days] = await metricRows(warehouse, "deployment_days_per_week", { by: "week" });
  expect(days).toMatchObject({ value: 0, numerator: 0, denominator: 7, status: "ok" });
  const [, gap] = await metricRows(warehouse, "median_time_between_deployments", { by: "week" });
  expect(gap).toMatchObject({ value: null, status: "no data", n: 0 });
});

test("the first and the last week are marked where they are cut off", async () => {
  const warehouse = await given({
    asOf: "2026-03-18T12:00:00Z",
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-05T12:00:00Z | success`,
    },
  });
  // Thursday 5 March to Sunday 8 March are 4 days; Monday 16 March to Wednesday 18 March 12:00 touch 3.
  const weeks = await metricRows(warehouse, FREQUENCY, { by: "week" });
  expect(
    weeks.map(({ period_label, is_partial, denominator }) => [period_label, is_partial, denominator]),
  ).toEqual([
    ["2026-W10", true, 4],
    ["2026-W11", false, 7],
    ["2026-W12", true, 3],
  ]);
});

test("weeks that begin and end with the history are whole", async () => {
  const warehouse = await given({
    asOf: "2026-03-16T00:00:00Z",
    config: { services: { api: { repository: "api", active_from: "2026-03-02" } } },
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-05T12:00:00Z | success`,
    },
  });
  // Active from a Monday until as-of on a Monday: week 10 counts its days before the first deployment, and no week 12 exists.
  const weeks = await metricRows(warehouse, FREQUENCY, { by: "week" });
  expect(
    weeks.map(({ period_label, is_partial, denominator }) => [period_label, is_partial, denominator]),
  ).toEqual([
    ["2026-W10", false, 7],
    ["2026-W11", false, 7],
  ]);
  // 1 deployment in the 14 days since active_from, not in the 11 since the deployment
  expect(await metric(warehouse, FREQUENCY)).toMatchObject({ numerator: 1, denominator: 14 });
});

test("Sunday 23:30 UTC is Monday in Berlin and files in the next week, month and quarter", async () => {
  const warehouse = await given({
    asOf: "2026-06-15T00:00:00Z",
    config: { time_zone: "Europe/Berlin" },
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-05-25T12:00:00Z | success
        d2 | api     | production  | 1.1     | 2026-05-31T23:30:00Z | success`,
    },
  });
  const counts = async (by: "week" | "month") =>
    (await metricRows(warehouse, FREQUENCY, { by })).map(({ period_label, numerator }) => [
      period_label,
      numerator,
    ]);
  // 31 May 2026 is a Sunday; in Berlin it is 1 June 01:30
  expect(await counts("week")).toEqual([
    ["2026-W22", 1],
    ["2026-W23", 1],
    ["2026-W24", 0],
    ["2026-W25", 0],
  ]);
  expect(await counts("month")).toEqual([
    ["2026-05", 1],
    ["2026-06", 1],
  ]);
});

test("days are days of the calendar, also when one has 23 hours", async () => {
  const warehouse = await given({
    asOf: "2026-03-29T22:00:00Z",
    config: {
      time_zone: "Europe/Berlin",
      services: { api: { repository: "api", active_from: "2026-03-23" } },
    },
    data: {
      deployment: `
        id | service | environment | version | finished_at               | status
        d1 | api     | production  | 1.0     | 2026-03-24T12:00:00+01:00 | success
        d2 | api     | production  | 1.1     | 2026-03-29T23:30:00+02:00 | success`,
    },
  });
  // Monday 23 March to Sunday 29 March, when the clocks went forward: 167 hours and 7 days, until midnight in Berlin (22:00 UTC).
  const weeks = await metricRows(warehouse, FREQUENCY, { by: "week" });
  expect(weeks).toMatchObject([
    { period_label: "2026-W13", numerator: 2, denominator: 7, is_partial: false },
  ]);
});

test("the week in which the clocks go back has seven days and the 25-hour day is one", async () => {
  const warehouse = await given({
    asOf: "2026-10-25T23:00:00Z",
    config: {
      time_zone: "Europe/Berlin",
      services: { api: { repository: "api", active_from: "2026-10-19" } },
    },
    data: {
      deployment: `
        id | service | environment | version | finished_at               | status
        d1 | api     | production  | 1.0     | 2026-10-25T02:30:00+02:00 | success
        d2 | api     | production  | 1.1     | 2026-10-25T02:30:00+01:00 | success`,
    },
  });
  // both 02:30 of that Sunday, an hour apart
  expect(await metricRows(warehouse, FREQUENCY, { by: "week" })).toMatchObject([
    { period_label: "2026-W43", numerator: 2, denominator: 7, is_partial: false },
  ]);
  expect(await metric(warehouse, "deployment_days_per_week")).toMatchObject({
    numerator: 1,
    denominator: 7,
    value: 1,
  });
  expect(await metric(warehouse, "median_time_between_deployments")).toMatchObject({ value: 3600 });
});

test("a business year from April on", async () => {
  const warehouse = await given({
    asOf: "2026-07-31T23:00:00Z",
    config: { quarter_start: "april", time_zone: "Europe/London" },
    data: {
      deployment: `
        id | service | environment | version | finished_at               | status
        d1 | api     | production  | 1.0     | 2026-01-10T12:00:00Z      | success
        d2 | api     | production  | 1.1     | 2026-03-31T23:59:00+01:00 | success
        d3 | api     | production  | 1.2     | 2026-04-01T00:00:00+01:00 | success
        d4 | api     | production  | 1.3     | 2026-04-20T12:00:00Z      | success
        d5 | api     | production  | 1.4     | 2026-04-21T12:00:00Z      | success`,
    },
  });
  const quarters = await metricRows(warehouse, FREQUENCY, { by: "quarter" });
  // January to March is the last quarter of the year that began in April 2025. April to June have 91 days.
  expect(
    quarters.map(({ period_label, numerator, denominator, previous_n }) => [
      period_label,
      numerator,
      denominator,
      previous_n,
    ]),
  ).toEqual([
    ["Q4 2025/26", 2, 81, null],
    ["Q1 2026/27", 3, 91, 2],
    ["Q2 2026/27", 0, 31, 3],
  ]);
  // Its years begin in April, too: 81 days of the first are known, and 122 of the second, until the end of July.
  const years = await metricRows(warehouse, FREQUENCY, { by: "year" });
  expect(
    years.map((row) => [row.period_label, row.numerator, row.denominator, row.previous_n, row.is_partial]),
  ).toEqual([
    ["2025/26", 2, 81, null, true],
    ["2026/27", 3, 122, 2, true],
  ]);
  const bounds = await warehouse.rows(
    "select period_start, period_end, previous_start from metrics.period where period_label = 'Q1 2026/27'",
  );
  // midnight in London: UTC in January, an hour ahead of it from the last Sunday of March on
  expect(bounds).toEqual([
    {
      period_start: "2026-03-31T23:00:00Z",
      period_end: "2026-06-30T23:00:00Z",
      previous_start: "2026-01-01T00:00:00Z",
    },
  ]);
});

test("quarters of a calendar year carry its number alone, weeks the year of their Thursday", async () => {
  const warehouse = await given({
    asOf: "2026-01-02T00:00:00Z",
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2025-12-29T12:00:00Z | success`,
    },
  });
  const labels = await warehouse.rows(
    "select period_kind, period_label from metrics.period where period_kind in ('week', 'quarter') order by period_kind, period_start",
  );
  expect(labels).toEqual([
    { period_kind: "quarter", period_label: "Q4 2025" },
    { period_kind: "quarter", period_label: "Q1 2026" },
    { period_kind: "week", period_label: "2026-W01" },
  ]);
});

test("rolling windows are counted back from as-of", async () => {
  const warehouse = await given({
    asOf: "2026-03-31T12:00:00Z",
    config: { metrics: { rolling_window: "10d" } },
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-05T12:00:00Z | success
        d2 | api     | production  | 1.1     | 2026-03-21T11:59:59Z | success
        d3 | api     | production  | 1.2     | 2026-03-21T12:00:00Z | success
        d4 | api     | production  | 1.3     | 2026-03-30T12:00:00Z | success`,
    },
  });
  // Windows of ten days end on 31, 21 and 11 March at noon. The last is cut to the six days since the first deployment.
  // A window of ten days divides by ten, although it touches eleven dates.
  const windows = await metricRows(warehouse, FREQUENCY, { by: "rolling" });
  expect(
    windows.map((row) => [row.period_label, row.numerator, row.denominator, row.is_partial, row.previous_n]),
  ).toEqual([
    ["until 2026-03-11", 1, 6, true, null],
    ["until 2026-03-21", 1, 10, false, 1],
    ["until 2026-03-31", 2, 10, false, 1],
  ]);
});

test("the value of the period before stands beside, none before the first", async () => {
  const warehouse = await given({
    asOf: "2026-03-01T00:00:00Z",
    complete: ["deployment"],
    config: { services: { api: { repository: "api", active_from: "2026-01-01" } } },
    data: {
      change: `
        id | repository | first_commit_at      | merged_at
        c1 | api        | 2026-01-10T11:00:00Z | 2026-01-10T11:30:00Z
        c2 | api        | 2026-02-10T09:00:00Z | 2026-02-10T11:00:00Z
        c3 | api        | 2026-02-11T07:00:00Z | 2026-02-11T11:00:00Z`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-01-10T12:00:00Z | success
        d2 | api     | production  | 2026-02-10T12:00:00Z | success
        d3 | api     | production  | 2026-02-11T12:00:00Z | success`,
    },
  });
  // January: 1 h. February: 3 h and 5 h, median 4 h.
  expect(await metricRows(warehouse, "change_lead_time", { by: "month" })).toMatchObject([
    { period_label: "2026-01", value: 3600, n: 1, previous_value: null, previous_n: null },
    { period_label: "2026-02", value: 4 * 3600, n: 2, previous_value: 3600, previous_n: 1 },
  ]);
});

test("what happens at as-of or after it is not used", async () => {
  const warehouse = await given({
    asOf: "2026-03-10T12:00:00Z",
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 1.1     | 2026-03-10T12:00:00Z | success
        d3 | api     | production  | 1.2     | 2026-03-11T12:00:00Z | success`,
      incident: `
        id | service | started_at           | caused_by
        i1 | api     | 2026-03-10T12:00:00Z | d1`,
    },
  });
  expect(await metric(warehouse, FREQUENCY)).toMatchObject({ numerator: 1 });
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({ value: 0, n: 1, pending: 0 });
});
