import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const DATED: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["change_request", "change_request_approval", "ticket_transition"],
  data: {
    deployment: `
      id | service | environment | started_at           | finished_at          | status  | change_requests
      d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | C1
      d2 | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T11:50:00Z | success |
      d3 | api     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | C3
      d4 | api     | production  | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success | C4
      d5 | api     | production  | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success | C5
      d6 | api     | production  | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success | C6
      d7 | api     | production  | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success | C7
      d8 | other   | production  | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success |`,
    change_request: `
      id | type      | service | created_at           | planned_start        | planned_end          | closed_at
      C1 | normal    | api     | 2026-03-01T12:00:00Z | 2026-03-02T12:00:00Z | 2026-03-02T13:00:00Z | 2026-03-03T12:00:00Z
      C3 | normal    | api     | 2026-03-04T12:30:00Z |                      |                      |
      C4 | normal    | api     | 2026-03-04T12:00:00Z |                      |                      |
      C5 | emergency | api     | 2026-03-06T15:00:00Z |                      |                      |
      C6 | normal    | api     | 2026-03-06T12:00:00Z |                      |                      |
      C7 | normal    | api     | 2026-03-07T12:00:00Z |                      |                      |
      C8 | normal    | api     | 2026-03-07T12:00:00Z |                      |                      |
      C9 | normal    | api     | 2026-03-07T12:00:00Z |                      |                      | 2026-03-07T11:00:00Z`,
    change_request_approval: `
      id | change_request | decision | decided_at
      a1 | C1             | approved | 2026-03-01T13:00:00Z
      a4 | C4             | approved | 2026-03-05T13:00:00Z
      a5 | C5             | approved | 2026-03-06T16:00:00Z
      a7 | C7             | approved | 2026-03-07T13:00:00Z
      a8 | C8             | approved | 2026-03-07T11:30:00Z`,
    ticket_transition: `
      ticket | at                   | to_status
      C1     | 2026-03-01T13:00:00Z | Approved
      C1     | 2026-03-02T12:30:00Z | Closed
      C5     | 2026-03-06T16:00:00Z | Approved
      C6     | 2026-03-07T18:00:00Z | Approved
      C7     | 2026-03-09T10:00:00Z | Approval edited`,
  },
};

const ORDERED = "All dates are in order, and no approval was changed after the deployment had begun.";

test("created, approved, begun and ended come one after the other, and the approval is left alone", async () => {
  expect(await judged("POP-06", DATED)).toEqual([
    { unit: "data:C1", status: "pass", reason: ORDERED },
    { unit: "data:C3", status: "fail", reason: "The request was created 30 min after its first deployment began." },
    { unit: "data:C4", status: "pass", reason: ORDERED },
    { unit: "data:C5", status: "pass", reason: ORDERED },
    { unit: "data:C6", status: "fail", reason: "The approval of the request was changed at 2026-03-07 18:00 UTC, after its first deployment had begun." },
    { unit: "data:C7", status: "fail", reason: "The approval of the request was changed at 2026-03-09 10:00 UTC, after its first deployment had begun." },
    { unit: "data:C8", status: "fail", reason: "A decision on the request is dated 30 min before the request was created." },
    { unit: "data:C9", status: "fail", reason: "The request is dated as closed 1 h before the request was created." },
    { unit: "data:d1", status: "pass", reason: ORDERED },
    { unit: "data:d2", status: "fail", reason: "The deployment is dated as ended 10 min before it began." },
    { unit: "data:d3", status: "fail", reason: "A change request of the deployment was created 30 min after the deployment began." },
    { unit: "data:d4", status: "fail", reason: "A change request of the deployment was first approved 1 h after the deployment began." },
    { unit: "data:d5", status: "pass", reason: ORDERED },
    { unit: "data:d6", status: "fail", reason: "The approval of the deployment's request was changed at 2026-03-07 18:00 UTC, after the deployment had begun." },
    { unit: "data:d7", status: "fail", reason: "The approval of the deployment's request was changed at 2026-03-09 10:00 UTC, after the deployment had begun." },
    {
      unit: "data:d8",
      status: "unknown",
      reason:
        "Nothing was found against the deployment, but nothing says that all change request approvals and change requests and ticket transitions of other were collected for that time.",
    },
  ]);
});

test("clocks may be apart by the tolerance", async () => {
  const config = { controls: { "POP-06": { parameters: { tolerance_seconds: 3600 } } } };
  expect(await statuses("POP-06", { ...DATED, config })).toMatchObject({ "data:C3": "pass", "data:C8": "pass", "data:d4": "pass", "data:d2": "fail" });
});

test("without the history of requests nothing passes, and what is out of order stays so", async () => {
  const { ticket_transition: _, ...data } = DATED.data;
  const found = await statuses("POP-06", { ...DATED, data, complete: ["change_request", "change_request_approval"] });
  expect(Object.values(found)).not.toContain("pass");
  expect(found).toMatchObject({ "data:d1": "unknown", "data:d2": "fail", "data:d6": "unknown" });
});
