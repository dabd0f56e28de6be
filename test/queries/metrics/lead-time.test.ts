import { expect, test } from "vitest";
import { given, metric, metricRows } from "../../support/history.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";

const asOf = "2026-04-01T00:00:00Z";
const LEAD_TIME = "change_lead_time";
const hours = (count: number) => count * 3600;

const facts = (warehouse: Warehouse) =>
  warehouse.rows(
    `select split_part(change_id, '#', 2) as change, service, basis, lead_seconds, coding_seconds, pickup_seconds, review_seconds,
       no_review_seconds, merge_to_live_seconds
     from metrics.lead_time_fact order by change_id, service`,
  );

const stages = (warehouse: Warehouse) =>
  warehouse.rows<{ stage: string; value_seconds: number; share: number }>(
    `select stage, value_seconds, share from metrics.lead_time_stage
     where scope_kind = 'service' and period_kind = 'all' order by stage_order`,
  );

test("the stages of a change lie end to end", async () => {
  const warehouse = await given({
    asOf,
    complete: ["deployment"],
    data: {
      change: `
        id | repository | first_commit_at      | opened_at            | first_review_at      | merged_at
        c1 | api        | 2026-03-02T06:00:00Z | 2026-03-02T07:00:00Z | 2026-03-02T09:00:00Z | 2026-03-02T12:00:00Z
        c2 | api        | 2026-03-02T06:00:00Z | 2026-03-02T07:00:00Z |                      | 2026-03-02T12:00:00Z`,
      deployment: `
        id | service | environment | started_at           | finished_at          | status
        d1 | api     | production  | 2026-03-02T15:00:00Z | 2026-03-02T16:00:00Z | success`,
    },
  });
  // To the end of the deployment, 16:00: coding 1 h, pickup 2 h, review 3 h, merge to live 4 h. Nobody reviewed c2: its five hours
  // from opening to merge are a stage of their own, not a review of 0 h.
  const shared = {
    service: "api",
    basis: "first commit",
    lead_seconds: hours(10),
    coding_seconds: hours(1),
    merge_to_live_seconds: hours(4),
  };
  expect(await facts(warehouse)).toEqual([
    { ...shared, change: "c1", pickup_seconds: hours(2), review_seconds: hours(3), no_review_seconds: 0 },
    { ...shared, change: "c2", pickup_seconds: 0, review_seconds: 0, no_review_seconds: hours(5) },
  ]);
});

test("boundaries out of order are clamped between their neighbours, never negative", async () => {
  const warehouse = await given({
    asOf,
    complete: ["deployment"],
    data: {
      change: `
        id | repository | services | first_commit_at      | opened_at            | first_review_at      | merged_at
        c1 | api        | api      | 2026-03-02T08:00:00Z | 2026-03-02T07:00:00Z | 2026-03-02T13:00:00Z | 2026-03-02T12:00:00Z`,
      deployment: `
        id | service | environment | started_at           | finished_at          | status
        d1 | api     | production  | 2026-03-02T15:00:00Z | 2026-03-02T16:00:00Z | success`,
    },
  });
  // Rebased: the first commit is later than the opening, which moves to 8:00. Reviewed after the merge: the review moves to 12:00.
  expect(await facts(warehouse)).toMatchObject([
    {
      lead_seconds: hours(8),
      coding_seconds: 0,
      pickup_seconds: hours(4),
      review_seconds: 0,
      merge_to_live_seconds: hours(4),
    },
  ]);
});

test("stages of two kinds of change are not empty and sum to the median", async () => {
  const warehouse = await given({
    asOf,
    complete: ["deployment"],
    data: {
      change: `
        id | repository | first_commit_at      | opened_at            | first_review_at      | merged_at
        a1 | api        | 2026-03-20T10:00:00Z | 2026-03-20T10:00:00Z | 2026-03-20T10:00:00Z | 2026-03-20T11:00:00Z
        a2 | api        | 2026-03-20T10:00:00Z | 2026-03-20T10:00:00Z | 2026-03-20T10:00:00Z | 2026-03-20T11:00:00Z
        a3 | api        | 2026-03-20T10:00:00Z | 2026-03-20T10:00:00Z | 2026-03-20T10:00:00Z | 2026-03-20T11:00:00Z
        b1 | api        | 2026-03-16T08:00:00Z | 2026-03-18T12:00:00Z | 2026-03-18T12:00:00Z | 2026-03-20T10:00:00Z
        b2 | api        | 2026-03-16T08:00:00Z | 2026-03-18T12:00:00Z | 2026-03-18T12:00:00Z | 2026-03-20T10:00:00Z
        b3 | api        | 2026-03-16T08:00:00Z | 2026-03-18T12:00:00Z | 2026-03-18T12:00:00Z | 2026-03-20T10:00:00Z`,
      deployment: `
        id | service | environment | started_at           | finished_at          | status
        d1 | api     | production  | 2026-03-20T11:30:00Z | 2026-03-20T12:00:00Z | success`,
    },
  });
  // Three changes of 2 h (review 1, merge to live 1) and three of 100 h (coding 52, review 46, merge to live 2). Nothing is near the
  // median of 51 h; p40 is rank 3 (2 h) and p60 rank 4 (100 h), and with their ties the band is all six:
  // coding 156, review 3 + 138, merge to live 3 + 6, of 306 h.
  expect(await metric(warehouse, LEAD_TIME)).toMatchObject({ value: hours(51), n: 6 });
  const parts = await stages(warehouse);
  expect(parts.map(({ stage, share }) => [stage, share])).toEqual([
    ["coding", Number((156 / 306).toPrecision(12))],
    ["pickup", 0],
    ["review", Number((141 / 306).toPrecision(12))],
    ["no review", 0],
    ["merge to live", Number((9 / 306).toPrecision(12))],
  ]);
  expect(parts.reduce((sum, { value_seconds }) => sum + value_seconds, 0)).toBeCloseTo(hours(51), 6);
});

test("stages are those of the changes around the median", async () => {
  const warehouse = await given({
    asOf,
    complete: ["deployment"],
    data: {
      change: `
        id | repository | first_commit_at      | opened_at            | merged_at
        c1 | api        | 2026-03-20T11:00:00Z | 2026-03-20T11:00:00Z | 2026-03-20T11:00:00Z
        c2 | api        | 2026-03-20T10:00:00Z | 2026-03-20T10:00:00Z | 2026-03-20T11:00:00Z
        c3 | api        | 2026-03-20T09:00:00Z | 2026-03-20T10:00:00Z | 2026-03-20T11:00:00Z
        c4 | api        | 2026-03-20T08:00:00Z | 2026-03-20T11:00:00Z | 2026-03-20T11:00:00Z
        c5 | api        | 2026-03-01T12:00:00Z | 2026-03-20T11:00:00Z | 2026-03-20T11:00:00Z`,
      deployment: `
        id | service | environment | started_at           | finished_at          | status
        d1 | api     | production  | 2026-03-20T11:30:00Z | 2026-03-20T12:00:00Z | success`,
    },
  });
  // 1, 2, 3, 4 and 456 h. p40 lies between ranks 2 and 3, p60 between 3 and 4: c2, c3, c4, together 9 h, of which coding 0 + 1 + 3,
  // no review 1 + 1 + 0, merge to live 3. Times the median of 3 h; c5 with its weeks is not in it.
  expect(await stages(warehouse)).toMatchObject([
    { stage: "coding", value_seconds: hours(4 / 3) },
    { stage: "pickup", value_seconds: 0 },
    { stage: "review", value_seconds: 0 },
    { stage: "no review", value_seconds: hours(2 / 3) },
    { stage: "merge to live", value_seconds: hours(1) },
  ]);
});

test("times from the first commit and times from the merge are never mixed", async () => {
  const warehouse = await given({
    asOf,
    complete: ["deployment"],
    data: {
      change: `
        id | repository | number | merge_sha | first_commit_at      | merged_at
        c1 | api        | 1      | aaaaaaa1  | 2026-03-01T10:00:00Z | 2026-03-02T10:00:00Z
        c2 | api        | 2      | aaaaaaa2  | 2026-03-02T04:00:00Z | 2026-03-02T11:00:00Z`,
      commit: `
        repository | sha      | parents  | committed_at         | subject
        api        | aaaaaaa0 |          | 2026-01-01T00:00:00Z | Begin (#90)
        api        | aaaaaaa1 | aaaaaaa0 | 2026-03-02T10:00:00Z | One (#1)
        api        | aaaaaaa2 | aaaaaaa1 | 2026-03-02T11:00:00Z | Two (#2)
        api        | aaaaaaa3 | aaaaaaa2 | 2026-03-02T15:00:00Z | Squashed (#3)`,
      ref: `
        repository | name | kind | sha
        api        | main | main | aaaaaaa3`,
      deployment: `
        id | service | environment | sha      | finished_at          | status
        d0 | api     | production  | aaaaaaa0 | 2026-01-01T01:00:00Z | success
        d1 | api     | production  | aaaaaaa3 | 2026-03-02T16:00:00Z | success`,
    },
  });
  // c1 took 30 h and c2 12 h from the first commit. Of 90 and 3 only the squashed commit is known: 1 h each from the merge.
  // Two against two: the basis that starts earliest is the headline.
  const rows = await Promise.all(
    ["first commit", "merge"].map((basis) => metric(warehouse, LEAD_TIME, { basis })),
  );
  expect(rows).toMatchObject([
    { basis: "first commit", is_headline: true, n: 2, value: hours(21) },
    { basis: "merge", is_headline: false, n: 2, value: hours(1) },
  ]);
  // where the first commit is not known, coding is not 0 but nothing
  const merge = await warehouse.rows(
    "select distinct stage from metrics.lead_time_stage where basis = 'merge' and stage = 'coding' and value_seconds > 0",
  );
  expect(merge).toEqual([]);
});

test("the basis with most changes is the headline of a scope", async () => {
  const warehouse = await given({
    asOf,
    complete: ["deployment"],
    data: {
      change: `
        id | repository | first_commit_at      | opened_at            | merged_at
        c1 | api        | 2026-03-01T10:00:00Z |                      | 2026-03-02T10:00:00Z
        c2 | api        |                      | 2026-03-02T06:00:00Z | 2026-03-02T10:00:00Z
        c3 | api        |                      | 2026-03-02T08:00:00Z | 2026-03-02T10:00:00Z`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-02T16:00:00Z | success`,
    },
  });
  // two from the opening (10 h and 8 h), one from the first commit (30 h)
  expect(await metric(warehouse, LEAD_TIME)).toMatchObject({
    basis: "opened",
    is_headline: true,
    value: hours(9),
    n: 2,
  });
  expect(await metric(warehouse, LEAD_TIME, { basis: "first commit" })).toMatchObject({
    is_headline: false,
    value: hours(30),
    n: 1,
  });
});

test("changes not yet deployed are counted and aged beside it", async () => {
  const warehouse = await given({
    asOf: "2026-03-10T12:00:00Z",
    complete: ["deployment"],
    data: {
      change: `
        id | repository | first_commit_at      | merged_at
        c1 | api        | 2026-03-01T10:00:00Z | 2026-03-02T10:00:00Z
        c2 | api        | 2026-03-05T10:00:00Z | 2026-03-08T12:00:00Z
        c3 | api        | 2026-03-05T10:00:00Z | 2026-03-11T12:00:00Z
        c4 | api        | 2026-03-05T10:00:00Z |`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-02T16:00:00Z | success`,
    },
  });
  // c2 has waited two days; c3 is merged after as-of, c4 not at all
  expect(await metric(warehouse, LEAD_TIME)).toMatchObject({ value: hours(30), n: 1, pending: 1 });
  expect(await warehouse.rows("select change_id, waiting_seconds from metrics.waiting_change")).toEqual([
    { change_id: "data:api#c2", waiting_seconds: hours(48) },
  ]);
});

test("changes that may have shipped before the first known deployment are unknown, not years old", async () => {
  const warehouse = await given({
    asOf,
    data: {
      change: `
        id | repository | first_commit_at      | merged_at
        c1 | api        | 2024-01-01T10:00:00Z | 2024-01-02T10:00:00Z
        c2 | api        | 2026-03-02T10:00:00Z | 2026-03-03T10:00:00Z`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-02T16:00:00Z | success
        d2 | api     | production  | 2026-03-03T16:00:00Z | success`,
    },
  });
  expect(await metric(warehouse, LEAD_TIME)).toMatchObject({ value: hours(30), n: 1, unknown: 1 });
});

test("an organisation pools facts and counts a change in two services once among changes", async () => {
  const warehouse = await given({
    asOf,
    complete: ["deployment"],
    config: {
      services: { api: { repository: "mono", paths: ["api"] }, web: { repository: "mono", paths: ["web"] } },
    },
    data: {
      change: `
        id | repository | first_commit_at      | merged_at            | paths
        c1 | mono       | 2026-03-02T10:00:00Z | 2026-03-02T11:00:00Z | api/a;web/b
        c2 | mono       | 2026-03-02T06:00:00Z | 2026-03-02T11:00:00Z | api/a`,
      deployment: `
        id | service | environment | finished_at          | status
        a1 | api     | production  | 2026-03-02T12:00:00Z | success
        w1 | web     | production  | 2026-03-03T10:00:00Z | success`,
    },
  });
  // api: c1 2 h, c2 6 h. web: c1 24 h. Pooled: 2, 6, 24 h, median 6 h of three facts; the mean of the services' medians would be 14 h.
  expect(await metric(warehouse, LEAD_TIME, { scope: "Test", scopeKind: "organisation" })).toMatchObject({
    value: hours(6),
    n: 3,
    changes: 2,
  });
  expect(await metric(warehouse, LEAD_TIME)).toMatchObject({ value: hours(4), n: 2, changes: 2 });
  expect(await metric(warehouse, LEAD_TIME, { scope: "web" })).toMatchObject({
    value: hours(24),
    n: 1,
    changes: 1,
  });
});

test("lead time is filed by the end of the deployment", async () => {
  const warehouse = await given({
    asOf,
    complete: ["deployment"],
    data: {
      change: `
        id | repository | first_commit_at      | merged_at
        c1 | api        | 2026-02-27T10:00:00Z | 2026-02-28T20:00:00Z`,
      deployment: `
        id | service | environment | started_at           | finished_at          | status
        d1 | api     | production  | 2026-02-28T23:00:00Z | 2026-03-01T01:00:00Z | success`,
    },
  });
  const months = await metricRows(warehouse, LEAD_TIME, { by: "month" });
  expect(months.map(({ period_label, n }) => [period_label, n])).toEqual([["2026-03", 1]]);
});
