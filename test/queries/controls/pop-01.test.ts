import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const DEPLOYED: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["change_request"],
  data: {
    deployment: `
      id | service | environment | started_at           | finished_at          | status  | change_requests | labels
      d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | C1              |
      d2 | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | C9; C8          |
      d3 | api     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | failure |                 |
      d4 | api     | production  | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success |                 | Config
      d5 | api     | production  | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success |                 |
      d6 | api     | production  | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success |                 |`,
    change_request: `
      id | type   | service | created_at
      C1 | normal | api     | 2026-03-01T12:00:00Z
      C5 | normal | api     | 2026-03-01T12:00:00Z`,
    // m1 and m2 are first in production with d5, m3 and m4 with d6.
    change: `
      id | repository | merged_at            | tickets
      m1 | api        | 2026-03-06T08:00:00Z | C5
      m2 | api        | 2026-03-06T09:00:00Z | C5; C9
      m3 | api        | 2026-03-07T08:00:00Z | data:C5
      m4 | api        | 2026-03-07T09:00:00Z | C9`,
  },
};

const policy = { controls: { "POP-01": { parameters: { automated_labels: ["config"] } } } };

test("a change request must be there, of the deployment or of each change in it", async () => {
  expect(await judged("POP-01", { ...DEPLOYED, config: policy })).toEqual([
    { unit: "data:d1", status: "pass", reason: "The deployment names a change request that is there." },
    { unit: "data:d2", status: "fail", reason: "The deployment names C9, C8, which the ticket system does not have." },
    { unit: "data:d3", status: "fail", reason: "The deployment names no change request." },
    {
      unit: "data:d4",
      status: "not_applicable",
      reason: "The label of the deployment says that it is of an automated class, which needs no change request.",
    },
    { unit: "data:d5", status: "pass", reason: "Each change in the deployment names a change request that is there." },
    { unit: "data:d6", status: "fail", reason: "The deployment names no change request, nor does the change data:api#m4." },
  ]);
});

test("without the ticket system nobody knows, and what was found stays found", async () => {
  expect(await statuses("POP-01", { ...DEPLOYED, complete: [] })).toEqual({
    "data:d1": "pass",
    "data:d2": "unknown",
    "data:d3": "unknown",
    "data:d4": "unknown",
    "data:d5": "pass",
    "data:d6": "unknown",
  });
  const { change_request: _, ...data } = DEPLOYED.data;
  expect(new Set(Object.values(await statuses("POP-01", { ...DEPLOYED, complete: [], data })))).toEqual(new Set(["unknown"]));
});
