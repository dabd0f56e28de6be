import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const REHEARSED: History = {
  asOf: "2026-07-01T00:00:00Z",
  complete: ["rollback_rehearsal", "rollback_plan", "evidence"],
  config: {
    environments: { production: { kind: "production" }, staging: { kind: "staging" } },
    services: { api: {}, web: {} },
  },
  data: {
    deployment: `
      id | service | environment | started_at           | finished_at          | status  | version | change_requests
      d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | 1.1     | C1
      d2 | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | 1.2     | C1
      d3 | api     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | 1.3     | C2
      d4 | api     | production  | 2026-06-05T12:00:00Z | 2026-06-05T12:10:00Z | success | 1.4     | C1
      d5 | web     | production  | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success | 5.0     | C1
      d6 | web     | production  | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success | 5.1     | C1
      d7 | web     | production  | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success | 5.2     |
      d8 | web     | production  | 2026-03-09T12:00:00Z | 2026-03-09T12:10:00Z | success | 5.3     | C1
      d9 | web     | production  | 2026-03-10T12:00:00Z | 2026-03-10T12:10:00Z | success | 5.4     | C1`,
    change_request: `
      id | type   | risk | service
      C1 | normal | high | api
      C2 | normal | low  | api`,
    rollback_plan: `
      id | service | version | changes_schema
      p1 | web     | 5.3     | true`,
    rollback_rehearsal: `
      id | service | version | procedure | environment | finished_at          | outcome | includes_database | backup_at
      r1 | api     | 1.1     |           | staging     | 2026-03-01T10:00:00Z | passed  |                   |
      r2 | api     | 1.1     | redeploy  | staging     | 2026-03-01T11:00:00Z | passed  |                   |
      r5 | web     | 5.0     |           | production  | 2026-03-05T10:00:00Z | passed  |                   |
      r6 | web     | 5.1     |           | staging     | 2026-03-05T10:00:00Z | failed  |                   |
      r8 | web     | 5.3     |           | staging     | 2026-03-05T10:00:00Z | passed  |                   |
      r9 | web     | 5.4     |           | staging     | 2026-03-05T10:00:00Z | passed  | true              | 2026-03-05T09:00:00Z`,
  },
};

test("a rehearsal outside production, in time and with a backup where data changes", async () => {
  expect(await judged("RBK-02", REHEARSED)).toEqual([
    { unit: "api@1.1", status: "pass", reason: "The way back was tried out before the release went live." },
    { unit: "api@1.2", status: "pass", reason: "The way back was tried out before the release went live." },
    {
      unit: "api@1.3",
      status: "not_applicable",
      reason: "The requests of the release are of a risk that needs no rehearsal of the way back.",
    },
    {
      unit: "api@1.4",
      status: "fail",
      reason: "The way back was last tried out at 2026-03-01 11:00 UTC, more than 90 days before the release went live.",
    },
    {
      unit: "web@5.0",
      status: "fail",
      reason: "The way back was tried out before the release went live, but in production, or nobody recorded where.",
    },
    {
      unit: "web@5.1",
      status: "fail",
      reason: "The way back was tried out before the release went live, and that failed.",
    },
    {
      unit: "web@5.2",
      status: "unknown",
      reason:
        "The release goes by no change request that would say its risk, and no rehearsal of the way back was found.",
    },
    {
      unit: "web@5.3",
      status: "fail",
      reason:
        "The way back was tried out before the release went live, but no backup from before was found, and data or a schema changes.",
    },
    { unit: "web@5.4", status: "pass", reason: "The way back was tried out before the release went live." },
  ]);
});

const backup = (outcome: string, at: string) => ({
  ...REHEARSED,
  data: {
    ...REHEARSED.data,
    evidence: `
      id | kind   | subject | service | at    | outcome
      b1 | backup | 5.3     | web     | ${at} | ${outcome}`,
  },
});

test("a backup among the evidence is one", async () => {
  expect(await statuses("RBK-02", backup("passed", "2026-03-09T11:00:00Z"))).toMatchObject({
    "web@5.3": "pass",
  });
  expect(await statuses("RBK-02", backup("passed", "2026-03-02T12:10:00Z"))).toMatchObject({
    "web@5.3": "fail",
  });
});

test("a backup that failed is none", async () => {
  expect(await statuses("RBK-02", backup("failed", "2026-03-09T11:00:00Z"))).toMatchObject({
    "web@5.3": "fail",
  });
});

test("without plans nobody knows whether a schema changes, without rehearsals whether there was one", async () => {
  const { rollback_plan: _, rollback_rehearsal: __, ...data } = REHEARSED.data;
  expect(
    await statuses("RBK-02", { ...REHEARSED, complete: ["rollback_rehearsal", "evidence"] }),
  ).toMatchObject({
    "api@1.1": "unknown",
    "api@1.4": "fail",
  });
  expect(await statuses("RBK-02", { ...REHEARSED, complete: [], data })).toMatchObject({
    "api@1.1": "unknown",
    "api@1.3": "not_applicable",
    "api@1.4": "unknown",
    "web@5.3": "unknown",
  });
});
