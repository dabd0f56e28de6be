import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reperform } from "../../reports/evidence/reperform/reperform.ts";
import type { PackScope } from "../../reports/evidence/scope.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { acmeBank } from "../examples/acme-bank.ts";
import { rehash, rewrite, textOf, writtenEvidence } from "../reports/evidence/support.ts";

const year: PackScope = { kind: "period", from: "2025-07-01", until: "2026-07-01" };
const folder = mkdtempSync(join(tmpdir(), "quarterdeck-evidence-"));
let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await acmeBank({ scale: 1, without: ["publish"] });
}, 300_000);

afterAll(() => {
  warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

test("the evidence of a year is small, and its results come out as they are; of a record that is altered control and unit are named", async () => {
  const files = await writtenEvidence(warehouse, folder, year);
  expect(files.reduce((sum, { content }) => sum + content.byteLength, 0)).toBeLessThan(80_000_000);
  expect(textOf(files, "evidence/redactions.csv")).toBe("source,stream,key,field,rule,records\n");
  const untouched = await reperform(folder);
  expect(untouched).toMatchObject({
    differences: [],
    problems: [],
    otherSql: [],
    notes: [],
    refusal: undefined,
  });
  expect(untouched.compared).toBeGreaterThan(50_000);

  const [approved] = await warehouse.rows<{ unit: string; id: string }>(
    `select r.unit, d.native_id as id from controls.result as r join model.deployment as d on d.deployment_id = r.unit
     where r.control = 'AUT-01' and r.status = 'pass' and r.occurred_at >= timestamptz '2026-01-01' and len(d.change_requests) > 0 order by r.unit limit 1`,
  );
  const { unit = "", id = "" } = approved ?? {};
  rewrite(join(folder, "evidence/pipeline/deployment.jsonl"), (line) =>
    line.includes(`"id":${JSON.stringify(id)}`)
      ? line.replace(/"change_requests":\[[^\]]*\]/, '"change_requests":[]')
      : line,
  );
  rehash(folder, "pipeline", "deployment");
  const { problems, differences } = await reperform(folder);
  expect(problems).toEqual([]);
  const found = differences
    .filter(({ column }) => column === "status")
    .map((one) => [one.control, one.unit, one.pack]);
  expect(found).toContainEqual(["AUT-01", unit, "pass"]);
}, 300_000);
