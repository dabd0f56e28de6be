import { expect, test } from "vitest";
import { given, metric, metricRows } from "../../support/history.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";

const FREQUENCY = "deployment_frequency";
const RATE = "change_fail_rate";
const RECOVERY = "failed_deployment_recovery_time";

const team = (scope: string) => ({ scope, scopeKind: "team" }) as const;
const organisation = { scope: "Test", scopeKind: "organisation" } as const;

/** `api` moves from red to blue on 16 February, in the middle of the quarter. `web` is green's all the time. */
const reorganised = (): Promise<Warehouse> =>
  given({
    asOf: "2026-04-01T00:00:00Z",
    complete: ["incident", "deployment"],
    config: {
      time_zone: "Europe/Berlin",
      services: {
        api: { repository: "api", active_from: "2026-01-01" },
        web: { repository: "web", active_from: "2026-01-01" },
      },
      teams: {
        red: { owns: [{ service: "api", until: "2026-02-16" }] },
        blue: { owns: [{ service: "api", from: "2026-02-16" }] },
        green: { owns: ["web"] },
      },
    },
    data: {
      change: `
        id | repository | first_commit_at           | merged_at
        c1 | api        | 2026-02-15T22:00:00+01:00 | 2026-02-15T23:00:00+01:00
        c2 | api        | 2026-02-15T20:00:00+01:00 | 2026-02-15T23:45:00+01:00`,
      deployment: `
        id | service | environment | version | finished_at               | status
        a1 | api     | production  | 1.0     | 2026-01-12T12:00:00+01:00 | success
        a2 | api     | production  | 1.1     | 2026-02-15T23:30:00+01:00 | success
        a3 | api     | production  | 1.2     | 2026-02-16T00:00:00+01:00 | success
        a4 | api     | production  | 1.3     | 2026-03-02T12:00:00+01:00 | success
        w1 | web     | production  | 1.0     | 2026-02-01T12:00:00+01:00 | success`,
      incident: `
        id | service | started_at                | resolved_at               | caused_by
        i1 | api     | 2026-02-15T23:45:00+01:00 | 2026-02-16T23:30:00+01:00 | a2
        i2 | web     | 2026-02-01T13:00:00+01:00 | 2026-02-01T14:00:00+01:00 | w1`,
    },
  });

test("facts belong to the team that owned the service on that day, and the teams sum to the organisation", async () => {
  const warehouse = await reorganised();
  const quarter = async (scope: Parameters<typeof metricRows>[2]) => {
    const [frequency] = await metricRows(warehouse, FREQUENCY, { ...scope, by: "quarter" });
    const [rate] = await metricRows(warehouse, RATE, { ...scope, by: "quarter" });
    return [frequency?.numerator, rate?.numerator, rate?.denominator];
  };
  // a3 went live at midnight in Berlin on the first day of blue; until then, half an hour before for a2, api was red's.
  expect(await quarter(team("red"))).toEqual([2, 1, 2]);
  expect(await quarter(team("blue"))).toEqual([2, 0, 2]);
  expect(await quarter(team("green"))).toEqual([1, 1, 1]);
  expect(await quarter(organisation)).toEqual([5, 2, 5]);
});

test("the days of a team are those on which it owned something", async () => {
  const warehouse = await reorganised();
  // 1 January to 15 February: 31 + 15; 16 February to 31 March: 13 + 31. As-of is 02:00 of 1 April in Berlin: one more day begun.
  expect(await metric(warehouse, FREQUENCY, team("red"))).toMatchObject({ denominator: 46 });
  expect(await metric(warehouse, FREQUENCY, team("blue"))).toMatchObject({ denominator: 45 });
  const [red] = await metricRows(warehouse, FREQUENCY, { ...team("red"), by: "quarter" });
  const [blue] = await metricRows(warehouse, FREQUENCY, { ...team("blue"), by: "quarter" });
  expect([red?.is_partial, blue?.is_partial]).toEqual([true, true]);
});

test("a recovery belongs to the team that owned the service when it was restored", async () => {
  const warehouse = await reorganised();
  // a2 failed under red and was restored 24 h later, under blue
  expect(await metric(warehouse, RECOVERY, team("red"))).toMatchObject({ value: null, n: 0 });
  expect(await metric(warehouse, RECOVERY, team("blue"))).toMatchObject({ value: 24 * 3600, n: 1 });
});

test("lead time belongs to the team that owned the service when it was deployed", async () => {
  const warehouse = await reorganised();
  // c1 shipped in a2, 90 min after its first commit; c2 in a3, 4 h after, already blue's though it was merged under red
  expect(await metric(warehouse, "change_lead_time", team("red"))).toMatchObject({ value: 1.5 * 3600, n: 1 });
  expect(await metric(warehouse, "change_lead_time", team("blue"))).toMatchObject({ value: 4 * 3600, n: 1 });
});

test("a team pools its services and does not average them", async () => {
  const warehouse = await given({
    asOf: "2026-04-01T00:00:00Z",
    complete: ["incident"],
    config: {
      services: { api: { repository: "api" }, web: { repository: "web" } },
      teams: { red: { owns: ["api", "web"] } },
    },
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        a1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success
        w1 | web     | production  | 1.0     | 2026-03-02T12:00:00Z | success
        w2 | web     | production  | 1.1     | 2026-03-03T12:00:00Z | success
        w3 | web     | production  | 1.2     | 2026-03-04T12:00:00Z | success`,
      incident: `
        id | service | started_at           | caused_by
        i1 | api     | 2026-03-02T13:00:00Z | a1`,
    },
  });
  // 1 of 4, not the mean of 100 % and 0 %
  expect(await metric(warehouse, RATE, team("red"))).toMatchObject({
    value: 0.25,
    numerator: 1,
    denominator: 4,
  });
});

test("a team whose spans of the same service overlap counts each fact once", async () => {
  const warehouse = await given({
    asOf: "2026-04-01T00:00:00Z",
    data: {
      ownership: `
        service | team | owned_from | owned_until
        api     | red  |            | 2026-03-02
        api     | red  | 2026-01-01 |
        api     | red  | 2026-02-01 | 2026-02-20`,
      deployment: `
        id | service | environment | version | finished_at          | status
        a1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success`,
    },
  });
  expect(await metric(warehouse, FREQUENCY, team("red"))).toMatchObject({ numerator: 1 });
});

test("a service that nobody owns is in the organisation all the same", async () => {
  const warehouse = await given({
    asOf: "2026-04-01T00:00:00Z",
    config: {
      services: { api: { repository: "api" }, web: { repository: "web" } },
      teams: { red: { owns: ["api"] } },
    },
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        a1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success
        w1 | web     | production  | 1.0     | 2026-03-02T12:00:00Z | success`,
    },
  });
  expect(await metric(warehouse, FREQUENCY, team("red"))).toMatchObject({ numerator: 1 });
  expect(await metric(warehouse, FREQUENCY, organisation)).toMatchObject({ numerator: 2 });
});
