import { afterAll, beforeAll, expect, test } from "vitest";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { acmeBank } from "../../examples/acme-bank.ts";
import { acmeDocument } from "../../examples/acme-document.ts";
import { acmeWith } from "../../fakes/company.ts";
import { servicenow } from "../../fakes/servicenow/vendor.ts";
import type { Served } from "../../fakes/vendor.ts";

const SCALE = 0.05;
let served: Served;
let fromFiles: Warehouse;
let fromServiceNow: Warehouse;

/** Acme's configuration, with ServiceNow in place of the service desk's files. */
function withServiceNow() {
  const { "service-desk": desk, ...sources } = acmeDocument().sources;
  const source = { ...servicenow.source(served.url), complete: desk?.complete ?? [] };
  return acmeWith({ ...sources, servicenow: source }, [servicenow]);
}

beforeAll(async () => {
  served = await servicenow.start({ port: 0, scale: SCALE });
  fromFiles = await acmeBank({ scale: SCALE });
  fromServiceNow = await acmeBank({ scale: SCALE, document: withServiceNow(), env: servicenow.env });
}, 300_000);

afterAll(async () => {
  fromFiles.close();
  fromServiceNow.close();
  await served.close();
});

const both = async (sql: string) => {
  const rows = await fromServiceNow.rows(sql);
  expect(rows).toEqual(await fromFiles.rows(sql));
  return rows;
};

test("incidents are those of the service desk, to the second", async () => {
  const rows = await both(
    `select native_id, service, title, severity, classification, started_at, detected_at, acknowledged_at, mitigated_at, resolved_at, caused_by, cause
     from model.incident order by all`,
  );
  expect(rows.length).toBeGreaterThan(20);
});

test("change requests are those of the service desk, to the minute", async () => {
  const rows = await both(
    `select native_id, title, type, risk, service, status, requested_by, created_at, planned_start, planned_end, rollback_plan, test_plan, review_at,
       closed_at, incidents
     from model.change_request order by all`,
  );
  expect(rows.length).toBeGreaterThan(50);
});

test("decisions are those of the service desk; their times are derived, and it says so", async () => {
  const rows = await both(
    `select split_part(change_request_id, ':', 2) as request, approver, role, decision, decided_at, justification
     from model.change_request_approval order by all`,
  );
  expect(rows.length).toBeGreaterThan(50);
  expect(await fromServiceNow.rows("select distinct is_derived from model.change_request_approval")).toEqual([
    { is_derived: true },
  ]);
});

test("deployments are authorised by the same requests", async () => {
  const rows = await both(
    "select deployment_id, split_part(change_request_id, ':', 2) as request from model.deployment_request order by all",
  );
  expect(rows.length).toBeGreaterThan(50);
});

test("incidents are linked to the same deployments, for the same reasons", async () => {
  const rows = await both(
    "select split_part(incident_id, ':', 2) as incident, wave_id, confidence, is_accepted from correlation.incident_link order by all",
  );
  expect(rows.length).toBeGreaterThan(20);
});

test("every figure is the same", async () => {
  const rows = await both("from metrics.metric order by all");
  expect(rows.length).toBeGreaterThan(1_000);
});
