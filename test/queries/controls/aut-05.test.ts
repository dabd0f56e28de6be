import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const FULL = "Retries | It fails | Users wait less | api | ana | low | 2026-03-02T08:00:00Z | 2026-03-02T09:00:00Z | Redeploy";

const WRITTEN: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["change_request_approval"],
  data: {
    change_request: `
      id | type      | service | created_at           | description | reason | impact | affected_items | owner | risk | planned_start | planned_end | rollback_plan
      C1 | normal    | api     | 2026-03-01T08:00:00Z | ${FULL}
      C2 | normal    | api     | 2026-03-01T08:00:00Z | TBD | It fails | Users | api | ana | low | 2026-03-02T08:00:00Z | | Redeploy
      C3 | normal    | api     | 2026-03-01T08:00:00Z | Retries | It fails | Users | api | ana | low | 2026-03-02T08:00:00Z | 2026-03-02T09:00:00Z |
      C4 | emergency | api     | 2026-03-01T08:00:00Z | Retries | It fails | Users | | ana | | | |
      C5 | standard  | api     | 2026-03-01T08:00:00Z | Retries | | | | | | | |
      C6 |           | api     | 2026-03-01T08:00:00Z | ${FULL}
      C7 | normal    | api     | 2026-03-01T08:00:00Z | ${FULL}`,
    rollback_plan: `
      id | change_request
      p3 | C3`,
    change_request_approval: `
      id | change_request | approver | decision | decided_at           | justification
      a1 | C1             | ben      | approved | 2026-03-01T10:00:00Z | Tests are green
      a6 | C6             |          | approved |                      | ok
      a7 | C7             | ben      | approved | 2026-03-01T10:00:00Z |
      b7 | C7             | eva      | rejected |                      |`,
  },
};

const FINE = "The request says all that one of its type must.";

test("a request says what its type asks for, and an approval who, when and why", async () => {
  expect(await judged("AUT-05", WRITTEN)).toEqual([
    { unit: "data:C1", status: "pass", reason: FINE },
    { unit: "data:C2", status: "fail", reason: "The field 'planned window' of the request is empty. The field 'description' of the request holds only boilerplate." },
    { unit: "data:C3", status: "fail", reason: "The field 'rollback plan' of the request is empty. A rollback plan is recorded elsewhere (data:p3)." },
    { unit: "data:C4", status: "pass", reason: FINE },
    { unit: "data:C5", status: "fail", reason: "The fields 'affected items', 'owner', 'planned window' of the request are empty." },
    { unit: "data:C6", status: "fail", reason: "An approval of the request does not say when, who, why." },
    { unit: "data:C7", status: "fail", reason: "An approval of the request does not say why." },
  ]);
});

test("policy says what must be there, and which systems keep no reason", async () => {
  const parameters = { required_standard: [], required_normal: ["test plan", "approval why"], silent_collectors: ["files"] };
  expect(await statuses("AUT-05", { ...WRITTEN, config: { controls: { "AUT-05": { parameters } } } })).toMatchObject({
    "data:C1": "fail",
    "data:C5": "not_applicable",
  });
  const silent = { required_normal: ["reason", "approval why"], silent_collectors: ["files"] };
  expect(await judged("AUT-05", { ...WRITTEN, config: { controls: { "AUT-05": { parameters: silent } } } })).toContainEqual({
    unit: "data:C7",
    status: "unknown",
    reason: "The request says all that it must, but its system does not keep why it was approved.",
  });
});

test("without the source of approvals nobody knows how they were written", async () => {
  expect(await statuses("AUT-05", { ...WRITTEN, complete: [] })).toMatchObject({ "data:C1": "unknown", "data:C2": "fail", "data:C7": "fail" });
});
