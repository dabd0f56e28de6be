import { expect, test } from "vitest";
import { given } from "../../support/history.ts";
import { cutsOf, factsOf } from "../../support/measures.ts";

const asOf = "2026-04-01T00:00:00Z";
const minutes = (count: number) => count * 60;
const hours = (count: number) => minutes(count * 60);
const days = (count: number) => hours(count * 24);

test("releases and milestones are on time by the day, and late when they are not there at all", async () => {
  const warehouse = await given({
    asOf,
    data: {
      release: `
        service | version | kind      | planned_at           | published_at
        api     | 1.0.0   | strategic | 2026-03-02T09:00:00Z | 2026-03-02T18:00:00Z
        api     | 1.1.0   |           | 2026-03-09T09:00:00Z | 2026-03-07T09:00:00Z
        api     | 1.2.0   |           | 2026-03-16T09:00:00Z |
        api     | 1.3.0   |           | 2026-04-16T09:00:00Z |
        api     | 1.4.0   |           |                      | 2026-03-20T09:00:00Z`,
      milestone: `
        id | name  | planned_at           | actual_at            | scope
        m1 | Audit | 2026-03-02T09:00:00Z | 2026-03-02T22:00:00Z | api
        m2 | Start | 2026-03-03T09:00:00Z | 2026-03-04T01:00:00Z | nobody
        m3 | Later | 2026-05-03T09:00:00Z |                      |`,
    },
  });
  expect(await cutsOf(warehouse, "release_slip")).toEqual({
    "data:api@1.0.0 / strategic": hours(9),
    "data:api@1.1.0 / not classified": -days(2),
  });
  expect(await factsOf(warehouse, "release_on_time")).toEqual({ "data:api@1.0.0": true, "data:api@1.1.0": true, "data:api@1.2.0": false });
  expect(await factsOf(warehouse, "milestones_on_time")).toEqual({ "data:m1": true, "data:m2": false });
});

test("the calendar says what came late, what is overdue, and what is planned into a freeze of its scope", async () => {
  const warehouse = await given({
    asOf,
    data: {
      release: `
        service | version | planned_at           | published_at
        api     | 1.0.0   | 2026-03-02T09:00:00Z | 2026-03-04T18:00:00Z
        api     | 1.1.0   | 2026-03-16T09:00:00Z |
        api     | 1.2.0   | 2026-04-16T09:00:00Z |`,
      milestone: `
        id | name  | planned_at           | actual_at            | scope
        m1 | Audit | 2026-03-20T09:00:00Z | 2026-03-19T22:00:00Z |`,
      calendar_window: `
        id | kind          | scope | starts_at            | ends_at              | reason
        F1 | freeze        |       | 2026-03-15T00:00:00Z | 2026-03-18T00:00:00Z | Year end
        F2 | blackout      | web   | 2026-04-15T00:00:00Z | 2026-04-18T00:00:00Z | Books
        F3 | stabilisation | api   | 2026-03-01T00:00:00Z | 2026-03-03T00:00:00Z | Watching`,
    },
  });
  const entries = "select name, state, days_late as days, conflict from reports.site_calendar where state <> 'window' order by position";
  expect(await warehouse.rows(entries)).toEqual([
    { name: "api 1.0.0", state: "late", days: 2, conflict: null },
    { name: "api 1.1.0", state: "overdue", days: null, conflict: "Year end" },
    { name: "Audit", state: "on time", days: -1, conflict: null },
    { name: "api 1.2.0", state: "planned", days: null, conflict: null },
  ]);
});

test("scope changes after a freeze where a change was merged once it had begun", async () => {
  const warehouse = await given({
    asOf,
    data: {
      calendar_window: `
        id | kind   | scope | starts_at            | ends_at
        F1 | freeze | api   | 2026-03-10T00:00:00Z | 2026-03-20T00:00:00Z
        F2 | freeze | other | 2026-03-01T00:00:00Z | 2026-03-20T00:00:00Z`,
      change: `
        id | repository | services | merged_at            | merge_sha
        c1 | api        | api      | 2026-02-01T09:00:00Z | aa1
        c2 | api        | api      | 2026-03-09T09:00:00Z | aa2
        c3 | api        | api      | 2026-03-10T00:00:00Z | aa3
        c4 | api        | api      | 2026-03-20T00:00:00Z | aa4`,
    },
  });
  expect(await factsOf(warehouse, "freeze_scope_change")).toEqual({ "data:api#c2": false, "data:api#c3": true });
});

test("what waited on staging is promoted, and an environment idles in weeks without a deployment", async () => {
  const warehouse = await given({
    asOf: "2026-03-23T00:00:00Z",
    config: { environments: { production: { kind: "production" }, staging: { kind: "staging" } } },
    data: {
      deployment: `
        id | service | environment | sha | started_at           | finished_at          | status
        s1 | api     | staging     | aa1 | 2026-03-02T08:00:00Z | 2026-03-02T08:10:00Z | success
        s2 | api     | staging     | aa1 | 2026-03-02T09:00:00Z | 2026-03-02T09:10:00Z | success
        d1 | api     | production  | aa1 | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success
        d2 | api     | production  | aa2 | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success
        s3 | api     | staging     | aa2 | 2026-03-16T09:00:00Z | 2026-03-16T09:10:00Z | success`,
    },
  });
  expect(await factsOf(warehouse, "promotion_lag")).toEqual({ aa1: hours(4) });
  expect(await factsOf(warehouse, "idle_environments")).toEqual({
    "staging 2026-W10": false,
    "staging 2026-W11": true,
    "staging 2026-W12": false,
  });
});

test("bookings overlap by at least an instant, and a cancelled one is none", async () => {
  const warehouse = await given({
    asOf,
    data: {
      booking: `
        id | environment | starts_at            | ends_at              | cancelled_at
        b1 | uat         | 2026-03-02T09:00:00Z | 2026-03-02T17:00:00Z |
        b2 | uat         | 2026-03-02T10:00:00Z | 2026-03-02T11:00:00Z |
        b3 | uat         | 2026-03-02T16:00:00Z | 2026-03-02T18:00:00Z |
        b4 | uat         | 2026-03-02T18:00:00Z | 2026-03-02T19:00:00Z |
        b5 | uat         | 2026-03-02T18:30:00Z | 2026-03-02T19:00:00Z | 2026-03-01T09:00:00Z
        b6 | sit         | 2026-03-02T18:30:00Z | 2026-03-02T19:00:00Z |`,
    },
  });
  // b3 overlaps b1, which ends after b2 that stands between them.
  const overlapping = { "data:b1 / uat": true, "data:b2 / uat": true, "data:b3 / uat": true };
  expect(await cutsOf(warehouse, "booking_contention")).toEqual({ ...overlapping, "data:b4 / uat": false, "data:b6 / sit": false });
});

test("drift lasts from the first scan that finds it to the next that does not", async () => {
  const warehouse = await given({
    asOf,
    data: {
      drift_scan: `
        id | environment | scanned_at           | differences | unapproved
        s1 | production  | 2026-03-01T00:00:00Z | 0           | 0
        s2 | production  | 2026-03-02T00:00:00Z | 3           | 2
        s3 | production  | 2026-03-03T00:00:00Z | 3           | 2
        s4 | production  | 2026-03-05T00:00:00Z | 3           | 0
        s5 | production  | 2026-03-06T00:00:00Z | 1           | 1
        s6 | staging     | 2026-03-07T00:00:00Z | 1           |`,
    },
  });
  const hits = { "data:s1": false, "data:s2": true, "data:s3": true, "data:s4": false, "data:s5": true };
  expect(await factsOf(warehouse, "drift_open")).toEqual(hits);
  expect(await cutsOf(warehouse, "drift_age")).toEqual({ "data:s2 / production": days(3) });
});

test("a failure is detected after it went live, rolled back after that, and had reached some of its users", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | started_at           | finished_at          | status  | rollback_of
        d1 | api     | production  | 1.0     | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success |
        d2 | api     | production  | 1.1     | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success |
        d3 | api     | production  | 1.0     | 2026-03-02T13:00:00Z | 2026-03-02T13:10:00Z | success | d2`,
      rollout_step: `
        id | deployment | strategy | share | started_at           | finished_at
        r1 | d2         | canary   | 0.05  | 2026-03-02T12:00:00Z | 2026-03-02T12:05:00Z
        r2 | d2         | canary   | 0.25  | 2026-03-02T12:05:00Z |
        r3 | d2         | canary   | 1     | 2026-03-02T14:00:00Z |`,
      incident: `
        id | service | started_at           | detected_at          | resolved_at          | caused_by | labels
        i1 | api     | 2026-03-02T12:11:00Z | 2026-03-02T12:30:00Z | 2026-03-02T14:00:00Z | d2        | customer-reported; p1
        i2 | api     | 2026-03-12T12:11:00Z | 2026-03-12T12:30:00Z | 2026-03-12T14:00:00Z |           | customers are many`,
    },
  });
  expect(await factsOf(warehouse, "time_to_detect")).toEqual({ "data:i1": minutes(20) });
  expect(await factsOf(warehouse, "rollback_after_alert")).toEqual({ "data:d3": minutes(40) });
  expect(await factsOf(warehouse, "exposure_at_failure")).toEqual({ "data:d2": 0.25 });
  expect(await factsOf(warehouse, "user_reported")).toEqual({ "data:i1": true, "data:i2": false });
});

test("two versions run side by side from the first copy to the last", async () => {
  const warehouse = await given({
    asOf,
    config: { environments: { eu: { kind: "production", wave: "production" }, us: { kind: "production", wave: "production" } } },
    data: {
      deployment: `
        id | service | environment | sha | started_at           | finished_at          | status
        d1 | api     | eu          | aa1 | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success
        d2 | api     | us          | aa1 | 2026-03-02T12:30:00Z | 2026-03-02T12:40:00Z | success
        d3 | api     | eu          | aa2 | 2026-03-09T12:30:00Z | 2026-03-09T12:40:00Z | success`,
    },
  });
  expect(Object.values(await factsOf(warehouse, "mixed_versions"))).toEqual([minutes(30)]);
});

test("flags are counted as they are on at a deployment, and are stale when nobody switches them off for 90 days", async () => {
  const warehouse = await given({
    asOf: "2026-06-01T00:00:00Z",
    data: {
      flag: `
        name | service | at                   | is_on
        f1   | api     | 2026-01-02T00:00:00Z | true
        f1   | api     | 2026-01-03T00:00:00Z | true
        f2   | api     | 2026-01-10T00:00:00Z | true
        f2   | api     | 2026-01-20T00:00:00Z | false
        f3   | api     | 2026-05-20T00:00:00Z | true`,
      deployment: `
        id | service | environment | sha | started_at           | finished_at          | status
        d0 | api     | production  | aa0 | 2026-01-01T12:00:00Z | 2026-01-01T12:10:00Z | success
        d1 | api     | production  | aa1 | 2026-01-12T12:00:00Z | 2026-01-12T12:10:00Z | success
        d2 | api     | production  | aa2 | 2026-02-12T12:00:00Z | 2026-02-12T12:10:00Z | success`,
    },
  });
  // Before the first switch nothing is known of flags. f1 was switched on twice and is one flag.
  expect(await factsOf(warehouse, "flags_on_at_release")).toEqual({ "data:d1": 2, "data:d2": 1 });
  // f3 is on for twelve days only: nobody can tell yet.
  expect(await factsOf(warehouse, "stale_flags")).toEqual({ "data:f1": true, "data:f2": false });
});

test("experiments are counted by decision, and their effect is a share of what there was", async () => {
  const warehouse = await given({
    asOf,
    data: {
      experiment: `
        id | service | name | control_value | variant_value | decision | decided_at
        x1 | api     | form | 0.80          | 0.88          | keep     | 2026-03-02T09:00:00Z
        x2 | api     | hint | 0             | 3             | drop     | 2026-03-03T09:00:00Z
        x3 | api     | open | 0.5           | 0.4           |          |`,
    },
  });
  expect(await cutsOf(warehouse, "experiments_decided")).toEqual({ "data:x1 / keep": null, "data:x2 / drop": null });
  const effects = await cutsOf(warehouse, "experiment_effect");
  expect(effects["data:x1 / keep"]).toBeCloseTo(0.1, 12);
  // Of nothing there is no share. x3 is not decided: it has no date, and is in no period.
  expect(effects).not.toHaveProperty(["data:x2 / drop"]);
});
