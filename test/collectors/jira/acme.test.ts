import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { ACME_AS_OF, generateAcme } from "../../../examples/acme/generate.ts";
import { collect } from "../../../src/collect/run.ts";
import { configDocument } from "../../../src/config/document.ts";
import { loadConfig } from "../../../src/config/load.ts";
import { packageRoot } from "../../../src/package-root.ts";
import { buildModel } from "../../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../../src/warehouse/open.ts";
import { queryParameters } from "../../../src/warehouse/parameters.ts";
import { recordedEffects } from "../../cli/effects.ts";
import { acmeWorld } from "../../fakes/jira/acme.ts";
import { DEMO_EMAIL, DEMO_TOKEN, type FakeJira, startFakeJira } from "../../fakes/jira/index.ts";
import { FIELDS } from "./support.ts";

const SCALE = 0.05;
let folder: string;
let jira: FakeJira;
let fromFiles: Warehouse;
let fromJira: Warehouse;

/** The bank's own sources, or its tickets, change requests and incidents from Jira and the rest from its files. */
function configure(source: object | undefined): void {
  const path = join(folder, "quarterdeck.yaml");
  cpSync(join(packageRoot, "examples/acme/quarterdeck.yaml"), path);
  if (!source) return;
  const text = readFileSync(path, "utf8");
  const tickets = /^ {6}- path: data\/tickets\.csv\n(?: {8}.*\n)+/m;
  const desk = /^ {2}# The service desk:.*\n {2}service-desk:\n(?:(?: {4}.*)?\n)*/m;
  expect(text).toMatch(tickets);
  expect(text).toMatch(desk);
  writeFileSync(path, text.replace(tickets, "").replace(desk, `  service-desk: ${JSON.stringify(source)}\n`));
}

async function collected(): Promise<Warehouse> {
  const effects = { ...recordedEffects(folder), env: { JIRA_TOKEN: DEMO_TOKEN } };
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

interface Acme {
  readonly sources: { readonly "service-desk": { readonly complete: object } };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "quarterdeck-acme-"));
  jira = await startFakeJira({ world: acmeWorld({ scale: SCALE }) });
  await generateAcme(join(folder, "data"), { scale: SCALE });
  configure(undefined);
  fromFiles = await collected();
  const { sources } = parse(readFileSync(join(packageRoot, "examples/acme/quarterdeck.yaml"), "utf8")) as Acme;
  const { complete } = sources["service-desk"];
  configure({
    collector: "jira",
    url: jira.url,
    email: DEMO_EMAIL,
    token: "${JIRA_TOKEN}",
    fields: FIELDS,
    complete,
  });
  fromJira = await collected();
}, 180_000);

afterAll(async () => {
  fromFiles.close();
  fromJira.close();
  await jira.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The bank's exports lose seconds; people are logins there, and addresses in Jira. */
const minute = (column: string) => `date_trunc('minute', ${column}) as ${column}`;
const person = (column: string) =>
  `(select min(p.person_id) from model.person as p where list_contains(p.logins, ${column})) as ${column}`;

const SAME: Readonly<Record<string, string>> = {
  tickets: `select native_id, kind, title, status, service, created_at, resolved_at, ${person("assignee")} from model.ticket order by all`,
  incidents: `select native_id, service, title, severity, classification, started_at, detected_at, acknowledged_at, mitigated_at, resolved_at,
    list_sort(caused_by) as caused_by, cause from model.incident order by all`,
  "change requests": `select native_id, title, type, risk, service, status, ${person("requested_by")}, ${minute("created_at")}, ${minute("planned_start")},
    ${minute("planned_end")}, rollback_plan, test_plan, ${minute("review_at")}, ${minute("closed_at")}, list_sort(incidents) as incidents
    from model.change_request order by all`,
  approvals: `select change_request_id, ${person("approver")}, role, decision, decided_at from model.change_request_approval order by all`,
  "requests of deployments":
    "select deployment_id, change_request_id from model.deployment_request order by all",
  "outcomes of waves": "select * from metrics.wave_outcome order by all",
  "causes of incidents":
    "select incident_id, wave_id, is_accepted from correlation.incident_link order by all",
};

test.each(Object.entries(SAME))("%s are those of the bank's own files", async (_, sql) => {
  const rows = await fromJira.rows(sql);
  expect(rows.length).toBeGreaterThan(20);
  expect(rows).toEqual(await fromFiles.rows(sql));
});
