import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { lineToAdd } from "../../../src/config/line-to-add.ts";
import type { Row as RowOf } from "../../../src/warehouse/rows.ts";
import {
  closeChange,
  decide,
  dependsOn,
  open,
  reference,
  reopen,
  requestChange,
  resolve,
  service,
  user,
} from "../../fakes/servicenow/world/happen.ts";
import { World } from "../../fakes/servicenow/world/world.ts";
import type { AtEnd } from "../../soak/scenario.ts";
import type { Bench } from "../bench.ts";
import { bench, serve } from "./support.ts";

const AS_OF = "2026-01-10T00:00:00Z";
const SERVICES = `services:
  payments: { servicenow: [Payments API, Payments batch] }
  ledger: { upstream: [search] }
  search: {}
`;

/** From 5 January 2026, 08:00, on; so many minutes later each. */
function world(): World {
  const made = new World("2026-01-05T08:00:00Z");
  const [api, batch, ledger, other] = ["Payments API", "Payments batch", "LEDGER", "Prod Search cluster"].map(
    (name) => service(made, name, { u_version: "1.2", ...user("owned_by", "olga") }),
  ) as [never, never, never, never];
  service(made, "search");
  dependsOn(made, ledger, api);
  dependsOn(made, batch, api);
  const minutes = (count: number) => made.pass(count * 60);

  const one = requestChange(minutes(60), api, {
    number: "CHG1",
    risk: ["2", "Hoch"],
    start_date: "2026-01-05 10:00:00",
    end_date: "2026-01-05 11:00:00",
    backout_plan: "Go back",
    review_date: "2026-01-07",
    review_status: ["2", "Successful"],
    cab_recommendation: "Go",
    description: "Replace it",
    justification: "It is old",
    risk_impact_analysis: "Payments wait",
    u_items: ["ci-7", "Switch, blue"],
    ...user("assigned_to", "olga"),
    std_change_producer_version: ["v-1", "Replace a switch - 2"],
    approval: ["approved", "Approved"],
    business_service: ["no-such-item", "Retail"],
  }); // 09:00
  decide(minutes(5), one, "grace", "approved", { "group.assignment_group.name": "CAB", comments: "Fine" }); // 09:05
  decide(minutes(5), one, "edsger", "requested");
  decide(made, one, "alan", "rejected");
  const two = requestChange(minutes(5), other, {
    number: "CHG2",
    type: ["emergency", "Emergency"],
    u_items: ["ci-1,ci-2", "Disk, Rack 4"],
    risk: ["4", "Low"],
  });
  closeChange(minutes(45), two); // 10:00

  const three = open(minutes(60), batch, {
    number: "INC1",
    caused_by: reference(one, "CHG1"),
    rfc: reference(two, "CHG2"),
    description: "Since 2.3.1.\nRolled back to 2.3.0",
  }); // 11:00
  resolve(minutes(30), three, { problem_id: ["p1", "PRB1"] }); // 11:30
  const four = open(minutes(30), ledger, { number: "INC2" }); // 12:00
  resolve(minutes(5), four);
  reopen(minutes(5), four);
  open(minutes(20), other, { number: "INC3" }); // 12:30
  open(made, ledger, { number: "INC4", state: ["8", "Canceled"], description: "Since 9.9" });
  open(made, undefined, { number: "INC5" });
  return made.advanceTo("2026-01-09T00:00:00Z");
}

let collected: Bench;
const undos: (() => unknown)[] = [];
const atEnd: AtEnd = (undo) => void undos.push(undo);

beforeAll(async () => {
  const snow = await serve({ world: world() }, atEnd);
  const options = {
    change_request: { fields: { affected_items: ["u_items", "cmdb_ci"] } },
    configuration_item: { fields: { version: "u_version" } },
  };
  collected = await bench(snow, options, SERVICES, atEnd);
  await collected.collect();
  await collected.model(AS_OF, ["publish"]);
});

afterAll(async () => {
  for (const undo of undos) await undo();
});

test("what a change request says of itself, in ServiceNow's own fields", async () => {
  const rows = await collected.warehouse.rows(
    "select native_id as id, description, reason, impact, affected_items, owner, template from model.change_request order by id",
  );
  expect(rows).toEqual([
    {
      ...{ id: "CHG1", description: "Replace it", reason: "It is old", impact: "Payments wait" },
      ...{ affected_items: ["Switch, blue"], owner: "olga", template: "Replace a switch - 2" },
    },
    {
      ...{ id: "CHG2", description: null, reason: null, impact: null },
      ...{ affected_items: ["Disk", "Rack 4"], owner: null, template: null },
    },
  ]);
  expect(
    await collected.warehouse.rows("select first_at, records from model.identity where login = 'olga'"),
  ).toEqual([{ first_at: null, records: 1 }]);
});

test("change requests, as worked out by hand", async () => {
  const rows = await collected.warehouse.rows(
    `select native_id as id, type, risk, service, status, requested_by, strftime(created_at, '%H:%M') as created, strftime(planned_start, '%H:%M') as starts,
       strftime(planned_end, '%H:%M') as ends, rollback_plan, strftime(review_at, '%d') as reviewed, strftime(closed_at, '%H:%M') as closed, incidents
     from model.change_request order by id`,
  );
  expect(rows).toEqual([
    {
      ...{
        id: "CHG1",
        type: "normal",
        risk: "high",
        service: "payments",
        status: "Implement",
        requested_by: "ada",
      },
      ...{
        created: "09:00",
        starts: "10:00",
        ends: "11:00",
        rollback_plan: "Go back",
        reviewed: "07",
        closed: null,
        incidents: [],
      },
    },
    {
      ...{ id: "CHG2", type: "emergency", risk: "low", service: null, status: "Closed", requested_by: "ada" },
      ...{
        created: "09:15",
        starts: null,
        ends: null,
        rollback_plan: null,
        reviewed: null,
        closed: "10:00",
        incidents: ["INC1"],
      },
    },
  ]);
  expect(
    await collected.warehouse.rows(
      "select id, approval, close_code, review_status, board_decision from staging.servicenow_change_request order by id",
    ),
  ).toEqual([
    { id: "CHG1", approval: "Approved", close_code: null, review_status: "Successful", board_decision: "Go" },
    { id: "CHG2", approval: null, close_code: "Successful", review_status: null, board_decision: null },
  ]);
});

test("decisions: who, in which role, and when, which is derived; what is only asked for is none", async () => {
  const rows = await collected.warehouse.rows(
    `select change_request_id, approver, role, decision, strftime(decided_at, '%H:%M') as decided, is_derived, justification
     from model.change_request_approval order by approver`,
  );
  expect(rows).toEqual([
    {
      ...{
        change_request_id: "desk:CHG1",
        approver: "alan",
        role: null,
        decision: "rejected",
        decided: "09:10",
      },
      ...{ is_derived: true, justification: null },
    },
    {
      ...{
        change_request_id: "desk:CHG1",
        approver: "grace",
        role: "CAB",
        decision: "approved",
        decided: "09:05",
      },
      ...{ is_derived: true, justification: "Fine" },
    },
  ]);
});

test("incidents: one that was opened again is not resolved, one that was cancelled is none", async () => {
  const rows = await collected.warehouse.rows(
    `select native_id as id, service, severity, classification, strftime(started_at, '%H:%M') as started, strftime(resolved_at, '%H:%M') as resolved,
       caused_by, cause
     from model.incident order by id`,
  );
  const usual = {
    severity: "2 - High",
    classification: "Software",
    resolved: null,
    caused_by: [],
    cause: null,
  };
  expect(rows).toEqual([
    {
      ...usual,
      id: "INC1",
      service: "payments",
      started: "11:00",
      resolved: "11:30",
      caused_by: ["CHG1"],
      cause: "Mended",
    },
    { ...usual, id: "INC2", service: "ledger", started: "12:00", cause: "Mended" },
    { ...usual, id: "INC3", service: null, started: "12:30" },
    { ...usual, id: "INC5", service: null, started: "12:30" },
  ]);
  expect(
    await collected.warehouse.rows(
      "select id, problem, change_request from staging.servicenow_incident where problem is not null",
    ),
  ).toEqual([{ id: "INC1", problem: "PRB1", change_request: "CHG2" }]);
});

test("where incidents are not to be read, none count, also those of earlier runs, and nothing is covered", async () => {
  const snow = await serve({ world: world() });
  const one = await bench(snow, {}, SERVICES);
  await one.collect();
  const { config, ...rest } = one.loaded;
  const sources = structuredClone(config.sources) as Record<string, { incident: { read: boolean } }>;
  sources["desk"]!.incident.read = false;
  const loaded = { ...rest, config: { ...config, sources: sources as never } };
  const without = one.configuredAs({ loaded, effects: one.effects });
  const before = snow.requests.length;
  await without.collect();
  await without.model(AS_OF);
  expect(snow.requests.slice(before).filter(({ url }) => url.includes("/incident"))).toEqual([]);
  const tables = ["incident", "incident_coverage", "change_request"];
  const counts = await Promise.all(
    tables.map((table) => one.warehouse.rows(`select count(*) > 0 as is_there from model.${table}`)),
  );
  expect(counts.flat()).toEqual([{ is_there: false }, { is_there: false }, { is_there: true }]);
});

test("configuration items, and which service depends on which", async () => {
  expect(
    await collected.warehouse.rows(
      "select name, service, version, owner from model.configuration_item order by name limit 2",
    ),
  ).toEqual([
    { name: "LEDGER", service: "ledger", version: "1.2", owner: "olga" },
    { name: "Payments API", service: "payments", version: "1.2", owner: "olga" },
  ]);
  expect(
    await collected.warehouse.rows("select service, upstream from model.service order by service"),
  ).toEqual([
    { service: "ledger", upstream: ["search", "payments"] },
    { service: "payments", upstream: [] },
    { service: "search", upstream: [] },
  ]);
});

test("an item covers its service where it is named or has an incident, and not for its name alone", async () => {
  expect(
    await collected.warehouse.rows(
      "select service, count(*) as spans from model.incident_coverage group by service order by service",
    ),
  ).toEqual([
    { service: "ledger", spans: 1 },
    { service: "payments", spans: 2 },
  ]);
});

test("an item that stands for no service is listed with the line to add", async () => {
  type Gap = RowOf<
    "reports.mapping_gap",
    "subject" | "rows" | "kind" | "add_to" | "add_path" | "add_value" | "is_guess"
  >;
  const gaps = await collected.warehouse.rows<Gap>(
    "from reports.mapping_gap where contains(kind, 'ServiceNow') or kind = 'Incident without a service'",
  );
  expect(gaps.map(({ subject, rows, kind }) => ({ subject, rows, kind }))).toEqual([
    { subject: "desk", rows: 1, kind: "Incident without a service" },
    { subject: "Prod Search cluster (desk)", rows: 2, kind: "Item of ServiceNow that stands for no service" },
  ]);
  const gap = gaps[1]!;
  expect(parse(lineToAdd({ ...gap, is_guess: gap.is_guess === true }) ?? "")).toEqual({
    services: { search: { servicenow: "Prod Search cluster" } },
  });
});

test("the description of an incident is searched for what it names, that of a cancelled one is not", async () => {
  const rows = await collected.warehouse.rows(
    "select incident_id, text from model.incident_text where place = 'description'",
  );
  expect(rows).toEqual([{ incident_id: "desk:INC1", text: "Since 2.3.1.\nRolled back to 2.3.0" }]);
});
