import { expect, test } from "vitest";
import { given, type History } from "../../support/history.ts";
import { commits, deployments, mainAt, story } from "../story.ts";

/** In Berlin the business year begins in April: 31 March 23:30 UTC is in its first quarter. */
const HISTORY: History = {
  asOf: "2026-08-01T00:00:00Z",
  config: {
    time_zone: "Europe/Berlin",
    quarter_start: "april",
    services: { api: { repository: "api" }, web: { repository: "web" } },
    teams: { red: { owns: [{ service: "api", until: "2026-05-01" }] }, blue: { owns: [{ service: "api", from: "2026-05-01" }] } },
  },
  data: {
    deployment: `
      id | service | environment | version | finished_at          | status
      d1 | api     | production  | 1.0     | 2026-02-02T12:00:00Z | success`,
    change_request: `
      id | type      | service | created_at
      C0 | emergency | api     | 2026-02-02T12:00:00Z
      C1 | emergency | api     | 2026-03-31T22:30:00Z
      C2 | normal    | web     | 2026-04-30T21:30:00Z
      C3 | normal    | api     | 2026-04-30T22:30:00Z
      C4 | standard  |         | 2026-06-30T21:59:59Z
      C5 | standard  | api     | 2026-07-30T12:00:00Z
      C6 | standard  | api     | 2026-09-30T12:00:00Z`,
    pipeline_run: `
      id | service | queued_at            | started_at           | workflow
      r1 | api     | 2026-05-01T09:00:00Z | 2026-05-01T09:00:10Z | b
      r2 | api     | 2026-05-02T09:00:00Z | 2026-05-02T09:00:20Z | b
      r3 | api     | 2026-05-03T09:00:00Z | 2026-05-03T09:00:30Z | b
      r4 | api     | 2026-05-04T09:00:00Z | 2026-05-04T09:00:40Z | b
      r5 | api     | 2026-05-05T09:00:00Z | 2026-05-05T09:01:30Z | b
      r6 | api     | 2026-06-06T09:00:00Z | 2026-06-06T09:02:00Z | b`,
  },
};

test("figures pool facts by calendar, owner of the day and cut; as-of and the organisation's clock decide", async () => {
  const warehouse = await given(HISTORY);
  const of = (measure: string, where: string) =>
    warehouse.rows(
      `select scope, period_label as period, n, hits, round(value, 6) as value, round(interval_low, 4) as low, round(interval_high, 4) as high
       from practices.figure where measure = '${measure}' and ${where} order by scope, period_start`,
    );
  // Wilson for 1 of 4: 0.0456 to 0.6994. C4 names no service. C6 was filed after as-of: it has not happened.
  const quarters = await of("emergency_ratio", "scope_kind = 'organisation' and period_kind = 'quarter'");
  expect(quarters).toEqual([
    { scope: "Test", period: "Q4 2025/26", n: 1, hits: 1, value: 1, low: 0.2065, high: 1 },
    { scope: "Test", period: "Q1 2026/27", n: 4, hits: 1, value: 0.25, low: 0.0456, high: 0.6994 },
    { scope: "Test", period: "Q2 2026/27", n: 1, hits: 0, value: 0, low: 0, high: 0.7935 },
  ]);
  // C3 was filed half an hour after blue took over, in Berlin.
  const teams = await of("emergency_ratio", "scope_kind = 'team' and period_label = 'Q1 2026/27'");
  expect(teams).toMatchObject([
    { scope: "blue", n: 1, hits: 0 },
    { scope: "red", n: 1, hits: 1 },
  ]);
  const services = await of("emergency_ratio", "scope_kind = 'service' and period_kind = 'month'");
  expect(services).toMatchObject([
    { scope: "api", period: "2026-02" },
    { scope: "api", period: "2026-04", n: 1, hits: 1 },
    { scope: "api", period: "2026-05", n: 1, hits: 0 },
    { scope: "api", period: "2026-07" },
    { scope: "web", period: "2026-04", n: 1, hits: 0 },
  ]);
  // Six values: the middle is between 30 and 40, the interval the smallest to the largest; five have none.
  const waits = await of("queue_time", "scope_kind = 'organisation'");
  expect(waits).toEqual([
    { scope: "Test", period: "Q1 2026/27", n: 6, hits: null, value: 35, low: 10, high: 120 },
    { scope: "Test", period: "2026-05", n: 5, hits: null, value: 30, low: null, high: null },
    { scope: "Test", period: "2026-06", n: 1, hits: null, value: 120, low: null, high: null },
  ]);
});

test("a page shows the last quarter that is over beside the one before, and what to connect where nothing is known", async () => {
  const warehouse = await given(HISTORY);
  const measures = await warehouse.rows<{ measure: string }>("from reports.site_measure order by position");
  expect(measures.find(({ measure }) => measure === "emergency_ratio")).toMatchObject({
    ...{ period_label: "Q1 2026/27", is_current: false, n: 4, hits: 1, previous_label: "Q4 2025/26", previous_value: 1 },
    ...{ verdict: "too few", all_facts: 6 },
  });
  expect(measures.find(({ measure }) => measure === "stale_flags")).toMatchObject({
    ...{ all_facts: 0, value: null, period_label: null, verdict: "none", connect: "a file of switches of feature flags would bring them" },
  });
});

test("practices answer with a control's counts, a metric's figure, a measure's, or what to connect", async () => {
  const warehouse = await given({ ...HISTORY, config: { ...HISTORY.config, controls: { "TST-06": { enabled: false } } } });
  const places = await warehouse.rows<{ practice: string; place: string }>(
    "select practice, place, state, passed, failed, unknown, value, connect, period_label from reports.site_practice",
  );
  const answer = (practice: string, place: string) => places.find((row) => row.practice === practice && row.place === place);
  expect(answer("A2.5", "emergency_ratio")).toMatchObject({ state: "ok", value: 0.25, period_label: "Q1 2026/27" });
  expect(answer("A1.5", "stale_flags")).toMatchObject({ state: "no data", connect: "a file of switches of feature flags would bring them" });
  expect(answer("A2.1", "TST-06")).toMatchObject({ state: "switched off", passed: null });
  expect(answer("A8.1", "change_fail_rate")).toMatchObject({ state: "no data" });
  expect(answer("A7.2", "packs.html")).toMatchObject({ state: "listed", value: null });
  expect(new Set(places.map(({ practice }) => practice)).size).toBe(90);
});

test("a service branches by where its deployed commits lie, of which only a commit graph tells", async () => {
  const data = {
    commit: commits(`
      sha | parents | at       | subject
      m1  |         | 05 09:00 | Begin
      b1  | m1      | 06 09:00 | On a branch
      m2  | m1      | 07 09:00 | On main (#1)`),
    ref: mainAt("m2"),
    deployment: deployments(`
      id | sha | at
      w1 | m1  | 05 12:00
      w2 | b1  | 06 12:00`),
  };
  const asked = "select service, model from practices.service_branching";
  expect(await (await story({ data })).rows(asked)).toEqual([{ service: "api", model: "release branches" }]);
  expect(await (await given(HISTORY)).rows(asked)).toEqual([]);
});
