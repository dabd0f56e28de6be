import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const PROBED: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["test_result", "evidence"],
  config: {
    services: { api: { repository: "api" }, web: {} },
    environments: { production: { kind: "production", names: ["prod"] }, staging: { kind: "staging" } },
  },
  data: {
    deployment: `
      id  | service | environment | started_at           | finished_at          | status  | version | rollback_of
      d01 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | 1.1     |
      d02 | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | 1.2     |
      d03 | api     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | 1.3     |
      d04 | api     | production  | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success | 1.4     |
      d05 | api     | production  | 2026-03-05T13:00:00Z | 2026-03-05T13:10:00Z | success | 1.3     | d04
      d06 | api     | production  | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | failure | 1.5     |
      d07 | api     | production  | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success | 1.6     |
      d08 | api     | production  | 2026-03-09T12:00:00Z | 2026-03-09T12:10:00Z | success | 1.7     |
      d09 | web     | production  | 2026-03-31T23:40:00Z | 2026-03-31T23:50:00Z | success | 5.9     |
      d10 | web     | production  | 2026-03-31T12:00:00Z | 2026-03-31T12:10:00Z | success | 5.1     |
      d11 | web     | production  | 2026-03-30T12:00:00Z | 2026-03-30T12:10:00Z | success | 5.2     |
      d12 | web     | production  | 2026-03-30T12:20:00Z | 2026-03-30T12:25:00Z | success | 5.0     | d11`,
    test_result: `
      id  | service | suite | kind   | environment | finished_at          | outcome
      t1  | api     | smoke | Smoke  | prod        | 2026-03-02T12:40:00Z | passed
      t2  | api     | smoke | smoke  | staging     | 2026-03-03T12:20:00Z | passed
      t3  | api     | smoke | smoke  | production  | 2026-03-04T12:15:00Z | failed
      t3b | api     | smoke | smoke  | production  | 2026-03-04T12:25:00Z | passed
      t4  | api     | smoke | smoke  | production  | 2026-03-05T12:15:00Z | failed
      t5  | api     | unit  | unit   | production  | 2026-03-05T13:15:00Z | passed
      t7  | api     | smoke | smoke  | production  | 2026-03-08T12:15:00Z | passed
      t7b | api     | login | smoke  | production  | 2026-03-08T12:16:00Z | failed
      tA  | web     | smoke | smoke  | production  | 2026-03-31T12:15:00Z | failed`,
    evidence: `
      id | kind         | subject | at                   | outcome
      e5 | health_check | d05     | 2026-03-05T13:12:00Z | Healthy
      e8 | smoke_test   | d08     | 2026-03-09T12:41:00Z | passed`,
  },
};

test("a probe passed within minutes, or a rollback followed", async () => {
  expect(await judged("DEP-02", PROBED)).toEqual([
    { unit: "data:d01", status: "pass", reason: "A smoke test or health check passed 30 min after the deployment ended." },
    {
      unit: "data:d02",
      status: "fail",
      reason: "No smoke test or health check with an outcome was found from the 30 minutes after the deployment ended (2026-03-03 12:10 to 12:40 UTC).",
    },
    { unit: "data:d03", status: "pass", reason: "A smoke test or health check passed 15 min after the deployment ended." },
    {
      unit: "data:d04",
      status: "pass",
      reason: "A smoke test or health check (smoke) failed after the deployment, which was rolled back 60 min after it ended.",
    },
    { unit: "data:d05", status: "pass", reason: "A smoke test or health check passed 2 min after the deployment ended." },
    { unit: "data:d06", status: "not_applicable", reason: "The deployment never went live." },
    {
      unit: "data:d07",
      status: "fail",
      reason: "A smoke test or health check (login) failed after the deployment, and no rollback followed within 24 hours.",
    },
    {
      unit: "data:d08",
      status: "fail",
      reason: "The first smoke test or health check ran 31 min after the deployment ended; 30 are allowed.",
    },
    { unit: "data:d09", status: "not_applicable", reason: "The deployment ended less than 30 minutes ago." },
    {
      unit: "data:d10",
      status: "not_applicable",
      reason: "A smoke test or health check (smoke) failed after the deployment; a rollback may follow until 2026-04-01 12:10 UTC.",
    },
    { unit: "data:d11", status: "pass", reason: "The deployment was rolled back 15 min after it ended." },
    {
      unit: "data:d12",
      status: "fail",
      reason: "No smoke test or health check with an outcome was found from the 30 minutes after the deployment ended (2026-03-30 12:25 to 12:55 UTC).",
    },
  ]);
});

test("a probe may come as a test result or as evidence: both must be known to be all there", async () => {
  expect(await statuses("DEP-02", { ...PROBED, complete: ["test_result"] })).toMatchObject({
    "data:d01": "pass",
    "data:d02": "unknown",
    "data:d07": "fail",
  });
});
