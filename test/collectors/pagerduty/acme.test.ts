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
import { ACME_NOTES, acmeWorld, pagerdutyNameOf } from "../../fakes/pagerduty/acme.ts";
import { DEMO_TOKEN, type FakePagerDuty, startFakePagerDuty } from "../../fakes/pagerduty/index.ts";

const SCALE = 0.05;
let folder: string;
let pagerduty: FakePagerDuty;
let fromFiles: Warehouse;
let fromPagerDuty: Warehouse;

interface Acme {
  services: Record<string, { pagerduty?: string }>;
  sources: Record<string, { files?: { entity: string }[]; complete?: { entity: string }[] }>;
}

/** Acme's configuration, with PagerDuty in place of the service desk's list of incidents. */
function withPagerDuty(text: string): string {
  const acme = parse(text, { maxAliasCount: -1 }) as Acme;
  const desk = acme.sources["service-desk"]!;
  const complete = desk.complete?.filter(({ entity }) => entity === "incident") ?? [];
  desk.files = desk.files?.filter(({ entity }) => entity !== "incident") ?? [];
  desk.complete = desk.complete?.filter(({ entity }) => entity !== "incident") ?? [];
  const source = {
    collector: "pagerduty",
    url: pagerduty.url,
    token: "${PAGERDUTY_TOKEN}",
    notes: ACME_NOTES,
    complete,
  };
  for (const [name, service] of Object.entries(acme.services)) service.pagerduty = pagerdutyNameOf(name);
  return stringify({ ...acme, sources: { ...acme.sources, pagerduty: source } });
}

async function collected(): Promise<Warehouse> {
  const effects = { ...recordedEffects(folder), env: { PAGERDUTY_TOKEN: DEMO_TOKEN.token } };
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
  pagerduty = await startFakePagerDuty({ world: acmeWorld({ scale: SCALE }) });
  folder = mkdtempSync(join(tmpdir(), "quarterdeck-acme-"));
  const file = join(folder, "quarterdeck.yaml");
  cpSync(join(packageRoot, "examples/acme/quarterdeck.yaml"), file);
  await generateAcme(join(folder, "data"), { scale: SCALE });
  fromFiles = await collected();
  writeFileSync(file, withPagerDuty(readFileSync(file, "utf8")));
  fromPagerDuty = await collected();
}, 300_000);

afterAll(async () => {
  fromFiles.close();
  fromPagerDuty.close();
  await pagerduty.close();
  rmSync(folder, { recursive: true, force: true });
});

const both = async (sql: string) => {
  const rows = await fromPagerDuty.rows(sql);
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

test("they are linked to the same deployments, for the same reasons", async () => {
  const rows = await both(
    "select split_part(incident_id, ':', 2) as incident, wave_id, confidence, is_accepted from correlation.incident_link order by all",
  );
  expect(rows.length).toBeGreaterThan(20);
});

test("every figure is the same", async () => {
  const rows = await both("from metrics.metric order by all");
  expect(rows.length).toBeGreaterThan(1_000);
});

test("what PagerDuty was told of deployments is evidence", async () => {
  const rows = await fromPagerDuty.rows(
    "select distinct kind, service is not null as is_mapped from model.evidence where evidence_id like 'pagerduty:%'",
  );
  expect(rows).toEqual([{ kind: "change_event", is_mapped: true }]);
});
