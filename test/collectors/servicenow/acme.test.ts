import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { ACME_AS_OF, generateAcme } from "../../../examples/acme/generate.ts";
import { collect } from "../../../src/collect/run.ts";
import { configDocument } from "../../../src/config/document.ts";
import { loadConfig } from "../../../src/config/load.ts";
import { packageRoot } from "../../../src/package-root.ts";
import { buildModel } from "../../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../../src/warehouse/open.ts";
import { queryParameters } from "../../../src/warehouse/parameters.ts";
import { recordedEffects } from "../../cli/effects.ts";
import { ACME_OPTIONS, acmeWorld, itemNameOf } from "../../fakes/servicenow/acme.ts";
import { DEMO_TOKEN, type FakeServiceNow, startFakeServiceNow } from "../../fakes/servicenow/index.ts";

const SCALE = 0.05;
let folder: string;
let servicenow: FakeServiceNow;
let fromFiles: Warehouse;
let fromServiceNow: Warehouse;

interface Acme {
  services: Record<string, { servicenow?: string }>;
  sources: Record<string, { files?: { entity: string }[]; complete?: { entity: string }[] }>;
}

/** Acme's configuration, with ServiceNow in place of the service desk's files. */
function withServiceNow(text: string): string {
  const acme = parse(text, { maxAliasCount: -1 }) as Acme;
  const desk = acme.sources["service-desk"]!;
  const complete = desk.complete ?? [];
  delete acme.sources["service-desk"];
  const source = {
    collector: "servicenow",
    url: servicenow.url,
    token: "${SERVICENOW_TOKEN}",
    ...ACME_OPTIONS,
    complete,
  };
  for (const [name, service] of Object.entries(acme.services)) service.servicenow = itemNameOf(name);
  return stringify({ ...acme, sources: { ...acme.sources, servicenow: source } });
}

async function collected(): Promise<Warehouse> {
  const effects = { ...recordedEffects(folder), env: { SERVICENOW_TOKEN: DEMO_TOKEN } };
  const loaded = await loadConfig(undefined, effects);
  const warehouse = await openWarehouse(":memory:", { mode: "write", threads: 2 });
  const report = await collect(warehouse, loaded, effects, { version: "test" });
  expect(report.streams.filter(({ status }) => status !== "completed")).toEqual([]);
  const { config } = loaded;
  const variables = queryParameters(config, ACME_AS_OF);
  await buildModel(warehouse, {
    document: configDocument(config),
    variables,
    without: ["reports", "publish"],
  });
  return warehouse;
}

beforeAll(async () => {
  servicenow = await startFakeServiceNow({ world: acmeWorld({ scale: SCALE }) });
  folder = mkdtempSync(join(tmpdir(), "quarterdeck-acme-"));
  const file = join(folder, "quarterdeck.yaml");
  cpSync(join(packageRoot, "examples/acme/quarterdeck.yaml"), file);
  await generateAcme(join(folder, "data"), { scale: SCALE });
  fromFiles = await collected();
  writeFileSync(file, withServiceNow(readFileSync(file, "utf8")));
  fromServiceNow = await collected();
}, 300_000);

afterAll(async () => {
  fromFiles.close();
  fromServiceNow.close();
  await servicenow.close();
  rmSync(folder, { recursive: true, force: true });
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
