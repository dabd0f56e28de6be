import { expect, test } from "vitest";
import { statuses, told } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const config = { services: { api: { repository: "api" }, old: { repository: "old" } } };

const PERMITTED: History = {
  asOf: "2026-04-01T00:00:00Z",
  config,
  complete: ["pipeline_run", "pipeline_registration", "deployment_permission", "role_grant"],
  data: {
    person: `
      id  | logins     | is_bot
      ana | ana; aruiz |
      bot | deploybot  | true`,
    pipeline_run: `
      id | workflow | service | trigger           | actor | started_at
      r1 | deploy   | api     | workflow_dispatch | aruiz | 2026-03-01T11:59:00Z
      r2 | deploy   | api     | workflow_dispatch | ben   | 2026-03-02T11:59:00Z
      r3 | hack     | api     | workflow_dispatch | ana   | 2026-03-03T11:59:00Z
      r4 | deploy   | api     | push              | ben   | 2026-03-04T11:59:00Z
      r5 | deploy   | api     | workflow_dispatch | ana   | 2026-03-20T11:59:00Z
      r7 | deploy   | api     | workflow_dispatch | eva   | 2026-03-07T11:59:00Z
      r8 | deploy   | api     | workflow_dispatch |       | 2026-03-08T11:59:00Z`,
    pipeline_registration: `
      id | workflow | service | environment | valid_until
      p1 | deploy   | api     | production  |
      p2 | hack     | api     | production  | 2026-03-01`,
    deployment_permission: `
      id | role     | environment | service | change_type
      q1 | deployer | production  | api     |
      q2 | fixer    | production  |         | emergency`,
    ownership: `
      service | team | owned_from
      api     | core | 2026-01-01`,
    role_grant: `
      person | role     | scope | granted_from         | granted_until
      ana    | deployer | core  | 2026-01-01T00:00:00Z | 2026-03-15T00:00:00Z
      ben    | deployer | other | 2026-01-01T00:00:00Z |
      eva    | fixer    |       | 2026-01-01T00:00:00Z |`,
    change_request: `
      id | type      | service
      C7 | emergency | api`,
    deployment: `
      id | service | environment | version | started_at           | finished_at          | status  | deployer  | pipeline_run | change_requests
      d1 | api     | production  | 1.1     | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success | deploybot | r1           |
      d2 | api     | production  | 1.2     | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | ben       | r2           |
      d3 | api     | production  | 1.3     | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | ana       | r3           |
      d4 | api     | production  | 1.4     | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | deploybot | r4           |
      d5 | api     | production  | 1.5     | 2026-03-20T12:00:00Z | 2026-03-20T12:10:00Z | success | ana       | r5           |
      d6 | api     | production  | 1.6     | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success | ana       |              |
      d7 | api     | production  | 1.7     | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success | eva       | r7           | C7
      d8 | api     | production  | 1.8     | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success |           | r8           |
      d9 | old     | production  | 1.0     | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success | ana       | r77          |`,
  },
};

test("SOD-04 lets in what a registered pipeline brings, begun by itself or by who holds a role for it", async () => {
  expect(await told("SOD-04", PERMITTED)).toEqual({
    "data:d1": "pass: The deployment came through the registered pipeline deploy, begun by somebody who may deploy it there.",
    "data:d2": "fail: Who began the deployment held none of the roles then that may deploy it there: deployer.",
    "data:d3": "fail: The pipeline hack that made the deployment was not registered for its service and environment then.",
    "data:d4": "pass: The registered pipeline deploy began the deployment by itself.",
    "data:d5": "fail: Who began the deployment held none of the roles then that may deploy it there: deployer.",
    "data:d6": "fail: The deployment names no run of a pipeline, so that it counts as made by hand.",
    "data:d7": "pass: The deployment came through the registered pipeline deploy, begun by somebody who may deploy it there.",
    "data:d8": "unknown: Who began the deployment is not recorded.",
    "data:d9": "fail: The pipeline run r77 that the deployment names was not found. No role was found that may deploy it there: no permission names its service, environment and type of change.",
  });
});

test("SOD-04 is exempt with an exemption, and not known where lists are not complete", async () => {
  const exemption = `
    id | control | scope | requested_by | approver | reason      | compensating_control | valid_from           | valid_until
    e1 | SOD-04  | d6    | ana          | ben      | Break glass | Watched              | 2026-03-06T00:00:00Z | 2026-03-07T00:00:00Z`;
  expect(await statuses("SOD-04", { ...PERMITTED, data: { ...PERMITTED.data, exemption } })).toMatchObject({ "data:d6": "exempt", "data:d3": "fail" });
  expect(await statuses("SOD-04", { ...PERMITTED, complete: [] })).toMatchObject({
    "data:d1": "pass",
    "data:d2": "unknown",
    "data:d3": "unknown",
    "data:d6": "unknown",
  });
});
