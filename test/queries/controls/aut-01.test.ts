import { expect, test } from "vitest";
import { judged, statuses, told } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const DEPLOYED: History = {
  asOf: "2026-04-01T00:00:00Z",
  data: {
    deployment: `
      id | service | environment | started_at           | finished_at          | status  | change_requests
      d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | C1
      d2 | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | C2
      d3 | api     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success |
      d4 | api     | production  | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | failure | C4
      d5 | api     | production  | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success | C5`,
    change_request: `
      id | type      | service | created_at
      C1 | normal    | api     | 2026-03-01T12:00:00Z
      C2 | normal    | api     | 2026-03-01T12:00:00Z
      C4 | emergency | api     | 2026-03-01T12:00:00Z
      C5 | normal    | api     | 2026-03-01T12:00:00Z`,
    change_request_approval: `
      id | change_request | approver | decision | decided_at
      a1 | C1             | ben      | approved | 2026-03-02T11:59:59Z
      a2 | C2             | ben      | approved | 2026-03-03T12:30:00Z
      a5 | C5             | ben      | approved | 2026-03-06T10:00:00Z
      a6 | C5             | eva      | rejected | 2026-03-06T11:00:00Z`,
  },
};

test("an approval counts that came before the deployment began", async () => {
  const complete = { ...DEPLOYED, complete: ["change_request", "change_request_approval"] } as const;
  expect(await judged("AUT-01", complete)).toEqual([
    { unit: "data:d1", status: "pass", reason: "The request of the deployment was approved before it began." },
    { unit: "data:d2", status: "fail", reason: "The request of the deployment (C2) was approved only at 2026-03-03 12:30 UTC, 30 min after it began." },
    { unit: "data:d3", status: "fail", reason: "The deployment names no change request." },
    { unit: "data:d4", status: "not_applicable", reason: "The deployment goes by an emergency request, which EMG-01 judges." },
    { unit: "data:d5", status: "fail", reason: "The request of the deployment (C5) was rejected before it began." },
  ]);
});

test("an approval of the deployment itself is named, and counts for nothing that a change request is asked for", async () => {
  const deployment_approval = `
      id | deployment | approver | decision | decided_at
      g2 | d2         | eva      | approved | 2026-03-03T11:00:00Z
      g3 | d3         | eva      | approved | 2026-03-04T11:00:00Z
      g5 | d5         | eva      | rejected | 2026-03-06T11:00:00Z`;
  const { change_request_approval: _, ...data } = DEPLOYED.data;
  const gated: History = { ...DEPLOYED, complete: ["change_request", "change_request_approval", "approval_rule"], data: { ...data, deployment_approval } };
  const words = (id: string) => ` That the deployment itself was approved (data:${id}) does not count here: what is asked for is the approval of a change request.`;
  expect(await told("AUT-01", gated)).toMatchObject({
    "data:d2": `fail: No approval of the request of the deployment (C2) was found.${words("g2")}`,
    "data:d3": `fail: The deployment names no change request.${words("g3")}`,
    "data:d5": "fail: No approval of the request of the deployment (C5) was found.",
  });
  expect(await told("AUT-04", gated)).toMatchObject({
    "data:d2": `fail: No approval of the request of the deployment was found from before it began.${words("g2")}`,
    "data:d3": `fail: The deployment names no change request, so that no approval of one could hold.${words("g3")}`,
    "data:d5": "fail: No approval of the request of the deployment was found from before it began.",
  });
});

test("what nobody asserts to be complete is not known to be missing", async () => {
  expect(await statuses("AUT-01", DEPLOYED)).toMatchObject({ "data:d1": "pass", "data:d2": "fail", "data:d3": "unknown" });
});
