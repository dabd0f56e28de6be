import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const LOGGED: History = {
  asOf: "2026-04-01T00:00:00Z",
  data: {
    deployment: `
      id | service | environment | started_at           | finished_at          | status      | sha    | version | deployer | pipeline_run | url
      d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success     | abc123 |         | ana      | 9001         |
      d2 | api     | production  |                      | 2026-03-03T12:10:00Z | success     |        |         |          |              |
      d3 | api     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | failure     |        | 1.2     | bot      |              | https://ci.example/3
      d4 | api     | production  | 2026-03-31T12:00:00Z |                      | in_progress | abc124 |         | ana      | 9004         |
      d5 | api     | production  | 2026-03-20T12:00:00Z |                      | in_progress | abc125 |         | ana      | 9005         |`,
    archived_record: `
      id | record_class   | subject | disposed_at
      l1 | Deployment log | d1      |
      l3 | log            | 9001    |
      l5 | deployment log | d3      | 2026-03-10T00:00:00Z`,
  },
};

test("what the record of a deployment does not say is named", async () => {
  expect(await judged("DEP-01", LOGGED)).toEqual([
    { unit: "data:d1", status: "pass", reason: "The record of the deployment says all that is asked for." },
    {
      unit: "data:d2",
      status: "fail",
      reason:
        "The record of the deployment does not say: who deployed, when it began, what was deployed, the run that deployed.",
    },
    { unit: "data:d3", status: "pass", reason: "The record of the deployment says all that is asked for." },
    { unit: "data:d4", status: "not_applicable", reason: "The deployment is still running." },
    { unit: "data:d5", status: "fail", reason: "The record of the deployment does not say: when it ended, its outcome." },
  ]);
});

test("where logs are asked for, an archive holds them", async () => {
  const config = { controls: { "DEP-01": { parameters: { needs_log: true, fields: ["status"] } } } };
  const kept: History = { ...LOGGED, config, complete: ["archived_record"] };
  expect(await statuses("DEP-01", kept)).toEqual({
    "data:d1": "pass",
    "data:d2": "fail",
    "data:d3": "fail",
    "data:d4": "not_applicable",
    "data:d5": "fail",
  });
  expect(await statuses("DEP-01", { ...kept, complete: [] })).toMatchObject({
    "data:d1": "pass",
    "data:d2": "unknown",
    "data:d3": "unknown",
  });
});
