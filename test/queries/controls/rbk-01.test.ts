import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const PLANS: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["rollback_plan", "change_request_approval"],
  data: {
    deployment: `
      id  | service | environment | started_at           | finished_at          | status  | version | change_requests
      d1  | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | 1.1     | C01
      d2  | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | 1.2     | C02
      d10 | api     | production  | 2026-03-10T12:00:00Z | 2026-03-10T12:10:00Z | success | 2.0     | C10`,
    change_request: `
      id  | type     | risk   | service | status    | created_at           | planned_start        | rollback_plan
      C01 | normal   | high   | api     |           | 2026-03-01T08:00:00Z | 2026-03-02T12:00:00Z |
      C02 | normal   | high   | api     |           | 2026-03-01T08:00:00Z | 2026-03-03T12:00:00Z |
      C03 | normal   | high   | api     |           | 2026-03-01T08:00:00Z | 2026-03-04T12:00:00Z |
      C04 | normal   | high   | api     |           | 2026-03-01T08:00:00Z | 2026-03-05T12:00:00Z | Redeploy 1.2
      C05 | normal   | low    | api     |           | 2026-03-01T08:00:00Z | 2026-03-06T12:00:00Z | Redeploy 1.2
      C06 | normal   | low    | api     |           | 2026-03-01T08:00:00Z | 2026-03-07T12:00:00Z | N/A
      C07 | standard | high   | api     |           | 2026-03-01T08:00:00Z | 2026-03-07T12:00:00Z |
      C08 | normal   | high   | api     | Cancelled | 2026-03-01T08:00:00Z | 2026-03-07T12:00:00Z |
      C09 | normal   | high   | api     |           | 2026-03-31T08:00:00Z | 2026-04-07T12:00:00Z |
      C10 | normal   |        | api     |           | 2026-03-01T08:00:00Z | 2026-03-10T12:00:00Z |
      C11 | normal   | high   | api     |           | 2026-03-01T08:00:00Z | 2026-03-11T12:00:00Z |
      C12 | normal   | high   | api     |           | 2026-03-01T08:00:00Z | 2026-03-12T12:00:00Z |`,
    change_request_approval: `
      id  | change_request | decision | decided_at
      a1  | C01            | approved | 2026-03-02T08:00:00Z
      a2  | C02            | approved | 2026-03-02T08:00:00Z
      a3  | C03            | approved | 2026-03-02T08:00:00Z
      a10 | C10            | approved | 2026-03-09T08:00:00Z
      a12 | C12            | approved | 2026-03-09T08:00:00Z`,
    rollback_plan: `
      id  | change_request | service | version | recorded_at          | covers_application | covers_configuration | covers_database | changes_schema | database_script | triggers | success_metrics
      p1  | C01            |         |         | 2026-03-02T08:00:00Z | true               | true                 |                 |                |                 | errors   | sales
      p2  | C02            |         |         | 2026-03-02T09:00:00Z | true               | true                 |                 | false          |                 | errors   | sales
      p3  | C03            |         |         | 2026-03-01T09:00:00Z | true               | false                |                 |                |                 | errors   |
      p10 |                | api     | 2.0     | 2026-03-08T08:00:00Z | true               | true                 | true            | true           |                 | errors   | sales
      p11 | C11            |         |         | 2026-03-08T08:00:00Z | true               | true                 | true            | true           | down.sql        | errors   | sales
      p12 | C12            |         |         |                      | true               | true                 | true            | true           | down.sql        | errors   | sales`,
  },
};

test("a whole plan stands before the approval", async () => {
  expect(await judged("RBK-01", PLANS)).toEqual([
    { unit: "data:C01", status: "pass", reason: "A whole rollback plan was there before the request was approved." },
    {
      unit: "data:C02",
      status: "fail",
      reason:
        "The rollback plan of the request was written at 2026-03-02 09:00 UTC, after the request had been approved at 2026-03-02 08:00 UTC.",
    },
    {
      unit: "data:C03",
      status: "fail",
      reason: "The rollback plan of the request lacks: the configuration, what tells success.",
    },
    {
      unit: "data:C04",
      status: "fail",
      reason:
        "The request has a sentence about the way back, which is not enough for its risk (high); no rollback plan of it was found.",
    },
    {
      unit: "data:C05",
      status: "pass",
      reason: "The request says how to go back, which is enough for its risk (low).",
    },
    { unit: "data:C06", status: "fail", reason: "No rollback plan of the request was found." },
    {
      unit: "data:C07",
      status: "not_applicable",
      reason: "The request is a standard change, whose template was approved with its way back.",
    },
    { unit: "data:C08", status: "not_applicable", reason: "The request was called off before anything was deployed." },
    { unit: "data:C09", status: "not_applicable", reason: "Nothing was deployed by the request yet." },
    {
      unit: "data:C10",
      status: "fail",
      reason: "The rollback plan of the request lacks: the script or backup for the database.",
    },
    {
      unit: "data:C11",
      status: "fail",
      reason: "The rollback plan of the request is whole, but no approval was found that it came before.",
    },
    {
      unit: "data:C12",
      status: "unknown",
      reason: "The rollback plan of the request is whole, but does not say when it was written.",
    },
  ]);
});

test("where plans are not known to be all there, one that is not found may be there", async () => {
  expect(await statuses("RBK-01", { ...PLANS, complete: [] })).toMatchObject({
    "data:C01": "pass",
    "data:C02": "fail",
    "data:C04": "unknown",
    "data:C06": "unknown",
    "data:C11": "unknown",
  });
});

test("what is asked of a plan can be set", async () => {
  const parameters = {
    parts: ["application", "database"],
    sentence_risks: ["high"],
    free_types: ["emergency"],
  };
  const config = { controls: { "RBK-01": { parameters } } };
  expect(await judged("RBK-01", { ...PLANS, config })).toMatchObject([
    { status: "fail", reason: "The rollback plan of the request lacks: the database." },
    { status: "fail" },
    { status: "fail", reason: "The rollback plan of the request lacks: the database." },
    { status: "pass" },
    { status: "fail" },
    { status: "fail" },
    { status: "fail", reason: "No rollback plan of the request was found." },
    {},
    {},
    {},
    {},
    {},
  ]);
});
