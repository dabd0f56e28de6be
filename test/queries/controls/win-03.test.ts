import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const RISKY: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["change_request", "calendar_window"],
  config: { services: { api: { repository: "api" }, web: { repository: "web" } } },
  data: {
    deployment: `
      id | service | environment | started_at           | finished_at          | status  | change_requests | version | rollback_of
      d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | C1              | 1.0     |
      d2 | api     | production  | 2026-03-02T13:00:00Z | 2026-03-02T13:10:00Z | success | C2              | 1.1     |
      d3 | api     | production  | 2026-03-02T14:00:00Z | 2026-03-02T14:10:00Z | success | C3              | 1.2     |
      d4 | api     | production  | 2026-03-03T11:00:00Z | 2026-03-03T11:10:00Z | success | C1              | 1.3     |
      d5 | api     | production  | 2026-03-03T12:10:00Z | 2026-03-03T12:20:00Z | success | C2              | 1.4     |
      d6 | web     | production  | 2026-03-02T13:00:00Z | 2026-03-02T13:10:00Z | success |                 | 5.0     |
      d7 | web     | production  | 2026-03-10T13:00:00Z | 2026-03-10T13:10:00Z | success |                 | 5.1     |
      d8 | api     | production  | 2026-03-20T12:00:00Z | 2026-03-20T12:10:00Z | success | C1              | 2.0     |
      d9 | api     | production  | 2026-03-20T13:00:00Z | 2026-03-20T13:10:00Z | success |                 | 1.3     | d8`,
    change_request: `
      id | type      | service | risk
      C1 | normal    | api     | high
      C2 | normal    | api     | low
      C3 | emergency | api     | low`,
    calendar_window: `
      id | kind          | scope | starts_at            | ends_at              | reason
      w1 | stabilisation | web   | 2026-03-10T00:00:00Z | 2026-03-12T00:00:00Z | After the move`,
    exemption: `
      id | control | scope | requested_by | approver | reason | compensating_control | valid_from           | valid_until
      e1 | WIN-03  | web   | ana          | ben      | Law    | Watched              | 2026-03-09T00:00:00Z | 2026-03-11T00:00:00Z`,
  },
};

test("nothing else is deployed while a release of high risk settles, save emergencies and rollbacks", async () => {
  expect(await judged("WIN-03", RISKY)).toMatchObject([
    { unit: "data:d1", status: "pass" },
    {
      unit: "data:d2",
      status: "fail",
      reason: "The deployment began 50 min after d1 (C1, risk high) went live; 24 h must pass.",
    },
    { unit: "data:d3", status: "not_applicable", reason: "The deployment goes by an emergency request, which EMG-01 judges." },
    { unit: "data:d4", status: "pass" },
    {
      unit: "data:d5",
      status: "fail",
      reason: "The deployment began 1 h 0 min after d4 (C1, risk high) went live; 24 h must pass.",
    },
    { unit: "data:d6", status: "pass" },
    { unit: "data:d7", status: "exempt" },
    { unit: "data:d8", status: "pass" },
    {
      unit: "data:d9",
      status: "not_applicable",
      reason: "The deployment is a rollback, which may come at any time.",
    },
  ]);
});

test("the same request, and a release that never went live, need not settle", async () => {
  const settings = { hours: 2 };
  const config = { ...RISKY.config, controls: { "WIN-03": { parameters: settings } } };
  expect(await statuses("WIN-03", { ...RISKY, config })).toMatchObject({
    "data:d2": "fail",
    "data:d5": "fail",
  });
  const failed =
    RISKY.data.deployment
      ?.toString()
      .replace(
        "12:10:00Z | success | C1              | 1.0",
        "12:10:00Z | failure | C1              | 1.0",
      ) ?? "";
  expect(await statuses("WIN-03", { ...RISKY, data: { ...RISKY.data, deployment: failed } })).toMatchObject({
    "data:d2": "pass",
  });
});

test("without tickets and calendar nobody knows what had to settle", async () => {
  const { change_request: _, calendar_window: __, ...data } = RISKY.data;
  expect(new Set(Object.values(await statuses("WIN-03", { ...RISKY, complete: [], data })))).toEqual(
    new Set(["unknown"]),
  );
});
