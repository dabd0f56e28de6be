import { junit } from "../../src/cli/check/junit.ts";
import type { CheckedControl, Finding } from "../../src/warehouse/check.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { csvHeader, FORMULA } from "../csv.ts";
import type { PackFile } from "../pack-folder.ts";
import { assessmentResults } from "./oscal.ts";
import { Bytes, rowsOf } from "./rows.ts";
import type { PackScope } from "./scope.ts";
import { sqlOf } from "./sql.ts";

export const RESULT_COLUMNS = [
  ...[
    "control",
    "unit_kind",
    "unit",
    "service",
    "teams",
    "environment",
    "occurred_at",
    "status",
    "is_not_due",
    "severity",
    "reason",
  ],
  ...["evidence", "findings", "exemptions"],
] as const;

/** Of what results a pack has all: so that they can be computed anew. */
export const SCOPE_FILE = "controls/scope.json";
export const RESULTS_FILE = "controls/results.csv";

/** Asked for once: results are put together from the tables of all controls whenever they are read. */
export const makeResults = (warehouse: Warehouse, scope: PackScope): Promise<object[]> =>
  warehouse.rows(`create or replace temp table pack_result as ${sqlOf("pack_result")}`, [
    JSON.stringify(scope),
  ]);

/** Results of controls that belong into a pack, as lines of CSV, a chunk at a time; `makeResults` has made them. */
export async function* resultLines(warehouse: Warehouse): AsyncGenerator<readonly string[]> {
  for await (const chunk of rowsOf<{ line: string }>(warehouse, sqlOf("pack_result_csv"), [FORMULA.source]))
    yield chunk.map(({ line }) => line);
}

/** What controls found (`makeResults` has made it), as a table and in the forms that other tools read. */
export async function resultFiles(warehouse: Warehouse, scope: PackScope): Promise<PackFile[]> {
  const bytes = new Bytes();
  bytes.add(csvHeader(RESULT_COLUMNS));
  for await (const lines of resultLines(warehouse)) bytes.add(lines.map((line) => `${line}\n`).join(""));
  const controls = await controlsOf(warehouse);
  const [made] = await warehouse.rows<{ organisation: string; as_of: string; product_version: string }>(
    "select organisation, as_of, product_version from reports.provenance",
  );
  const about = made ?? { organisation: "", as_of: "1970-01-01T00:00:00Z", product_version: "" };
  return [
    { path: SCOPE_FILE, content: encoded(`${JSON.stringify({ as_of: about.as_of, scope }, null, 1)}\n`) },
    { path: RESULTS_FILE, content: bytes.whole() },
    { path: "controls/junit.xml", content: encoded(junit(controls.map(listedInJunit), about.as_of)) },
    {
      path: "oscal/assessment-results.json",
      content: encoded(`${JSON.stringify(assessmentResults(controls, scope, about), null, 1)}\n`),
    },
  ];
}

const encoded = (text: string) => new TextEncoder().encode(text);

/** Readers of JUnit take no more of one suite; the counts are of all. */
const MOST_CASES = 2_000;

const listedInJunit = (control: CheckedControl): CheckedControl => ({
  ...control,
  findings: control.findings.slice(0, MOST_CASES),
});

async function controlsOf(warehouse: Warehouse): Promise<CheckedControl[]> {
  const rows = await warehouse.rows<Omit<CheckedControl, "findings"> & { findings: string }>(
    sqlOf("pack_control"),
  );
  return rows.map((row) => ({ ...row, findings: JSON.parse(row.findings) as Finding[] }));
}
