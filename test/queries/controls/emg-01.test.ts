import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const EMERGENCIES: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["incident", "change_request_approval", "role_grant"],
  config: { controls: { "EMG-01": { parameters: { share_percent: 100 } } } },
  data: {
    deployment: `
      id  | service | environment | started_at           | finished_at          | status  | change_requests
      d01 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | C01
      d02 | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | C02
      d03 | api     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | C03
      d04 | api     | production  | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success | C04
      d05 | api     | production  | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success | C05
      d06 | api     | production  | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success | C06
      d07 | api     | production  | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success | C07
      d08 | api     | production  | 2026-03-31T12:00:00Z | 2026-03-31T12:10:00Z | success | C08
      d09 | api     | production  | 2026-03-09T12:00:00Z | 2026-03-09T12:10:00Z | success | C09`,
    change_request: `
      id  | type      | service | created_at           | incidents
      C01 | emergency | api     | 2026-03-02T11:00:00Z | I1
      C02 | emergency | api     | 2026-03-03T11:00:00Z | I2
      C03 | emergency | api     | 2026-03-04T11:00:00Z | I1
      C04 | emergency | api     | 2026-03-05T11:00:00Z |
      C05 | emergency | api     | 2026-03-06T11:00:00Z | I5
      C06 | emergency | api     | 2026-03-07T11:00:00Z | I5
      C07 | emergency | api     | 2026-03-08T11:00:00Z | I5
      C08 | emergency | api     | 2026-03-31T11:00:00Z | I5
      C09 | emergency | api     | 2026-03-05T11:00:00Z | I5
      C10 | normal    | api     | 2026-03-08T11:00:00Z |
      C11 |           | api     | 2026-03-08T11:00:00Z |`,
    incident: `
      id | service | started_at           | resolved_at
      I1 | api     | 2026-03-02T10:00:00Z | 2026-03-02T13:00:00Z
      I2 | api     | 2026-03-03T11:30:00Z |
      I5 | api     | 2026-03-05T10:00:00Z |`,
    change_request_approval: `
      id  | change_request | approver | role                | decision | decided_at
      a1  | C01            | ben      | Emergency_Approver  | approved | 2026-03-02T11:30:00Z
      a2  | C02            | eva      |                     | approved | 2026-03-04T11:59:00Z
      a3  | C03            | ben      | emergency-approver  | approved | 2026-03-04T11:30:00Z
      a4  | C04            | ben      | emergency-approver  | approved | 2026-03-05T11:30:00Z
      a6  | C06            | ben      | emergency approver  | approved | 2026-03-08T12:01:00Z
      a7  | C07            | dan      | peer                | approved | 2026-03-08T11:30:00Z
      a9  | C09            | ben      | emergency-approver  | approved | 2026-03-06T11:30:00Z`,
    role_grant: `
      person | role               | granted_from         | granted_until
      eva    | emergency-approver | 2026-01-01T00:00:00Z |
      dan    | emergency-approver | 2025-01-01T00:00:00Z | 2026-03-08T11:30:00Z`,
  },
};

test("an emergency answers an open incident and an emergency approver allows it in time", async () => {
  const rows = await judged("EMG-01", EMERGENCIES);
  expect(Object.fromEntries(rows.map(({ unit, status, reason }) => [unit, `${status}: ${reason}`]))).toEqual({
    "data:C01": "pass: The request answers an incident that was open, and an emergency approver allowed it in time.",
    "data:C02": "pass: The request answers an incident that was open, and an emergency approver allowed it in time.",
    "data:C03": "fail: The incident I1 that the request names was not open when the change was made.",
    "data:C04": "fail: The request names no incident.",
    "data:C05": "fail: No approval of the request was found.",
    "data:C06": "fail: The approval of the request came at 2026-03-08 12:01 UTC, more than 24 h after the change began.",
    "data:C07":
      "fail: The request was approved in time (data:a7), but nothing says that the approver held an emergency role then.",
    "data:C08": "not_applicable: The approval of the request may follow until 2026-04-01 12:00 UTC.",
    "data:C09": "fail: The approval of the request from 2026-03-06 11:30 UTC held no longer when the change began.",
    "data:C10": "not_applicable: The request is a normal change, not an emergency.",
    "data:C11": "not_applicable: The request has no type.",
  });
});

test("approval rules of the emergency path say role and hours; the share of the month is told", async () => {
  const data = {
    ...EMERGENCIES.data,
    approval_rule: `
      id | path      | role | change_type | late_hours | valid_hours
      r1 | emergency | peer | emergency   | 48         | 96`,
  };
  const rows = await judged("EMG-01", { ...EMERGENCIES, config: {}, data });
  expect(rows.map(({ status }) => status).slice(0, 9)).toEqual([
    "pass",
    "pass",
    "fail",
    "fail",
    "fail",
    "pass",
    "pass",
    "not_applicable",
    "pass",
  ]);
  expect(rows[3]?.reason).toBe(
    "The request names no incident. In its month 9 of 11 requests were emergencies, more than the 10 % expected.",
  );
});

test("what is not known to be all there may be there", async () => {
  // Incidents of a service are known from the first that its source has.
  expect(await statuses("EMG-01", { ...EMERGENCIES, complete: [] })).toMatchObject({
    "data:C01": "pass",
    "data:C03": "fail",
    "data:C04": "fail",
    "data:C05": "unknown",
    "data:C06": "fail",
    "data:C07": "unknown",
  });
  const { incident: _, ...data } = EMERGENCIES.data;
  expect(
    await statuses("EMG-01", { ...EMERGENCIES, complete: ["change_request_approval"], data }),
  ).toMatchObject({
    "data:C01": "unknown",
    "data:C03": "unknown",
    "data:C05": "unknown",
  });
});
