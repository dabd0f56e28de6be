import { afterAll, beforeAll, expect, test } from "vitest";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { acmeBank } from "../../examples/acme-bank.ts";
import { acmeDocument } from "../../examples/acme-document.ts";
import { acmeWith } from "../../fakes/company.ts";
import { jira } from "../../fakes/jira/vendor.ts";
import type { Served } from "../../fakes/vendor.ts";
import { FIELDS } from "./support.ts";

const SCALE = 0.05;
let served: Served;
let fromFiles: Warehouse;
let fromJira: Warehouse;

/** Acme's configuration, with its tickets, change requests and incidents from Jira and the rest from its files. */
function withJira() {
  const { "service-desk": desk, code, ...sources } = acmeDocument().sources;
  const files = code?.files?.filter(({ entity }) => entity !== "ticket") ?? [];
  const source = { ...jira.source(served.url), fields: FIELDS, complete: desk?.complete ?? [] };
  return acmeWith({ ...sources, code: { ...code, files }, "service-desk": source }, [jira]);
}

beforeAll(async () => {
  served = await jira.start({ port: 0, scale: SCALE });
  fromFiles = await acmeBank({ scale: SCALE });
  fromJira = await acmeBank({ scale: SCALE, document: withJira(), env: jira.env });
}, 180_000);

afterAll(async () => {
  fromFiles.close();
  fromJira.close();
  await served.close();
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
