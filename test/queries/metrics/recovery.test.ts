import { expect, test } from "vitest";
import { given, metric, metricRows } from "../../support/history.ts";
import { recoveries } from "../../support/outcomes.ts";

const asOf = "2026-04-01T00:00:00Z";
const RECOVERY = "failed_deployment_recovery_time";
const hours = (count: number) => count * 3600;

test("recovery runs from going live to the last restoration of its incidents", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success`,
      incident: `
        id | service | started_at           | mitigated_at         | resolved_at
        i1 | api     | 2026-03-02T13:00:00Z | 2026-03-02T14:00:00Z | 2026-03-05T00:00:00Z
        i2 | api     | 2026-03-02T15:00:00Z |                      | 2026-03-02T21:00:00Z`,
    },
  });
  // i1 was mitigated at 14:00 and merely closed on the 5th; i2 ended at 21:00: 12:00 to 21:00
  expect(await metric(warehouse, RECOVERY)).toMatchObject({ value: hours(9), n: 1, pending: 0 });
});

test("one open incident keeps the failure open, with its age", async () => {
  const warehouse = await given({
    asOf: "2026-03-12T12:00:00Z",
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success`,
      incident: `
        id | service | started_at           | resolved_at
        i1 | api     | 2026-03-02T13:00:00Z | 2026-03-02T14:00:00Z
        i2 | api     | 2026-03-02T15:00:00Z | 2026-03-13T00:00:00Z`,
    },
  });
  // i2 is resolved the day after as-of: that has not happened. Ten days old.
  expect((await recoveries(warehouse))["d1"]).toMatchObject({
    is_open: true,
    open_seconds: hours(240),
    recovery_seconds: null,
  });
  expect(await metric(warehouse, RECOVERY)).toMatchObject({
    value: null,
    status: "no data",
    n: 0,
    pending: 1,
  });
});

test("mitigated before going live takes no time and is flagged", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | started_at           | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | 2026-03-02T16:00:00Z | success`,
      incident: `
        id | service | started_at           | mitigated_at
        i1 | api     | 2026-03-02T13:00:00Z | 2026-03-02T14:00:00Z`,
    },
  });
  // Mitigated two hours before the rollout ended. It is the first deployment known, and still it is not lost.
  expect((await recoveries(warehouse))["d1"]).toMatchObject({
    recovery_seconds: 0,
    is_during_rollout: true,
    is_open: false,
  });
  expect(await metric(warehouse, RECOVERY)).toMatchObject({ value: 0, status: "ok", n: 1 });
});

test("mitigated at the very instant of going live is not during the rollout", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | started_at           | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | 2026-03-02T16:00:00Z | success`,
      incident: `
        id | service | started_at           | mitigated_at
        i1 | api     | 2026-03-02T13:00:00Z | 2026-03-02T16:00:00Z`,
    },
  });
  expect((await recoveries(warehouse))["d1"]).toMatchObject({
    recovery_seconds: 0,
    is_during_rollout: false,
  });
});

test("a ticket closed days after the rollback was restored by the rollback", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | started_at           | finished_at          | status  | rollback_of
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | 2026-03-02T12:00:00Z | success |
        d2 | api     | production  | 1.1     | 2026-03-03T12:00:00Z | 2026-03-03T12:00:00Z | success |
        d3 | api     | production  | 1.0     | 2026-03-03T14:00:00Z | 2026-03-03T14:30:00Z | success | d2`,
      incident: `
        id | service | started_at           | resolved_at
        i1 | api     | 2026-03-03T13:00:00Z | 2026-03-09T09:00:00Z`,
    },
  });
  // 12:00 to 14:30, the rollback's end, not to the 9th
  expect((await recoveries(warehouse))["d2"]).toMatchObject({
    recovery_seconds: hours(2.5),
    restored_at: "2026-03-03T14:30:00Z",
  });
  expect(await metric(warehouse, RECOVERY)).toMatchObject({ value: hours(2.5), n: 1 });
  // The incident itself began at 13:00: 1.5 h until the rollback ended, 6 days less 4 h until its ticket was closed. All that speak of it say the same.
  expect(await warehouse.rows("select restored_by, restored_seconds, resolved_seconds, is_open from reports.site_incident")).toEqual([
    { restored_by: "rollback", restored_seconds: hours(1.5), resolved_seconds: hours(140), is_open: false },
  ]);
  expect(await warehouse.rows("select median_restored_seconds as median from reports.site_incident_class")).toEqual([{ median: hours(1.5) }]);
  const [told] = await warehouse.rows<{ told: string }>("select replace(sentence, '\u202f', ' ') as told from reports.finding_incident where period_kind = 'month'");
  expect(told?.told).toMatch(/^took longest until users were served again, 1.5 h by a rollback \(ticket closed after 5\.8 d\)\. /);
});

test("a rollback that came after the incident was resolved did not restore it", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status  | rollback_of
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success |
        d2 | api     | production  | 1.1     | 2026-03-03T12:00:00Z | success |
        d3 | api     | production  | 1.0     | 2026-03-04T12:00:00Z | success | d2`,
      incident: `
        id | service | started_at           | resolved_at
        i1 | api     | 2026-03-03T13:00:00Z | 2026-03-03T15:00:00Z`,
    },
  });
  // the earlier of the two: resolved at 15:00
  expect((await recoveries(warehouse))["d2"]).toMatchObject({ recovery_seconds: hours(3) });
  expect(await warehouse.rows("select restored_by, restoring_wave_id from metrics.incident_restoration")).toEqual([
    { restored_by: "resolved", restoring_wave_id: null },
  ]);
});

test("a failure without an incident is restored by the rollback", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status  | rollback_of
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success |
        d2 | api     | production  | 1.1     | 2026-03-03T12:00:00Z | success |
        d3 | api     | production  | 1.0     | 2026-03-03T12:20:00Z | success | d2`,
    },
  });
  expect(await metric(warehouse, RECOVERY)).toMatchObject({ value: 1200, n: 1 });
});

test("the deployment of the fix restores an incident that is still open", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at            | fixes
        c1 | api        | 1      | 2026-03-01T10:00:00Z |
        c2 | api        | 2      | 2026-03-01T18:00:00Z | i1`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-01T20:00:00Z | success`,
      incident: `
        id | service | started_at
        i1 | api     | 2026-03-01T13:00:00Z`,
    },
  });
  expect((await recoveries(warehouse))["d1"]).toMatchObject({ recovery_seconds: hours(8), is_open: false });
  // Its ticket is open, but users are served again.
  expect(await warehouse.rows("select restored_by, is_open from reports.site_incident")).toEqual([{ restored_by: "fixes", is_open: false }]);
});

test("a revert from before the incident began did not restore it, a later one did", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at            | reverts
        c1 | api        | 1      | 2026-03-01T09:00:00Z |
        c2 | api        | 2      | 2026-03-01T10:00:00Z |
        c3 | api        | 3      | 2026-03-01T13:00:00Z | #1
        c4 | api        | 4      | 2026-03-01T17:00:00Z | #2`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-01T14:00:00Z | success
        d3 | api     | production  | 2026-03-01T18:00:00Z | success`,
      incident: `
        id | service | started_at           | caused_by
        i1 | api     | 2026-03-01T16:00:00Z | d1`,
    },
  });
  // d1 shipped c1 and c2. d2 took c1 out at 14:00; i1 began at 16:00 and ended when d3 took c2 out at 18:00.
  expect((await recoveries(warehouse))["d1"]).toMatchObject({ recovery_seconds: hours(6), is_open: false });
});

test("recovery is filed under the period of restoration, open failures under when they went live", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-01-30T12:00:00Z | success
        d2 | api     | production  | 1.1     | 2026-02-10T12:00:00Z | success`,
      incident: `
        id | service | started_at           | resolved_at
        i1 | api     | 2026-01-30T13:00:00Z | 2026-02-01T12:00:00Z
        i2 | api     | 2026-02-10T13:00:00Z |`,
    },
  });
  const months = await metricRows(warehouse, RECOVERY, { by: "month" });
  expect(months.map(({ period_label, value, n, pending }) => [period_label, value, n, pending])).toEqual([
    ["2026-01", null, 0, 0],
    ["2026-02", hours(48), 1, 1],
    ["2026-03", null, 0, 0],
  ]);
});

test("elapsed seconds are counted across the change to summer time", async () => {
  const warehouse = await given({
    asOf: "2026-04-10T00:00:00Z",
    complete: ["incident"],
    config: { time_zone: "Europe/Berlin" },
    data: {
      deployment: `
        id | service | environment | version | finished_at               | status
        d1 | api     | production  | 1.0     | 2026-03-29T00:00:00+01:00 | success`,
      incident: `
        id | service | started_at                | resolved_at
        i1 | api     | 2026-03-29T01:00:00+01:00 | 2026-03-29T12:00:00+02:00`,
    },
  });
  // Berlin skipped the hour from 2 to 3 that night: midnight to noon were 11 hours.
  expect(await metric(warehouse, RECOVERY)).toMatchObject({ value: hours(11) });
});

test("without any failure there is no recovery time", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success`,
    },
  });
  expect(await metric(warehouse, RECOVERY)).toMatchObject({
    value: null,
    status: "no data",
    reason: "no failure was restored",
    n: 0,
  });
});
