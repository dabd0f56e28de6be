import { expect, onTestFinished, test } from "vitest";
import { given, onlyControls, type History } from "../../support/history.ts";

async function world(history: Pick<History, "data"> & Partial<History>) {
  const warehouse = await given({
    asOf: "2026-02-01T00:00:00Z",
    ...history,
  });
  onTestFinished(() => warehouse.close());
  return warehouse;
}

const DEPLOYMENTS = `
  id | service | environment | version | started_at           | finished_at          | status  | rollback_of | pipeline_run | change_requests
  d1 | api     | production  | v1      | 2026-01-05T10:00:00Z | 2026-01-05T10:10:00Z | success |             | r1           | CHG-1
  d2 | api     | production  | v2      | 2026-01-06T10:00:00Z | 2026-01-06T10:10:00Z | success |             | r2           | CHG-2
  d3 | api     | production  | v1      | 2026-01-06T12:00:00Z | 2026-01-06T12:10:00Z | success | d2          |              |`;

test("a rollback names the failure, and the failure the rollback", async () => {
  const warehouse = await world({ data: { deployment: DEPLOYMENTS } });
  const rows = await warehouse.rows(
    "select wave_id, kind, rolled_back_wave_id, removed_by_wave_id, is_withdrawn from reports.site_deployment order by position",
  );
  const none = { rolled_back_wave_id: null, removed_by_wave_id: null, is_withdrawn: false };
  expect(rows).toEqual([
    { ...none, wave_id: "data:d3", kind: "rollback", rolled_back_wave_id: "data:d2" },
    { ...none, wave_id: "data:d2", kind: "deployment", removed_by_wave_id: "data:d3" },
    { ...none, wave_id: "data:d1", kind: "deployment" },
  ]);
});

test("attempts of a run are counted, and a run that nobody describes has only its number", async () => {
  const warehouse = await world({
    data: {
      deployment: DEPLOYMENTS,
      pipeline_run: `
        id | attempt | workflow | started_at           | conclusion
        r1 | 1       | deploy   | 2026-01-05T09:00:00Z | failure
        r1 | 2       | deploy   | 2026-01-05T10:00:00Z | success`,
    },
  });
  expect(
    await warehouse.rows(
      "select wave_id, pipeline_run, attempts, unsuccessful_attempts, conclusion from reports.site_deployment_run order by wave_id",
    ),
  ).toEqual([
    { wave_id: "data:d1", pipeline_run: "r1", attempts: 2, unsuccessful_attempts: 1, conclusion: "success" },
    {
      wave_id: "data:d2",
      pipeline_run: "r2",
      attempts: null,
      unsuccessful_attempts: null,
      conclusion: null,
    },
  ]);
});

test("requests are told with their window and review, decisions with their time", async () => {
  const warehouse = await world({
    data: {
      deployment: DEPLOYMENTS,
      change_request: `
        id    | type      | planned_start        | planned_end          | review_at
        CHG-1 | normal    | 2026-01-05T09:00:00Z | 2026-01-05T11:00:00Z | 2026-01-07T00:00:00Z
        CHG-2 | emergency | 2026-01-06T08:00:00Z | 2026-01-06T10:00:00Z | 2026-03-01T00:00:00Z`,
      rollback_plan: `
        id | change_request | service | version
        p1 | CHG-1          |         |
        p2 |                | api     | v2`,
      post_implementation_review: `
        id | change_request | held_at
        v2 | CHG-2          | 2026-01-08T00:00:00Z
        v9 | CHG-2          | 2026-03-01T00:00:00Z`,
      change_request_approval: `
        id | change_request | approver | decision | decided_at
        a1 | CHG-1          | kim      | approved | 2026-01-05T10:00:00Z
        a2 | CHG-2          |          | approved | 2026-01-06T10:00:01Z`,
    },
  });
  expect(
    await warehouse.rows(
      "select native_id, timing, reviewed_at, rollback_plan_ids, review_ids from reports.site_deployment_request order by native_id",
    ),
  ).toEqual([
    {
      ...{ native_id: "CHG-1", timing: "in the planned window", reviewed_at: "2026-01-07T00:00:00Z" },
      ...{ rollback_plan_ids: ["data:p1"], review_ids: [] },
    },
    // the window is half-open, and the review lies after as-of; a plan of its version and a review have records of their own
    {
      ...{ native_id: "CHG-2", timing: "after the planned window", reviewed_at: null },
      ...{ rollback_plan_ids: ["data:p2"], review_ids: ["data:v2"] },
    },
  ]);
  expect(
    await warehouse.rows(
      "select subject, approver, has_approver, timing from reports.site_deployment_approval order by subject",
    ),
  ).toEqual([
    { subject: "CHG-1", approver: null, has_approver: true, timing: "before the start" },
    { subject: "CHG-2", approver: null, has_approver: false, timing: "after the start" },
  ]);
});

test("windows touch by scope and half-open time", async () => {
  const warehouse = await world({
    config: { teams: { core: { owns: ["api"] } } },
    data: {
      deployment: DEPLOYMENTS,
      calendar_window: `
        id | kind          | scope      | starts_at            | ends_at
        w1 | freeze        |            | 2026-01-05T10:10:00Z | 2026-01-05T12:00:00Z
        w2 | stabilisation | core       | 2026-01-04T00:00:00Z | 2026-01-05T10:00:00Z
        w3 | blackout      | core       | 2026-01-06T00:00:00Z | 2026-01-06T11:00:00Z
        w4 | maintenance   | production | 2026-01-06T12:05:00Z | 2026-01-06T13:00:00Z
        w5 | freeze        | other      | 2026-01-01T00:00:00Z | 2026-02-01T00:00:00Z`,
    },
  });
  expect(
    await warehouse.rows(
      "select wave_id, kind, asks_for_none from reports.site_deployment_window order by wave_id",
    ),
  ).toEqual([
    { wave_id: "data:d1", kind: "freeze", asks_for_none: true },
    { wave_id: "data:d2", kind: "blackout", asks_for_none: true },
    { wave_id: "data:d3", kind: "maintenance", asks_for_none: false },
  ]);
});

test("none is told apart from not collected", async () => {
  const warehouse = await world({ complete: ["incident"], data: { deployment: DEPLOYMENTS } });
  expect(
    await warehouse.rows(
      `select deployments, deployed_services, first_deployment_month, incidents, first_incident_month, has_change_requests,
         has_incident_coverage
       from reports.site_evidence`,
    ),
  ).toEqual([
    {
      deployments: 3,
      deployed_services: 1,
      first_deployment_month: "2026-01",
      incidents: 0,
      first_incident_month: null,
      has_change_requests: false,
      has_incident_coverage: true,
    },
  ]);
});

test("what fails of a deployment, of its requests and of its failed attempts stands on its entry, and the way back to it", async () => {
  const warehouse = await world({
    config: { controls: onlyControls(["AUT-06", "WIN-01"]) },
    complete: ["calendar_window"],
    data: {
      deployment: `
        id | service | environment | version | started_at           | finished_at          | status  | change_requests
        d0 | api     | production  | v1      | 2026-01-05T09:00:00Z | 2026-01-05T09:10:00Z | failure | CHG-1
        d1 | api     | production  | v1      | 2026-01-05T10:00:00Z | 2026-01-05T10:10:00Z | success | CHG-1
        d2 | api     | production  | v2      | 2026-01-06T10:00:00Z | 2026-01-06T10:10:00Z | failure | CHG-2`,
      change_request: `
        id    | type   | risk | service
        CHG-1 | normal |      | web
        CHG-2 | normal |      | api`,
      calendar_window: `
        id | kind   | starts_at            | ends_at              | reason
        w1 | freeze | 2026-01-05T00:00:00Z | 2026-01-05T10:00:00Z | Year end
        w2 | freeze | 2026-01-05T10:00:00Z | 2026-01-06T00:00:00Z | Audit`,
    },
  });
  const of = { service: "api", wave_id: "data:d1", list_page: 1 };
  expect(
    await warehouse.rows(
      "select service, wave_id, position, relation, name, control, reason, list_page from reports.site_deployment_deviation order by position",
    ),
  ).toEqual([
    { ...of, position: 1, relation: "own", name: null, control: "WIN-01", reason: "The deployment ran in a window in which nothing may be deployed: Audit (2026-01-05 10:00 to 2026-01-06 00:00 UTC)." },
    { ...of, position: 2, relation: "change request", name: "CHG-1", control: "AUT-06", reason: "The request has no risk class." },
    { ...of, position: 3, relation: "earlier attempt", name: "d0", control: "WIN-01", reason: "The deployment ran in a window in which nothing may be deployed: Year end (2026-01-05 00:00 to 2026-01-05 10:00 UTC)." },
  ]);
  expect(
    await warehouse.rows("select unit, entry_service, entry_id, month, page from reports.site_deviation order by control, unit"),
  ).toEqual([
    { unit: "data:CHG-1", entry_service: "api", entry_id: "data:d1", month: "2026-01", page: 1 },
    { unit: "data:CHG-2", entry_service: "api", entry_id: "data:d2", month: "2026-01", page: 1 },
    { unit: "data:d0", entry_service: "api", entry_id: "data:d0", month: "2026-01", page: 1 },
    { unit: "data:d1", entry_service: "api", entry_id: "data:d1", month: "2026-01", page: 1 },
  ]);
});
