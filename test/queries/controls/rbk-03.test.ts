import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const REVIEWED: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["readiness_review"],
  data: {
    deployment: `
      id | service | environment | started_at           | finished_at          | status  | version | change_requests
      d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | 1.1     | C1
      d2 | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | 1.2     | C2
      d3 | api     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | 1.3     | C3`,
    change_request: `
      id | type      | risk   | service | created_at           | planned_start
      C1 | normal    | high   | api     | 2026-03-01T08:00:00Z |
      C2 | normal    | medium | api     | 2026-03-01T08:00:00Z |
      C3 | normal    |        | api     | 2026-03-01T08:00:00Z |
      C4 | normal    | high   | api     | 2026-03-01T08:00:00Z | 2026-03-05T12:00:00Z
      C5 | normal    | high   | api     | 2026-03-01T08:00:00Z | 2026-03-05T12:00:00Z
      C6 | normal    | low    | api     | 2026-03-01T08:00:00Z | 2026-03-05T12:00:00Z
      C7 | emergency | high   | api     | 2026-03-01T08:00:00Z | 2026-03-05T12:00:00Z
      C8 | normal    | high   | api     | 2026-03-01T08:00:00Z | 2026-04-05T12:00:00Z
      C9 | standard  | high   | api     | 2026-03-01T08:00:00Z | 2026-03-05T12:00:00Z`,
    readiness_review: `
      id | change_request | service | version | reviewed_at          | reviewer | outcome   | has_rollback_plan | has_communication_plan | has_support_cover | has_monitoring
      r1 | C1             |         |         | 2026-03-02T12:00:00Z | ben      | ready     | true              | true                   | true              | true
      r2 |                | api     | 1.2     | 2026-03-03T12:30:00Z | ben      | ready     | true              | true                   | true              | true
      r3 | data:C3        |         |         | 2026-03-03T12:30:00Z |          | ready     | true              | true                   | false             |
      r4 | C4             |         |         | 2026-03-03T12:30:00Z | ben      | not_ready | true              | true                   | true              | true`,
  },
};

test("a named person found all of the checklist there before it went", async () => {
  expect(await judged("RBK-03", REVIEWED)).toEqual([
    { unit: "data:C1", status: "pass", reason: "A readiness review before the change was made found everything there." },
    { unit: "data:C2", status: "fail", reason: "The readiness review came at 2026-03-03 12:30 UTC, after the change had begun at 2026-03-03 12:00 UTC." },
    {
      unit: "data:C3",
      status: "fail",
      reason:
        "The readiness review found the change ready, but lacks: people at hand afterwards, monitoring, the name of who reviewed.",
    },
    { unit: "data:C4", status: "fail", reason: "The readiness review before the change was made found it not ready." },
    { unit: "data:C5", status: "fail", reason: "No readiness review of the request was found; the change began at 2026-03-05 12:00 UTC." },
    {
      unit: "data:C6",
      status: "not_applicable",
      reason: "Requests of this risk (low) need no readiness review.",
    },
    { unit: "data:C7", status: "not_applicable", reason: "The request is an emergency, which EMG-01 judges." },
    { unit: "data:C8", status: "not_applicable", reason: "Nothing was deployed by the request yet." },
    {
      unit: "data:C9",
      status: "not_applicable",
      reason: "Requests of this type (standard) need no readiness review.",
    },
  ]);
});

test("where reviews are not known to be all there, nobody knows of one that is not found", async () => {
  expect(await statuses("RBK-03", { ...REVIEWED, complete: [] })).toMatchObject({
    "data:C1": "pass",
    "data:C2": "fail",
    "data:C5": "unknown",
  });
});
