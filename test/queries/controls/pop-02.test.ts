import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const REQUESTED: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["deployment"],
  data: {
    deployment: `
      id | service | environment | started_at           | finished_at          | status  | change_requests
      d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | C1
      d2 | api     | production  | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success | C2
      d3 | api     | production  | 2026-03-05T13:00:00Z | 2026-03-05T13:10:00Z | success | C2`,
    change_request: `
      id | type     | service | status    | created_at           | planned_start        | planned_end          | closed_at
      C1 | normal   | api     | Closed    | 2026-03-01T12:00:00Z | 2026-03-02T08:00:00Z | 2026-03-02T09:00:00Z | 2026-03-03T12:00:00Z
      C2 | normal   | api     | Closed    | 2026-03-01T12:00:00Z | 2026-03-02T08:00:00Z | 2026-03-04T11:00:00Z | 2026-03-06T12:00:00Z
      C3 | normal   | api     |           | 2026-03-01T12:00:00Z |                      |                      | 2026-03-06T12:00:00Z
      C4 | normal   | api     | Cancelled | 2026-03-01T12:00:00Z |                      |                      | 2026-03-06T12:00:00Z
      C5 | normal   | api     | Scheduled | 2026-03-01T12:00:00Z |                      |                      |
      C6 | standard | api     | Closed    | 2026-03-01T12:00:00Z |                      |                      | 2026-03-06T12:00:00Z
      C7 | normal   | other   | Closed    | 2026-03-01T12:00:00Z |                      |                      | 2026-03-06T12:00:00Z
      C8 | normal   | api     | Released  |                      |                      |                      |`,
  },
};

const policy = { controls: { "POP-02": { parameters: { types_without_deployment: ["standard"] } } } };

test("what says that it was implemented was deployed in its window", async () => {
  expect(await judged("POP-02", { ...REQUESTED, config: policy })).toEqual([
    { unit: "data:C1", status: "pass", reason: "The request was implemented by a production deployment." },
    {
      unit: "data:C2",
      status: "fail",
      reason: "The deployment of the request began 60 min further from its planned window than the 24 h allowed.",
    },
    { unit: "data:C3", status: "fail", reason: "The request says that it was implemented (status none), but no production deployment names it." },
    { unit: "data:C4", status: "not_applicable", reason: "The change was not made: the status of its request is Cancelled." },
    { unit: "data:C5", status: "not_applicable", reason: "The request is not closed yet." },
    { unit: "data:C6", status: "not_applicable", reason: "Changes of type standard bring no software by policy." },
    {
      unit: "data:C7",
      status: "unknown",
      reason:
        "The request says that it was implemented (status Closed), but no production deployment names it. There may be more than was found: nothing says that all deployments of other were collected for that time.",
    },
    expect.objectContaining({ unit: "data:C8", status: "unknown" }),
  ]);
});

test("without the source of deployments nobody knows, and without requests there is nothing to ask", async () => {
  const { deployment: _, ...requests } = REQUESTED.data;
  expect(await statuses("POP-02", { ...REQUESTED, complete: [], data: requests })).toMatchObject({ "data:C1": "unknown", "data:C3": "unknown" });
  const { change_request: __, ...deployments } = REQUESTED.data;
  expect(await judged("POP-02", { ...REQUESTED, data: deployments })).toEqual([]);
});
