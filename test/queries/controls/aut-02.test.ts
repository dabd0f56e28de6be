import { expect, test } from "vitest";
import { judged, statuses, told } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const MATRIX: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["approval_rule", "change_request_approval", "role_grant", "change_template"],
  data: {
    approval_rule: `
      id   | path  | role  | approvals | change_type | risk
      any  | peer  |       | 1         | normal      |
      high | board | board | 2         | normal      | high`,
    role_grant: `
      person | role  | scope | granted_from         | granted_until
      ben    | board |       | 2026-01-01T00:00:00Z |
      eva    | board | api   | 2026-01-01T00:00:00Z | 2026-03-10T00:00:00Z
      ida    | other |       | 2026-01-01T00:00:00Z |`,
    change_template: `
      id | title | service | valid_from | valid_until
      T1 | Renew |         | 2026-01-01 | 2026-03-05
      T2 | Other | web     |            |`,
    deployment: `
      id | service | environment | started_at           | status  | change_requests
      d1 | api     | production  | 2026-03-02T12:00:00Z | success | C1; C2; C3; C4; S1; S3; S4; E1; N1
      d2 | api     | production  | 2026-03-12T12:00:00Z | success | C5; C6; C7; S2`,
    change_request: `
      id | type      | risk | service | template | created_at
      C1 | normal    | low  | api     |          | 2026-03-01T08:00:00Z
      C2 | normal    | high | api     |          | 2026-03-01T08:00:00Z
      C3 | normal    | high | api     |          | 2026-03-01T08:00:00Z
      C4 | normal    | low  | api     |          | 2026-03-01T08:00:00Z
      C5 | normal    | high | api     |          | 2026-03-01T08:00:00Z
      C6 | normal    | high | api     |          | 2026-03-01T08:00:00Z
      C7 | normal    | high | api     |          | 2026-03-01T08:00:00Z
      C8 | normal    | high | api     |          | 2026-03-01T08:00:00Z
      E1 | emergency | high | api     |          | 2026-03-01T08:00:00Z
      N1 |           | low  | api     |          | 2026-03-01T08:00:00Z
      S1 | standard  | low  | api     | T1       | 2026-03-01T08:00:00Z
      S2 | standard  | low  | api     | T1       | 2026-03-01T08:00:00Z
      S3 | standard  | low  | api     | T2       | 2026-03-01T08:00:00Z
      S4 | standard  | low  | api     | T9       | 2026-03-01T08:00:00Z`,
    change_request_approval: `
      id  | change_request | approver | decision | decided_at           | withdrawn_at
      a1  | C1             | zoe      | approved | 2026-03-02T08:00:00Z |
      a2  | C2             | ben      | approved | 2026-03-02T08:00:00Z |
      a2b | C2             | eva      | approved | 2026-03-02T08:00:00Z |
      a3  | C3             | ben      | approved | 2026-03-02T08:00:00Z |
      a3b | C3             | ben      | approved | 2026-03-02T09:00:00Z |
      a3c | C3             | eva      | approved | 2026-03-02T13:00:00Z |
      a4  | C4             | zoe      | approved | 2026-03-02T08:00:00Z | 2026-03-02T09:00:00Z
      a5  | C5             | ben      | approved | 2026-03-11T08:00:00Z |
      a5b | C5             | eva      | approved | 2026-03-11T08:00:00Z |
      a6  | C6             | ben      | approved | 2026-03-11T08:00:00Z |
      a6b | C6             | zoe      | approved | 2026-03-11T08:00:00Z |
      a7  | C7             | ben      | approved | 2026-03-09T08:00:00Z |
      a7b | C7             | eva      | approved | 2026-03-09T08:00:00Z |
      a7c | C7             | eva      | rejected | 2026-03-09T09:00:00Z |`,
  },
};

const BOARD = "The request does not satisfy the approval matrix: 2 approvals by board in the role board asked for, ";

test("the line that says most asks for so many approvals by people who had the role on that day", async () => {
  expect(await judged("AUT-02", MATRIX)).toEqual([
    { unit: "data:C1", status: "pass", reason: "The approvals of the request are those that the approval matrix asks for." },
    { unit: "data:C2", status: "pass", reason: "The approvals of the request are those that the approval matrix asks for." },
    { unit: "data:C3", status: "fail", reason: `${BOARD}1 given.` },
    { unit: "data:C4", status: "fail", reason: "The request does not satisfy the approval matrix: 1 approval by peer asked for, 0 given." },
    { unit: "data:C5", status: "fail", reason: `${BOARD}1 given by somebody who had the role then.` },
    { unit: "data:C6", status: "fail", reason: `${BOARD}2 given, by people of whom no role is recorded.` },
    { unit: "data:C7", status: "fail", reason: `${BOARD}1 given.` },
    { unit: "data:C8", status: "not_applicable", reason: "The request is not approved as the approval matrix asks for yet, and nothing was deployed by it." },
    { unit: "data:E1", status: "not_applicable", reason: "The request is an emergency, which EMG-01 judges." },
    { unit: "data:N1", status: "fail", reason: "No line of the approval matrix fits the request (type none, risk low, service api)." },
    { unit: "data:S1", status: "pass", reason: "The approvals of the request are those that the approval matrix asks for." },
    { unit: "data:S2", status: "fail", reason: "The request does not satisfy the approval matrix: its template had ended on 2026-03-05." },
    { unit: "data:S3", status: "fail", reason: "The request does not satisfy the approval matrix: its template is for another service." },
    { unit: "data:S4", status: "fail", reason: "The request does not satisfy the approval matrix: there is no template T9." },
  ]);
});

test("what is not known to be complete is not known to be missing", async () => {
  expect(await statuses("AUT-02", { ...MATRIX, complete: [] })).toMatchObject({
    "data:C1": "pass",
    "data:C3": "unknown",
    "data:C5": "fail",
    "data:C6": "unknown",
    "data:N1": "unknown",
    "data:S2": "fail",
    "data:S4": "unknown",
  });
});

test("without the grants nobody knows who had a role", async () => {
  const { role_grant: _, ...data } = MATRIX.data;
  expect(await statuses("AUT-02", { ...MATRIX, data, complete: ["approval_rule", "change_request_approval"] })).toMatchObject({
    "data:C1": "pass",
    "data:C2": "unknown",
    "data:C3": "fail",
    "data:C5": "unknown",
  });
});

test("a line may ask for a tier, a part of the version, a policy that decides by itself, or a board that decides as one", async () => {
  const config = { services: { api: { repository: "api", tier: 1 }, web: { repository: "web", tier: 3 } } };
  const data = {
    approval_rule: `
      id    | path      | role  | approvals | tier | release_step | valid_until
      one   | board     | board | 3         | 1    |              |
      three | automated |       | 1         | 3    |              |
      major | peer      |       | 2         | 3    | major        |
      gone  | peer      | boss  | 9         | 3    | major        | 2026-02-01`,
    person: `
      id     | logins | is_bot
      policy | policy | true`,
    deployment: `
      id | service | environment | started_at           | finished_at          | status  | version | change_requests
      d0 | web     | production  | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success | 1.9.0   |
      d1 | web     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | 1.10.0  | W1; W2
      d2 | web     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | 2.0.0   | W3`,
    change_request: `
      id | type   | risk | service | created_at
      A1 | normal | low  | api     | 2026-03-01T08:00:00Z
      W1 | normal | low  | web     | 2026-03-01T08:00:00Z
      W2 | normal | low  | web     | 2026-03-01T08:00:00Z
      W3 | normal | low  | web     | 2026-03-01T08:00:00Z`,
    change_request_approval: `
      id | change_request | approver | role  | decision | decided_at
      a0 | A1             |          | Board | approved | 2026-03-02T08:00:00Z
      a1 | W1             | policy   |       | approved | 2026-03-02T08:00:00Z
      a2 | W2             | zoe      |       | approved | 2026-03-02T08:00:00Z
      a3 | W3             | policy   |       | approved | 2026-03-02T08:00:00Z
      a4 | W3             | zoe      |       | approved | 2026-03-02T08:00:00Z`,
  };
  expect(await statuses("AUT-02", { ...MATRIX, config, data })).toEqual({ "data:A1": "pass", "data:W1": "pass", "data:W2": "fail", "data:W3": "fail" });
});

test("an approval by who asked for the change counts, unless the policy says that it does not", async () => {
  const data = {
    approval_rule: `
      id  | path | approvals
      any | peer | 1`,
    person: `
      id  | logins
      ana | ana; aruiz
      ben | ben`,
    change_request: `
      id | type   | risk | service | created_at           | closed_at            | requested_by
      C1 | normal | low  | api     | 2026-03-01T08:00:00Z | 2026-03-09T08:00:00Z | ana
      C2 | normal | low  | api     | 2026-03-01T08:00:00Z | 2026-03-09T08:00:00Z | ana
      C3 | normal | low  | api     | 2026-03-01T08:00:00Z | 2026-03-09T08:00:00Z |`,
    change_request_approval: `
      id | change_request | approver | decision | decided_at
      a1 | C1             | aruiz    | approved | 2026-03-02T08:00:00Z
      a2 | C2             | aruiz    | approved | 2026-03-02T08:00:00Z
      a3 | C2             | ben      | approved | 2026-03-02T08:00:00Z
      a4 | C3             | ana      | approved | 2026-03-02T08:00:00Z`,
  };
  expect(await statuses("AUT-02", { ...MATRIX, data })).toEqual({ "data:C1": "pass", "data:C2": "pass", "data:C3": "pass" });
  const config = { ...MATRIX.config, controls: { "AUT-02": { parameters: { requester_counts: false } } } };
  expect(await told("AUT-02", { ...MATRIX, config, data })).toEqual({
    "data:C1":
      "fail: The request does not satisfy the approval matrix: 1 approval by peer asked for, 0 given. An approval by who asked for the change does not count (requester_counts).",
    "data:C2": "pass: The approvals of the request are those that the approval matrix asks for.",
    "data:C3": "pass: The approvals of the request are those that the approval matrix asks for.",
  });
});
