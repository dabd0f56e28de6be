import { afterAll, beforeAll, expect, test } from "vitest";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { acmeBank } from "../../examples/acme-bank.ts";
import { acmeDocument } from "../../examples/acme-document.ts";
import { acmeWith } from "../../fakes/company.ts";
import { pagerduty } from "../../fakes/pagerduty/vendor.ts";
import type { Served } from "../../fakes/vendor.ts";

const SCALE = 0.05;
let served: Served;
let fromFiles: Warehouse;
let fromPagerDuty: Warehouse;

const isOfIncidents = ({ entity }: { readonly entity: string }) => entity === "incident";

/** Acme's configuration, with PagerDuty in place of the service desk's list of incidents. */
function withPagerDuty() {
  const { "service-desk": desk, ...sources } = acmeDocument().sources;
  const { files = [], complete = [] } = desk ?? {};
  const rest = {
    files: files.filter((one) => !isOfIncidents(one)),
    complete: complete.filter((one) => !isOfIncidents(one)),
  };
  const source = { ...pagerduty.source(served.url), complete: complete.filter(isOfIncidents) };
  return acmeWith({ ...sources, "service-desk": { ...desk, ...rest }, pagerduty: source }, [pagerduty]);
}

beforeAll(async () => {
  served = await pagerduty.start({ port: 0, scale: SCALE });
  fromFiles = await acmeBank({ scale: SCALE });
  fromPagerDuty = await acmeBank({ scale: SCALE, document: withPagerDuty(), env: pagerduty.env });
}, 300_000);

afterAll(async () => {
  fromFiles.close();
  fromPagerDuty.close();
  await served.close();
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
