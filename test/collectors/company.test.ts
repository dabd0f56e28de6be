import { afterAll, beforeAll, expect, test } from "vitest";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEvidence, openSandbox } from "../../reports/evidence/reperform/load.ts";
import { openPack } from "../../reports/evidence/reperform/pack.ts";
import { buildModel } from "../../src/warehouse/model.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { writtenRecords } from "../reports/evidence/support.ts";
import { acmeBank } from "../examples/acme-bank.ts";
import { acmeDocument } from "../examples/acme-document.ts";
import { type Company, companyDocument, environmentOf, startCompany } from "../fakes/company.ts";

/**
 * What the company's systems cannot know as the bank's files do:
 * - `client-sdk` is deployed by tags, which a git source reads; on GitHub a tag is no deployment.
 * - Of `statements` the bank collects no commits; GitHub has them, and so its lead times are better known.
 */
const APART = ["client-sdk", "statements"];

// 1 = the whole bank, which takes some minutes: COMPANY_SCALE=1 npm test -- test/collectors/company
const SCALE = Number(process.env.COMPANY_SCALE ?? 0.05);
let company: Company[] = [];
let fromFiles: Warehouse;
let fromCompany: Warehouse;

interface Acme {
  readonly services: Record<string, { upstream?: string[] }>;
  readonly teams: Record<string, { owns: (string | { service: string })[] }>;
  readonly sources: Record<
    string,
    { complete?: { services?: string[] }[]; repositories?: { repository: string }[] }
  >;
}

const isMeant = (name: string) => !APART.includes(name.replace("acme/", ""));

/** The same configuration, of a bank that has not these services. */
function withoutThem(document: object): object {
  const { services, teams, sources, ...rest } = structuredClone(document) as Acme;
  for (const service of Object.values(services)) service.upstream = service.upstream?.filter(isMeant) ?? [];
  for (const team of Object.values(teams))
    team.owns = team.owns.filter((owned) => isMeant(typeof owned === "string" ? owned : owned.service));
  for (const source of Object.values(sources)) {
    for (const said of source.complete ?? [])
      if (said.services) said.services = said.services.filter(isMeant);
    if (source.repositories)
      source.repositories = source.repositories.filter(({ repository }) => isMeant(repository));
  }
  const kept = Object.fromEntries(Object.entries(services).filter(([name]) => isMeant(name)));
  return { ...rest, services: kept, teams, sources };
}

beforeAll(async () => {
  company = await startCompany(SCALE);
  fromFiles = await acmeBank({ scale: SCALE, document: withoutThem(acmeDocument()) });
  fromCompany = await acmeBank({
    scale: SCALE,
    document: withoutThem(companyDocument(company)),
    env: environmentOf(company),
  });
}, 6_000_000);

afterAll(async () => {
  fromFiles.close();
  fromCompany.close();
  for (const one of company) await one.close();
});

const both = async (sql: string) => {
  const rows = await fromCompany.rows(sql);
  expect(rows).toEqual(await fromFiles.rows(sql));
  return rows;
};

test("every figure is the same", async () => {
  const rows = await both("from metrics.metric order by all");
  expect(rows.length).toBeGreaterThan(10_000);
});

/**
 * Files name a wave and a deployment by the bank's own numbers, GitHub by its own. Of a deployment's branch that is deleted GitHub says nothing, so a
 * rework has one reason less there; it is one all the same.
 */
const wave = "w.service, w.kind, w.sha, w.live_at";

const SAME: Readonly<Record<string, string>> = {
  "what became of deployments": `
    select ${wave}, o.outcome, o.is_failure, len(o.failure_reasons) as failures, o.is_rework, o.carries_fix
    from metrics.wave_outcome as o join model.wave as w on w.wave_id = o.wave_id order by all`,
  "links of incidents": `
    select split_part(l.incident_id, ':', 2) as incident, ${wave}, l.confidence, l.is_accepted
    from correlation.incident_link as l join model.wave as w on w.wave_id = l.wave_id order by all`,
  "requests of deployments": `
    select d.service, d.environment, d.sha, d.started_at, split_part(r.change_request_id, ':', 2) as request
    from model.deployment_request as r join model.deployment as d on d.deployment_id = r.deployment_id
    where d.status <> 'skipped' order by all`,
  incidents: `
    select native_id, service, title, severity, classification, started_at, detected_at, acknowledged_at, mitigated_at, resolved_at, cause
    from model.incident where service is not null and service not in ('client-sdk', 'statements') order by all`,
  "change requests": `
    select native_id, title, type, risk, service, status, requested_by, created_at, planned_start, planned_end, rollback_plan, test_plan, review_at,
      closed_at, incidents
    from model.change_request order by all`,
  approvals: `
    select split_part(change_request_id, ':', 2) as request, approver, role, decision, decided_at, justification
    from model.change_request_approval order by all`,
  // Support has a desk of its own, which no fake stands for.
  tickets: `
    select native_id, kind, title, status, created_at, resolved_at from model.ticket where kind <> 'support' order by all`,
  "where failures are known":
    "select service, covered_from, covered_until from model.incident_span order by all",
};

test.each(Object.entries(SAME))("%s are the same", async (_, sql) => {
  const rows = await both(sql);
  expect(rows.length).toBeGreaterThan(10);
});

test("nothing is told by two systems", async () => {
  const sources = await fromCompany.rows(`
    select 'deployment' as entity, source from model.deployment
    union select 'change', source from model.change
    union select 'ticket', source from model.ticket
    union select 'change_request', source from model.change_request
    union select 'incident', source from model.incident
    union select 'coverage', source from model.incident_coverage
    order by all`);
  expect(sources).toEqual([
    { entity: "change", source: "github" },
    { entity: "change_request", source: "servicenow" },
    { entity: "coverage", source: "pagerduty" },
    { entity: "deployment", source: "github" },
    { entity: "incident", source: "pagerduty" },
    { entity: "ticket", source: "jira" },
  ]);
});

test("the fields that go into packs are all that anything follows from", async () => {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-test-"));
  await writtenRecords(fromCompany, folder);
  const pack = openPack(folder);
  const again = await openSandbox();
  try {
    expect(await loadEvidence(again, pack)).toEqual([]);
    const { document, variables } = pack;
    await buildModel(again, { document, variables, without: ["correlation", "metrics", "controls", "expectations", "reports", "publish"] });
    const tables = await again.rows<{ name: string }>("select table_name as name from duckdb_tables() where schema_name = 'model' order by name");
    expect(tables.length).toBeGreaterThan(80);
    for (const { name } of tables) {
      const said = `select count(*) as rows, sum(hash(t::varchar))::varchar as said from model."${name}" as t`;
      expect([name, await again.rows(said)]).toEqual([name, await fromCompany.rows(said)]);
    }
  } finally {
    again.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
