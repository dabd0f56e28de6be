import { beforeAll, expect, test } from "vitest";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { given } from "../../support/history.ts";
import { cutsOf, factsOf } from "../../support/measures.ts";

const minutes = (count: number) => count * 60;
const days = (count: number) => count * 86_400;

// One bank's month: two releases of api, the second of which fails at noon and is taken back at one.
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await given({
    asOf: "2026-04-01T00:00:00Z",
    complete: ["incident"],
    config: { services: { api: { repository: "api" }, web: { repository: "web" } }, incident_classes: { change: [], capacity: [] } },
    data: {
      deployment: `
        id | service | environment | version | started_at           | finished_at          | status  | rollback_of
        d1 | api     | production  | 1.0     | 2026-03-01T12:00:00Z | 2026-03-01T12:00:00Z | success |
        d2 | api     | production  | 1.1     | 2026-03-10T12:00:00Z | 2026-03-10T12:00:00Z | success |
        d3 | api     | production  | 1.0     | 2026-03-10T13:00:00Z | 2026-03-10T13:00:00Z | success | d2
        d4 | api     | production  | 1.2     | 2026-03-30T12:00:00Z | 2026-03-30T12:00:00Z | success |
        w1 | web     | production  | 7.0     | 2026-03-05T12:00:00Z | 2026-03-05T12:00:00Z | success |`,
      incident: `
        id | service | started_at           | detected_at          | mitigated_at         | resolved_at          | caused_by | labels            | classification
        i1 | api     | 2026-03-10T12:05:00Z | 2026-03-10T12:30:00Z | 2026-03-10T13:00:00Z | 2026-03-10T14:00:00Z | d2        | customer-reported | change
        i2 | api     | 2026-03-10T12:10:00Z | 2026-03-10T12:30:00Z | 2026-03-10T13:00:00Z | 2026-03-10T14:00:00Z | d2        | p1                | capacity`,
      service_traffic: `
        service | version | starts_at            | ends_at              | requests | errors | users
        api     |         | 2026-03-10T10:00:00Z | 2026-03-10T11:00:00Z | 1000     | 2      |
        api     |         | 2026-03-10T11:00:00Z | 2026-03-10T12:00:00Z | 1000     | 3      |
        api     |         | 2026-03-10T11:30:00Z | 2026-03-10T12:30:00Z | 9999     | 9999   |
        api     |         | 2026-03-10T12:00:00Z | 2026-03-10T13:00:00Z | 1000     | 50     |
        api     |         | 2026-03-10T13:00:00Z | 2026-03-10T14:00:00Z | 1000     | 4      |
        api     |         | 2026-03-30T11:00:00Z | 2026-03-30T12:00:00Z | 90       | 0      |
        api     |         | 2026-03-30T12:00:00Z | 2026-03-30T13:00:00Z | 900      | 0      |
        web     | 6.9     | 2026-03-09T00:00:00Z | 2026-03-16T00:00:00Z |          |        | 30
        web     | 7.0     | 2026-03-09T00:00:00Z | 2026-03-16T00:00:00Z |          |        | 60
        web     | 7.1     | 2026-03-09T00:00:00Z | 2026-03-16T00:00:00Z |          |        | 10`,
      ticket: `
        id | kind    | service | created_at           | labels
        t1 | support | api     | 2026-03-01T11:00:00Z |
        t2 | support | api     | 2026-03-08T11:59:59Z |
        t3 | support | api     | 2026-03-08T12:00:00Z |
        t4 | task    | api     | 2026-03-10T12:20:00Z | Customer-Support
        t5 | bug     | api     | 2026-03-10T12:20:00Z | supported
        t6 | support | api     | 2026-03-10T12:59:59Z |
        t7 | support | api     | 2026-03-31T00:00:00Z |`,
      premortem_risk: `
        id | service | version | risk              | owner | classification | incidents
        p1 | api     | 1.1     | Retries pay twice | Pay   |                | i1; i99
        p2 | api     | 1.1     | Too slow          | Ops   | Capacity       |
        p3 | api     | 1.1     | Nobody is there   | Ops   |                |
        p4 | api     | 1.2     | Nobody is there   | Ops   |                |
        p5 | web     | 8.0     | Nobody is there   | Ops   |                |`,
      test_result: `
        id | service | environment | suite | kind  | finished_at          | outcome
        r1 | api     | production  | smoke | smoke | 2026-03-10T12:10:00Z | passed
        r2 | api     | production  | smoke | smoke | 2026-03-10T12:20:00Z | failed
        r3 | api     | production  | smoke | smoke | 2026-03-30T12:20:00Z | failed
        r4 | api     | production  | smoke | smoke | 2026-03-30T12:30:00Z | passed
        r5 | api     | production  | units | unit  | 2026-03-30T12:40:00Z | failed`,
      flag: `
        name | service | at                   | is_on | share
        f1   | api     | 2026-02-01T00:00:00Z | true  | 0.1
        f1   | api     | 2026-03-04T00:00:00Z | true  | 0.5
        f1   | api     | 2026-03-11T00:00:00Z | true  | 1
        f2   | api     | 2026-02-01T00:00:00Z | true  |
        f2   | api     | 2026-02-02T00:00:00Z | false |
        f3   | api     | 2026-03-31T00:00:00Z | true  | 0.2`,
      experiment: `
        id | service | control_value | variant_value | difference_low | difference_high | decision | decided_at           | version
        x1 | api     | 0.80          | 0.88          | 0.05           | 0.11            | keep     | 2026-03-05T00:00:00Z |
        x2 | api     | 0.80          | 0.81          | -0.02          | 0.04            | drop     | 2026-03-05T00:00:00Z | 1.2
        x3 | api     | 0             | 1             |                |                 |          |                      | 1.2`,
    },
  });
});

test("errors are compared in whole stretches before and after, up to the deployments beside", async () => {
  // d2: 5 of 2,000 before and 50 of 1,000 after. d3: the hour of d2 before, 4 of 1,000 after. d4: 90 requests are too few.
  const rows = await warehouse.rows("select wave_id, before_errors, before_requests, after_errors, after_requests, verdict, round(difference, 4) as difference, round(difference_low, 4) as low, round(difference_high, 4) as high from practices.error_rate_change order by wave_id");
  // Wilson: 5/2000 0.00107 to 0.00584; 50/1000 0.03813 to 0.06531. Newcombe: 0.0475 - sqrt(0.01187² + 0.00334²), 0.0475 + sqrt(0.01531² + 0.00143²).
  expect(rows).toEqual([
    { wave_id: "data:d2", before_errors: 5, before_requests: 2000, after_errors: 50, after_requests: 1000, verdict: "higher", difference: 0.0475, low: 0.0352, high: 0.0629 },
    expect.objectContaining({ wave_id: "data:d3", before_errors: 50, before_requests: 1000, after_errors: 4, after_requests: 1000, verdict: "lower" }),
    expect.objectContaining({ wave_id: "data:d4", verdict: "not enough evidence", before_requests: 90 }),
  ]);
  expect(await factsOf(warehouse, "error_rate_rise")).toEqual({ "data:d2": true, "data:d3": false });
});

test("support tickets belong to what was live, for a week, from the first of them on", async () => {
  // t1 came before d1. d1 is followed by a week with t2; t3 is a second too late. d2 had an hour with t4 and t6; d4's week is not over.
  expect(await factsOf(warehouse, "support_tickets")).toEqual({ "data:d1": 1, "data:d2": 2, "data:d3": 0 });
  const live = await warehouse.rows("select native_id, wave_id from model.support_ticket order by native_id");
  expect(live.map((row) => Object.values(row).join(" "))).toEqual(["t1 ", "t2 data:d1", "t3 data:d1", "t4 data:d2", "t6 data:d2", "t7 data:d4"]);
});

test("a week after a version, users of versions from before it are on older ones", async () => {
  // 6.9 is not known to have gone live, nor is 7.1: 40 of 100 users.
  expect(await factsOf(warehouse, "users_on_older_versions")).toEqual({ "web@7.0": 0.4 });
});

test("a failure was foreseen where somebody says so, and may have been where its class was", async () => {
  const rows = await warehouse.rows("select version, risk, state, incidents from reports.release_premortem order by service, version, position");
  expect(rows.map(({ version, risk, state, incidents }) => [version, risk, state, incidents])).toEqual([
    ["1.1", "Retries pay twice", "came true", ["i1"]],
    ["1.1", "Too slow", "may have come true", ["i2"]],
    ["1.1", "Nobody is there", "not seen", []],
    ["1.2", "Nobody is there", "pending", []],
    ["8.0", "Nobody is there", "not live", []],
  ]);
  expect(await factsOf(warehouse, "foreseen_failures")).toEqual({ "data:i1 of api@1.1": true, "data:i2 of api@1.1": false });
});

test("a scorecard has seven lines, each with its number or what would bring it", async () => {
  const lines = async (service: string, version: string) =>
    warehouse.rows<Record<string, unknown>>(`select aspect, state, round(value, 6) as value, n, hits, before_value, sources, connect from reports.release_scorecard where service = '${service}' and version = '${version}' order by position`);
  expect(await lines("api", "1.1")).toEqual([
    { aspect: "recovery", state: "bad", value: minutes(60), n: 1, hits: 1, before_value: null, sources: ["data"], connect: null },
    { aspect: "error rate", state: "bad", value: 0.0475, n: 1000, hits: 50, before_value: 0.0025, sources: ["data"], connect: null },
    { aspect: "user-reported incidents", state: "bad", value: 1, n: 2, hits: 1, before_value: null, sources: ["data"], connect: null },
    // In the hour that it was live; none in the hour before.
    { aspect: "support tickets", state: "told", value: 2, n: null, hits: null, before_value: 0, sources: ["data"], connect: null },
    { aspect: "validation", state: "bad", value: 1, n: 1, hits: 1, before_value: null, sources: ["data"], connect: null },
    { aspect: "rollback", state: "bad", value: minutes(60), n: 1, hits: null, before_value: null, sources: ["data"], connect: null },
    { aspect: "users", state: "no data", value: null, n: null, hits: null, before_value: null, sources: [], connect: "a file of service_traffic with users by version would bring it" },
  ]);
  const states = async (service: string, version: string) => (await lines(service, version)).map(({ aspect, state }) => `${String(aspect)}: ${String(state)}`);
  expect(await states("web", "7.0")).toEqual([
    ...["recovery: good", "error rate: no data", "user-reported incidents: no data", "support tickets: no data"],
    ...["validation: no data", "rollback: good", "users: told"],
  ]);
  expect(await states("api", "1.2")).toEqual([
    ...["recovery: pending", "error rate: too few", "user-reported incidents: pending", "support tickets: pending"],
    ...["validation: good", "rollback: good", "users: no data"],
  ]);
});

test("a release exposed the flags that were on while it was live, and has the experiments that name it or were decided then", async () => {
  const flags = await warehouse.rows("select version, name, was_on, share_then, switches, is_on_last, share_last from reports.release_flags where service = 'api' order by version, name");
  expect(flags.map((row) => Object.values(row))).toEqual([
    ["1.0", "f1", true, 0.1, 1, true, 0.5],
    ["1.1", "f1", true, 0.5, 1, true, 1],
    ["1.2", "f1", true, 1, 0, true, 1],
    ["1.2", "f3", false, null, 1, true, 0.2],
  ]);
  // From 1 February to 11 March; f2 was on for all at once; f3 is not there yet.
  expect(await factsOf(warehouse, "time_to_full_exposure")).toEqual({ "data:f1": days(38), "data:f2": 0 });
  const experiments = await warehouse.rows("select version, native_id, round(effect, 4) as effect, evidence, decision from reports.release_experiments order by version, native_id");
  expect(experiments.map((row) => Object.values(row))).toEqual([
    ["1.0", "x1", 0.1, "differs", "keep"],
    ["1.2", "x2", 0.0125, "no clear difference", "drop"],
    ["1.2", "x3", null, "no interval", null],
  ]);
});

test("a run's time is told apart: what it waited for machines once, the queue and the run without it", async () => {
  const runs = await given({
    asOf: "2026-04-01T00:00:00Z",
    data: {
      pipeline_run: `
        id | service | queued_at            | started_at           | finished_at          | conclusion
        r1 | api     | 2026-03-02T10:00:00Z | 2026-03-02T10:02:00Z | 2026-03-02T10:10:00Z | success
        r2 | api     | 2026-03-02T11:00:00Z | 2026-03-02T11:01:00Z | 2026-03-02T11:05:00Z | success`,
      provisioning: `
        id | kind        | pipeline_run | requested_at         | ready_at
        p1 | runner      | r1           | 2026-03-02T10:00:30Z | 2026-03-02T10:01:30Z
        p2 | environment | r1           | 2026-03-02T10:01:00Z | 2026-03-02T10:04:00Z
        p3 | environment | r1           | 2026-03-02T10:03:00Z | 2026-03-02T10:03:30Z
        p4 | runner      | r9           | 2026-03-02T10:00:00Z | 2026-03-02T10:00:10Z
        p5 | runner      | r2           | 2026-03-02T11:00:00Z |`,
    },
  });
  expect(await cutsOf(runs, "provisioning_wait")).toEqual({ "data:p1 / runner": 60, "data:p2 / environment": 180, "data:p3 / environment": 30, "data:p4 / runner": 10 });
  // From 10:00:30 to 10:04, of ten minutes; 90 s of it in the queue, 120 s in the run.
  expect(await factsOf(runs, "provisioning_share")).toEqual({ "data:r1": 0.35 });
  expect(await factsOf(runs, "queue_time")).toEqual({ "data:r1": 30, "data:r2": 60 });
  expect(await cutsOf(runs, "run_time")).toEqual({ "data:r1 / success": minutes(6), "data:r2 / success": minutes(4) });
});

test("before and after a change of a pipeline: equal windows, and a verdict only where the difference is clear", async () => {
  // A run a day at noon from 1 January on: 300 s, then 100 s from 11 March on; the first ten of February fail.
  const first = Date.parse("2026-01-01T12:00:00Z");
  const day = 86_400_000;
  const runs = Array.from({ length: 90 }, (_, index) => {
    const at = first + index * day;
    const seconds = index < 69 ? 300 : 100;
    const iso = (time: number) => new Date(time).toISOString();
    return `r${index} | api | b | ${iso(at)} | ${iso(at + seconds * 1000)} | ${index >= 31 && index < 41 ? "failure" : "success"}`;
  });
  const changed = await given({
    asOf: "2026-04-01T00:00:00Z",
    data: {
      pipeline_run: `id | service | workflow | started_at | finished_at | conclusion\n${runs.join("\n")}`,
      pipeline_change: `
        id | title | service | workflow | changed_at
        c1 | Cache | api     | b        | 2026-03-11T00:00:00Z
        c2 | Young | api     |          | 2026-03-29T00:00:00Z
        c3 | Other | api     | other    | 2026-03-11T00:00:00Z`,
    },
  });
  const rows = await changed.rows(
    "select pipeline_change_id as id, aspect, days, before_n, round(before_value, 4) as before, after_n, after_value as after, other_changes as others, verdict from practices.pipeline_change_effect where verdict <> 'no data' order by id, aspect_position",
  );
  // As-of is 21 days after: 18 February to 10 March, 11 to 31 March, of which the last run on record is the 31st's.
  expect(rows).toEqual([
    { id: "data:c1", aspect: "run time", days: 21, before_n: 21, before: 300, after_n: 21, after: 100, others: 1, verdict: "better" },
    { id: "data:c1", aspect: "failed runs", days: 21, before_n: 21, before: 0, after_n: 21, after: 0, others: 1, verdict: "no clear difference" },
    { id: "data:c2", aspect: "run time", days: 3, before_n: 3, before: 100, after_n: 3, after: 100, others: 0, verdict: "not enough evidence" },
    { id: "data:c2", aspect: "failed runs", days: 3, before_n: 3, before: 0, after_n: 3, after: 0, others: 0, verdict: "not enough evidence" },
  ]);
});
