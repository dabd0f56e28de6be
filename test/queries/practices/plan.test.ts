import { beforeAll, describe, expect, test } from "vitest";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { given } from "../../support/history.ts";
import { cutsOf, factsOf } from "../../support/measures.ts";

const asOf = "2026-04-01T00:00:00Z";
const hours = (count: number) => count * 3600;
const days = (count: number) => hours(count * 24);

describe("planning", () => {
  let warehouse: Warehouse;

  beforeAll(async () => {
    warehouse = await given({
      asOf,
      config: {
        time_zone: "Europe/Berlin",
        services: { api: { repository: "api", upstream: ["core"] }, core: { repository: "core" } },
        tickets: { vendor_statuses: ["Waiting for *"] },
      },
      data: {
        ticket: `
          id | service | created_at           | resolved_at          | labels         | due_on     | regulation
          T1 | api     | 2026-03-01T08:00:00Z | 2026-03-31T21:30:00Z | a; Regulatory:PSD2 | 2026-03-31 |
          T2 | api     | 2026-03-01T08:00:00Z | 2026-03-20T23:30:00Z | regulatory     | 2026-03-20 |
          T3 |         | 2026-03-01T08:00:00Z |                      |                | 2026-03-30 | GDPR
          T4 | api     | 2026-03-01T08:00:00Z | 2026-03-02T08:00:00Z |                | 2026-03-30 |
          T5 | api     | 2026-03-01T08:00:00Z |                      | regulatory     | 2026-04-01 |`,
        ticket_transition: `
          ticket | at                   | from_status        | to_status
          T1     | 2026-03-02T08:00:00Z | To do              | waiting for vendor
          T1     | 2026-03-04T08:00:00Z | waiting for vendor | Waiting for bank
          T1     | 2026-03-05T08:00:00Z | Waiting for bank   | In progress
          T2     | 2026-03-30T08:00:00Z | To do              | waiting for vendor`,
        vendor_wait: `
          id | ticket | vendor | started_at           | ended_at
          w1 | T1     | Acquirer | 2026-03-04T20:00:00Z | 2026-03-06T08:00:00Z
          w2 | T1     | Lab      | 2026-03-10T08:00:00Z | 2026-03-11T08:00:00Z
          w3 | T9     |          | 2026-03-12T08:00:00Z | 2026-03-12T09:00:00Z`,
        change: `
          id | repository | services | first_commit_at      | opened_at            | merged_at            | merge_sha | tickets
          c1 | api        | api      | 2026-03-05T08:00:00Z | 2026-03-09T08:00:00Z | 2026-03-09T09:00:00Z | aa1       | T1; T4; T8
          c2 | api        | api      | 2026-03-09T09:30:00Z | 2026-03-09T09:40:00Z | 2026-03-09T09:50:00Z | aa2       | T4`,
        deployment: `
          id | service | environment | sha | version | started_at           | finished_at          | status
          d0 | api     | production  | aa0 | 1.0.0   | 2026-03-01T08:00:00Z | 2026-03-01T08:10:00Z | success
          d1 | api     | production  | aa1 | 1.1.0   | 2026-03-10T12:00:00Z | 2026-03-10T12:10:00Z | success
          k1 | core    | production  |     | 2.0     | 2026-03-10T20:00:00Z | 2026-03-10T20:10:00Z | success
          k2 | core    | production  |     | 2.1     | 2026-03-12T20:00:00Z | 2026-03-12T20:10:00Z | success`,
        release: `
          service | version | planned_at           | published_at
          api     | 1.0.0   | 2026-03-01T08:00:00Z | 2026-03-01T08:10:00Z
          api     | 1.1.0   | 2026-03-09T08:00:00Z | 2026-03-10T12:10:00Z
          api     | 1.2.0   | 2026-03-20T08:00:00Z |
          api     | 1.3.0   | 2026-04-15T08:00:00Z |
          core    | 2.2     | 2026-04-15T12:00:00Z |`,
        milestone: `
          id | name  | planned_at           | actual_at            | scope
          m1 | Audit | 2026-03-24T23:00:00Z | 2026-03-28T22:00:00Z | core`,
        moved_date: `
          id | service | version | milestone | planned_at           | moved_to             | decided_at           | cause   | reason
          v1 | api     | 1.1.0   |           | 2026-03-02T08:00:00Z | 2026-03-05T08:00:00Z | 2026-03-01T09:00:00Z | Vendor  | Contract
          v2 | api     | 1.1.0   |           | 2026-03-05T08:00:00Z | 2026-03-09T08:00:00Z | 2026-03-04T09:00:00Z | defect  |
          v3 |         |         | m1        | 2026-03-26T23:00:00Z | 2026-03-24T23:00:00Z | 2026-03-10T09:00:00Z |         | Auditor asked
          v4 | api     | 1.2.0   |           | 2026-03-20T08:00:00Z |                      | 2026-03-19T09:00:00Z |         |
          v5 | api     | 9.9.9   |           | 2026-03-20T08:00:00Z | 2026-03-21T08:00:00Z | 2026-03-19T09:00:00Z | scope   |`,
        calendar_window: `
          id | kind   | scope | starts_at            | ends_at              | reason
          P1 | peak   |       | 2026-03-09T23:00:00Z | 2026-03-10T23:00:00Z | Pay day
          P2 | peak   | core  | 2026-04-14T00:00:00Z | 2026-04-20T00:00:00Z | Tax
          P3 | peak   | web   | 2026-03-09T23:00:00Z | 2026-03-10T23:00:00Z | Fair
          M1 | maintenance |  | 2026-03-09T23:00:00Z | 2026-03-10T23:00:00Z | Disks`,
      },
    });
  });

  test("spells of one ticket that touch are one wait; tickets that wait still have none yet", async () => {
    // T1: two statuses from the 2nd to the 5th and, overlapping, until the 6th = 4 days; and a day at the lab. T9 is nobody's ticket.
    expect(await cutsOf(warehouse, "vendor_wait")).toEqual({
      "data:T1 / Acquirer": days(5),
      "data:T9 / not named": hours(1),
    });
  });

  test("of lead time that part is the vendor's in which the ticket waited after the first commit and before going live", async () => {
    // c1: 5 March 08:00 to 6 March 08:00, and on the 10th from 08:00 to 12:10. c2 names a ticket that waited for nobody.
    expect(await cutsOf(warehouse, "vendor_delay")).toEqual({
      "data:api#c1 / Acquirer": days(1) + hours(4) + 600,
    });
  });

  test("a regulatory ticket is in time until the end of its due day by the organisation's clock", async () => {
    // T1 was done at 23:30 in Berlin, T2 half an hour after midnight. T4 is no regulatory ticket; T5 is due on the day of as-of.
    expect(await cutsOf(warehouse, "regulatory_on_time")).toEqual({
      ...{ "data:T1 / psd2": true, "data:T2 / not named": false, "data:T3 / GDPR": false },
    });
  });

  test("moved dates say by how much and why, and late ones whether anybody said so", async () => {
    expect(await cutsOf(warehouse, "plan_moved")).toEqual({
      ...{
        "data:v1 / vendor": days(3),
        "data:v2 / defect": days(4),
        "data:v3 / not said": -days(2),
        "data:v5 / scope": days(1),
      },
    });
    // 1.2.0 is overdue, and its record of a move gives no reason.
    expect(await cutsOf(warehouse, "slips_explained")).toEqual({
      ...{ "data:api@1.1.0 / release": true, "data:api@1.2.0 / release": false, "data:m1 / milestone": true },
    });
    const calendar = await warehouse.rows(
      "select name, first_planned_at, moves, moved_cause as cause, moved_reason as reason from reports.site_calendar where moves > 0 order by position",
    );
    expect(calendar).toEqual([
      {
        name: "api 1.1.0",
        first_planned_at: "2026-03-02T08:00:00Z",
        moves: 2,
        cause: "defect",
        reason: null,
      },
      { name: "api 1.2.0", first_planned_at: "2026-03-20T08:00:00Z", moves: 1, cause: null, reason: null },
      {
        name: "Audit",
        first_planned_at: "2026-03-26T23:00:00Z",
        moves: 1,
        cause: null,
        reason: "Auditor asked",
      },
    ]);
  });

  test("dependent services that are released on one day of a peak are listed, what is planned too", async () => {
    const listed =
      "select day::varchar as day, reason, service, upstream, deployments, planned, seconds_apart as apart, order_of_both as said from reports.site_release_conflict order by position";
    expect(await warehouse.rows(listed)).toEqual([
      {
        day: "2026-04-15",
        reason: "Tax",
        service: "api",
        upstream: "core",
        deployments: 0,
        planned: 2,
        apart: hours(4),
        said: "planned",
      },
      {
        day: "2026-03-10",
        reason: "Pay day",
        service: "api",
        upstream: "core",
        deployments: 2,
        planned: 0,
        apart: hours(8),
        said: "one after the other",
      },
    ]);
  });

  test("an event of the calendar is whole days where it lasts from midnight to midnight", async () => {
    const events =
      "select uid, is_whole_days as whole, starts, ends, summary, status from reports.calendar_event where kind in ('milestone', 'peak') or uid like '%1.3.0' order by position";
    expect(await warehouse.rows(events)).toEqual([
      {
        uid: "peak/data:P1",
        whole: true,
        starts: "20260310",
        ends: "20260311",
        summary: "Pay day",
        status: "CONFIRMED",
      },
      {
        uid: "peak/data:P3",
        whole: true,
        starts: "20260310",
        ends: "20260311",
        summary: "Fair",
        status: "CONFIRMED",
      },
      {
        uid: "milestone/data:m1",
        whole: true,
        starts: "20260325",
        ends: "20260326",
        summary: "Milestone Audit",
        status: "CONFIRMED",
      },
      {
        uid: "peak/data:P2",
        whole: false,
        starts: "20260414T000000Z",
        ends: "20260420T000000Z",
        summary: "Tax",
        status: "CONFIRMED",
      },
      {
        uid: "release/data:api@1.3.0",
        whole: false,
        starts: "20260415T080000Z",
        ends: null,
        summary: "Release api 1.3.0",
        status: "TENTATIVE",
      },
    ]);
  });
});

describe("delivery shape", () => {
  let warehouse: Warehouse;

  beforeAll(async () => {
    warehouse = await given({
      asOf,
      complete: ["incident"],
      config: { services: { api: { repository: "api" }, web: {}, lib: {} } },
      data: {
        release: `
          service | version | published_at
          lib     | 1.0.0   | 2025-12-01T00:00:00Z
          lib     | 1.1.0   | 2026-01-11T00:00:00Z
          lib     | 2.0.0   | 2026-01-21T00:00:00Z
          lib     | 1.1.1   | 2026-02-10T00:00:00Z`,
        pinned_version: `
          service | component | version | pinned_at            | removed_at
          api     | lib       | 1.0.0   | 2026-01-05T00:00:00Z |
          api     | lib       | 2.0.0   | 2026-02-15T00:00:00Z | 2026-03-20T00:00:00Z
          web     | lib       | 1.1.0   | 2026-01-15T00:00:00Z |
          web     | lib       | 7.7.7   | 2026-03-01T00:00:00Z |`,
        deployment: `
          id | service | environment | version | started_at           | finished_at          | status  | change_requests
          d1 | api     | production  | 1.9.3   | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success | C1
          d2 | api     | production  | 1.9.4   | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | C2
          d3 | api     | production  | 1.10.0  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | C3
          d4 | api     | production  | 2.0.0   | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success | C4; C5
          d5 | api     | production  | 2.0.1   | 2026-03-09T12:00:00Z | 2026-03-09T12:10:00Z | success |
          d6 | api     | production  | 2.0.2   | 2026-03-30T12:00:00Z | 2026-03-30T12:10:00Z | success |`,
        change_request: `
          id | type      | service | created_at
          C1 | normal    | api     | 2026-03-01T08:00:00Z
          C2 | standard  | api     | 2026-03-02T08:00:00Z
          C3 | normal    | api     | 2026-03-03T08:00:00Z
          C4 | normal    | api     | 2026-03-05T08:00:00Z
          C5 | emergency | api     | 2026-03-07T08:00:00Z`,
        change_request_approval: `
          id | change_request | approver | decision | decided_at
          a1 | C1             | ben      | approved | 2026-03-01T09:00:00Z
          a2 | C2             | ben      | approved | 2026-03-02T10:00:00Z
          a3 | C3             | ben      | approved | 2026-03-03T12:00:00Z
          a4 | C4             | ben      | approved | 2026-03-06T08:00:00Z
          a5 | C5             | ben      | approved | 2026-03-07T08:30:00Z`,
        incident: `
          id | service | started_at           | resolved_at          | caused_by
          i1 | api     | 2026-03-07T13:00:00Z | 2026-03-07T14:00:00Z | d4
          i2 | api     | 2026-03-02T13:00:00Z | 2026-03-02T14:00:00Z | d2`,
      },
    });
  });

  test("a service is as far behind as there are newer releases at the end of a month, older lines left out", async () => {
    // January, api on 1.0.0: 1.1.0 and 2.0.0. February: it is on 2.0.0, and 1.1.1 is of an older line. In March it no longer needs it.
    // web on 1.1.0: 2.0.0, then 1.1.1 too. Of 7.7.7 there is no release.
    const subjects = "select service, subject, value from practices.version_skew order by service, subject";
    expect(await warehouse.rows(subjects)).toEqual([
      { service: "api", subject: "lib 2026-01", value: 2 },
      { service: "api", subject: "lib 2026-02", value: 0 },
      { service: "web", subject: "lib 2026-01", value: 1 },
      { service: "web", subject: "lib 2026-02", value: 2 },
    ]);
    expect(await cutsOf(warehouse, "version_skew_age")).toEqual({
      ...{ "lib 2026-01 / api on lib": days(21), "lib 2026-02 / api on lib": 0 },
      ...{ "lib 2026-01 / web on lib": days(11), "lib 2026-02 / web on lib": days(39) },
    });
  });

  test("waits and failures go by the part of the version that a release raises", async () => {
    // 1.9.3 is the first release: it raises nothing.
    expect(await cutsOf(warehouse, "approval_wait_by_step")).toEqual({
      ...{
        "data:C2 / patch": hours(2),
        "data:C3 / minor": hours(4),
        "data:C4 / major": hours(24),
        "data:C5 / major": 1800,
      },
    });
    // 2.0.2 went live two days before as-of: its outcome is pending.
    expect(await cutsOf(warehouse, "fail_rate_by_step")).toEqual({
      ...{
        "api@1.9.4 / patch": true,
        "api@1.10.0 / minor": false,
        "api@2.0.0 / major": true,
        "api@2.0.1 / patch": false,
      },
    });
  });

  test("failures go by type of request too, the most urgent of several", async () => {
    const counted =
      "select cut, count(*)::int as n, count(*) filter (where is_hit)::int as hits from practices.fail_rate_by_type group by cut order by cut";
    expect(await warehouse.rows(counted)).toEqual([
      { cut: "emergency", n: 1, hits: 1 },
      { cut: "no request", n: 1, hits: 0 },
      { cut: "normal", n: 2, hits: 0 },
      { cut: "standard", n: 1, hits: 1 },
    ]);
  });

  test("rigour stands beside speed: both of each path, of the last twelve months", async () => {
    const rows =
      "select path_kind, path, waits, wait_seconds, wait_low, outcomes, failures, fail_rate from reports.site_rigour where path_kind = 'step' order by position";
    expect(await warehouse.rows(rows)).toEqual([
      {
        path_kind: "step",
        path: "major",
        waits: 2,
        wait_seconds: (days(1) + 1800) / 2,
        wait_low: null,
        outcomes: 1,
        failures: 1,
        fail_rate: 1,
      },
      {
        path_kind: "step",
        path: "minor",
        waits: 1,
        wait_seconds: hours(4),
        wait_low: null,
        outcomes: 1,
        failures: 0,
        fail_rate: 0,
      },
      {
        path_kind: "step",
        path: "patch",
        waits: 1,
        wait_seconds: hours(2),
        wait_low: null,
        outcomes: 2,
        failures: 1,
        fail_rate: 0.5,
      },
    ]);
  });
});

describe("environments", () => {
  let warehouse: Warehouse;

  beforeAll(async () => {
    warehouse = await given({
      asOf,
      config: {
        environments: {
          production: { kind: "production" },
          staging: { kind: "staging", names: ["STG"] },
        },
      },
      data: {
        environment: `
          name    | kind        | created_at           | removed_at           | is_ephemeral | provisioned_by
          staging | staging     |                      |                      |              | hand
          pr-1    | development | 2026-01-30T08:00:00Z | 2026-02-01T08:00:00Z |              | code
          pr-2    | development | 2026-02-10T08:00:00Z |                      | true         | code
          uat     | test        | 2026-02-20T08:00:00Z | 2026-03-10T08:00:00Z | false        | code
          later   | test        | 2026-05-01T08:00:00Z |                      | true         | code`,
        deployment: `
          id | service | environment | sha | started_at           | finished_at          | status
          d0 | api     | production  | a0  | 2025-11-03T08:00:00Z | 2025-11-03T08:10:00Z | success
          d1 | api     | STG         | a1  | 2026-02-03T08:00:00Z | 2026-02-03T08:10:00Z | success
          d2 | api     | staging     | a2  | 2026-02-24T08:00:00Z | 2026-02-24T08:10:00Z | success`,
        drift_scan: `
          id | environment | service | scanned_at           | differences | unapproved
          s1 | STG         |         | 2026-03-02T08:00:00Z | 5           | 4
          s2 | STG         |         | 2026-03-09T08:00:00Z | 3           | 2
          s3 | STG         | api     | 2026-03-09T08:00:00Z | 3           | 1`,
        configuration_comparison: `
          id | environment | compared_with | checked_at           | differences | accepted
          q1 | STG         | production    | 2026-03-02T08:00:00Z | 5           | 2
          q2 | STG         | production    | 2026-03-09T08:00:00Z | 5           | 4
          q3 | uat         | STG           | 2026-03-09T08:00:00Z | 2           |
          q4 | uat         | STG           | 2026-05-09T08:00:00Z | 2           |`,
        exemption: `
          id | control | scope   | approver | valid_from           | valid_until
          x1 | ENV-02  | staging | ben      | 2026-03-01T00:00:00Z | 2026-04-30T00:00:00Z
          x2 | ENV-02  | api     | ben      | 2026-02-01T00:00:00Z |
          x3 | ENV-01  | staging | ben      | 2026-03-01T00:00:00Z | 2026-04-30T00:00:00Z`,
        environment_bill: `
          id | environment | billed_on  | amount | currency
          b1 | STG         | 2026-02-01 | 400.10 | eur
          b2 | staging     | 2026-03-01 | 100    | EUR
          b3 | uat         | 2026-03-15 | 50     | EUR
          b4 | uat         | 2026-03-15 | 70     | USD
          b5 | production  | 2026-03-01 | 9000   | EUR
          b6 | staging     | 2026-04-01 | 800    | EUR`,
      },
    });
  });

  test("an environment below production that was removed was ephemeral, unless its record says otherwise", async () => {
    expect(await cutsOf(warehouse, "ephemeral_environments")).toEqual({
      "pr-1 / development": null,
      "pr-2 / development": null,
    });
    expect(await factsOf(warehouse, "ephemeral_life")).toEqual({ "pr-1": days(2) });
  });

  test("each month in which an environment was there counts for how it was made", async () => {
    // Of staging nobody knows the making: it is there since its first deployment on record.
    expect(await factsOf(warehouse, "environments_from_code")).toEqual({
      ...{ "staging 2026-02": false, "staging 2026-03": false, "pr-1 2026-01": true, "pr-1 2026-02": true },
      ...{ "pr-2 2026-02": true, "pr-2 2026-03": true, "uat 2026-02": true, "uat 2026-03": true },
    });
  });

  test("settings that are meant to differ do not count, and deviations that are accepted are counted apart", async () => {
    expect(await cutsOf(warehouse, "stage_differences")).toEqual({
      ...{
        "data:q1 / staging with production": 3,
        "data:q2 / staging with production": 1,
        "data:q3 / uat with staging": 2,
      },
    });
    expect(await cutsOf(warehouse, "accepted_deviations")).toEqual({
      "data:x1 / staging": null,
      "data:x2 / api": null,
    });
    expect(await factsOf(warehouse, "accepted_deviation_span")).toEqual({ "data:x1": days(60) });
  });

  test("bills are added in one currency, and what falls to idle weeks is told", async () => {
    expect(await cutsOf(warehouse, "environment_cost")).toEqual({
      ...{ "data:b1 / staging": 400.1, "data:b2 / staging": 100, "data:b3 / uat": 50 },
    });
    // Weeks that begin in February: 2nd (deployed), 9th, 16th, 23rd (deployed); in March all of 2, 9, 16 and 23 are idle, and that of the 30th is not over.
    expect(await factsOf(warehouse, "idle_cost")).toEqual({ "data:b1": 200.05, "data:b2": 100 });
    const figures =
      "select value, unit from practices.figure as f join practices.measure using (measure) where measure = 'environment_cost' and f.cut is null and period_kind = 'quarter'";
    expect(await warehouse.rows(figures)).toEqual([{ value: 550.1, unit: "EUR" }]);
  });

  test("the list of environments has how each is made, used and kept, and what it costs", async () => {
    const listed = `
      select environment, is_ephemeral as short, provisioned_by as made, weeks, idle_weeks as idle, open_drift as drift, open_differences as open,
        accepted_differences as accepted, exemptions, cost, idle_cost, currency, is_listed
      from reports.site_environment order by position`;
    const none = {
      short: false,
      weeks: null,
      idle: null,
      drift: null,
      open: null,
      accepted: null,
      exemptions: 0,
      cost: null,
      idle_cost: null,
      currency: null,
    };
    expect(await warehouse.rows(listed)).toEqual([
      {
        ...none,
        environment: "staging",
        made: "hand",
        weeks: 8,
        idle: 6,
        drift: 3,
        open: 1,
        accepted: 4,
        exemptions: 1,
        cost: 500.1,
        idle_cost: 300.05,
        currency: "EUR",
        is_listed: true,
      },
      { ...none, environment: "pr-2", short: true, made: "code", is_listed: true },
      {
        ...none,
        environment: "uat",
        made: "code",
        open: 2,
        accepted: 0,
        currency: "EUR, USD",
        is_listed: false,
      },
      { ...none, environment: "pr-1", short: true, made: "code", is_listed: false },
    ]);
  });
});
