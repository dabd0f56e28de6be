import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const APPROVED: History = {
  asOf: "2026-04-01T00:00:00Z",
  config: { time_zone: "Europe/Berlin" },
  complete: ["approval_rule", "change_request_approval"],
  data: {
    deployment: `
      id | service | environment | started_at           | status  | change_requests
      d1 | api     | production  | 2026-03-02T12:00:00Z | success | C1
      d2 | api     | production  | 2026-03-03T12:00:00Z | success | C2
      d3 | api     | production  | 2026-03-04T12:00:00Z | success | C3
      d4 | api     | production  | 2026-03-05T12:00:00Z | success | C4
      d5 | api     | production  | 2026-03-06T12:00:00Z | success | C5
      d6 | api     | production  | 2026-03-07T12:00:00Z | success | C6
      d7 | api     | production  | 2026-03-08T12:00:00Z | success | C7
      d8 | api     | production  | 2026-03-09T12:00:00Z | success | C8
      d9 | api     | production  | 2026-03-09T12:00:00Z | success |`,
    approval_rule: `
      id   | path  | change_type | risk | valid_hours
      high | board | normal      | high | 24`,
    change_request: `
      id | type      | risk | service | created_at
      C1 | normal    | low  | api     | 2026-03-01T08:00:00Z
      C2 | normal    | low  | api     | 2026-03-01T08:00:00Z
      C3 | normal    | low  | api     | 2026-03-01T08:00:00Z
      C4 | normal    | low  | api     | 2026-03-01T08:00:00Z
      C5 | normal    | low  | api     | 2026-03-01T08:00:00Z
      C6 | normal    | low  | api     | 2026-03-01T08:00:00Z
      C7 | normal    | high | api     | 2026-03-01T08:00:00Z
      C8 | emergency | low  | api     | 2026-03-01T08:00:00Z`,
    change_request_approval: `
      id | change_request | decision | decided_at           | expires_at           | withdrawn_at         | conditions     | conditions_met_at
      a1 | C1             | approved | 2026-03-01T10:00:00Z | 2026-03-03T00:00:00Z |                      |                |
      a2 | C2             | approved | 2026-03-01T10:00:00Z | 2026-03-03T11:00:00Z |                      |                |
      a3 | C3             | approved | 2026-03-01T10:00:00Z |                      | 2026-03-04T11:00:00Z |                |
      a4 | C4             | approved | 2026-03-01T10:00:00Z |                      |                      | Load is tested | 2026-03-05T11:00:00Z
      a5 | C5             | approved | 2026-03-01T10:00:00Z |                      |                      | Load is tested | 2026-03-06T13:00:00Z
      a6 | C6             | approved | 2026-03-01T10:00:00Z |                      | 2026-03-08T11:00:00Z |                |
      a7 | C7             | approved | 2026-03-07T11:00:00Z |                      |                      |                |`,
  },
};

const NONE = "No approval of the deployment held when it began. ";

test("an approval holds until its end, unless withdrawn, and with its conditions met", async () => {
  expect(await judged("AUT-04", APPROVED)).toEqual([
    { unit: "data:d1", status: "pass", reason: "The approval of the deployment held when it began." },
    { unit: "data:d2", status: "fail", reason: `${NONE}The approval data:a2 had ended at 2026-03-03 12:00 Europe/Berlin.` },
    { unit: "data:d3", status: "fail", reason: `${NONE}The approval data:a3 was withdrawn at 2026-03-04 12:00 Europe/Berlin.` },
    { unit: "data:d4", status: "pass", reason: "The approval of the deployment held when it began." },
    { unit: "data:d5", status: "fail", reason: `${NONE}The approval data:a5 depends on what was not there: Load is tested.` },
    { unit: "data:d6", status: "not_applicable", reason: "The approval of the deployment has no limit in time, which policy allows." },
    { unit: "data:d7", status: "fail", reason: `${NONE}The approval data:a7 had ended at 2026-03-08 12:00 Europe/Berlin.` },
    { unit: "data:d8", status: "not_applicable", reason: "The deployment goes by an emergency request, which EMG-01 judges." },
    { unit: "data:d9", status: "fail", reason: "The deployment names no change request, so that no approval of one could hold." },
  ]);
});

test("policy may ask for a limit", async () => {
  const config = { ...APPROVED.config, controls: { "AUT-04": { parameters: { allow_unlimited: false } } } };
  expect(await judged("AUT-04", { ...APPROVED, config })).toContainEqual({
    unit: "data:d6",
    status: "fail",
    reason: `${NONE}The approval data:a6 has no limit in time, which policy does not allow.`,
  });
});

test("without the matrix nobody knows how long approvals hold, and without approvals nobody knows any", async () => {
  const { approval_rule: _, ...data } = APPROVED.data;
  expect(await statuses("AUT-04", { ...APPROVED, data, complete: [] })).toMatchObject({ "data:d1": "unknown", "data:d2": "fail", "data:d9": "unknown" });
});
