import { expect, test } from "vitest";
import { statuses, told } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const COMPLETE = ["change_request", "change_request_approval", "deployment_approval", "change", "commit"] as const;

/** From the first of January all deployments are known, so that the first one's changes are too. */
const config = { services: { api: { repository: "api", active_from: "2026-01-01" }, old: { repository: "old" } } };

const BEGUN: History = {
  asOf: "2026-04-01T00:00:00Z",
  config,
  complete: COMPLETE,
  data: {
    person: `
      id  | logins    | is_bot | owner
      ana | ana       |        |
      ben | ben       |        |
      bot | deploybot | true   |`,
    change: `
      id | repository | author | merged_at            | merge_sha
      1  | api        | ana    | 2026-03-01T10:00:00Z | m1
      2  | api        | ana    | 2026-03-02T10:00:00Z | m2
      3  | api        | ana    | 2026-03-03T10:00:00Z | m3
      4  | api        | ana    | 2026-03-04T10:00:00Z | m4
      5  | api        | ana    | 2026-03-05T10:00:00Z | m5
      6  | api        | ana    | 2026-03-06T10:00:00Z | m6
      7  | api        | ana    | 2026-03-07T10:00:00Z | m7`,
    change_request: `
      id | service | created_at
      C4 | api     | 2026-02-01T12:00:00Z`,
    change_request_approval: `
      id | change_request | approver | decision | decided_at
      a4 | C4             | ben      | approved | 2026-02-02T10:00:00Z`,
    deployment_approval: `
      id | deployment | approver | decision | decided_at
      g3 | d3         | ben      | approved | 2026-03-03T11:59:00Z`,
    pipeline_run: `
      id | workflow | service | trigger           | actor | started_at
      r4 | deploy   | api     | push              | ana   | 2026-03-04T11:59:00Z
      r5 | deploy   | api     | push              | ana   | 2026-03-05T11:59:00Z
      r6 | deploy   | api     | workflow_dispatch | ben   | 2026-03-06T11:59:00Z`,
    deployment: `
      id | service | environment | version | started_at           | finished_at          | status  | deployer  | pipeline_run | change_requests
      d1 | api     | production  | 1.1     | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success | ben       |              |
      d2 | api     | production  | 1.2     | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | ana       |              |
      d3 | api     | production  | 1.3     | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | ana       |              |
      d4 | api     | production  | 1.4     | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | deploybot | r4           | C4
      d5 | api     | production  | 1.5     | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success | deploybot | r5           |
      d6 | api     | production  | 1.6     | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success | deploybot | r6           |
      d7 | api     | production  | 1.7     | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success |           | r99          |
      d8 | api     | production  | 1.7     | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success | ana       |              |`,
  },
};

test("SOD-02 lets others than authors deploy, and authors through a gate", async () => {
  expect(await told("SOD-02", BEGUN)).toEqual({
    "data:d1": "pass: Who began the deployment wrote nothing in it.",
    "data:d2": "fail: Who began the deployment had written in it, and nobody else, who neither wrote in it nor began it, let it through a gate.",
    "data:d3": "pass: Somebody who neither wrote in the deployment nor began it let it through a gate.",
    "data:d4":
      "not_applicable: No human began the deployment, and somebody who wrote nothing in it approved it: by policy (automated_is_not_judged) that is enough.",
    "data:d5": "fail: No human began the deployment, and nobody who wrote nothing in it was found who approved it or let it through a gate.",
    "data:d6": "pass: Who began the deployment wrote nothing in it.",
    "data:d7": "unknown: Neither who nor what began the deployment is recorded.",
    "data:d8": "not_applicable: The deployment brings nothing that was not there before.",
  });
  expect(await statuses("SOD-02", { ...BEGUN, complete: ["change"] })).toMatchObject({
    "data:d1": "unknown",
    "data:d2": "fail",
    "data:d5": "unknown",
  });
});

test("SOD-02 asks for a gate of what no human began where the policy says so", async () => {
  const strict = { ...config, controls: { "SOD-02": { parameters: { automated_is_not_judged: false } } } };
  expect(await statuses("SOD-02", { ...BEGUN, config: strict })).toMatchObject({ "data:d4": "fail", "data:d3": "pass" });
});
