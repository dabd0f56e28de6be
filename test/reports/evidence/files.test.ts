import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv, type AnySchema, type ValidateFunction } from "ajv";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { evidenceFiles } from "../../../reports/evidence/files.ts";
import { folderOf } from "../../../reports/evidence/records.ts";
import type { PackFile } from "../../../reports/pack-folder.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { hash, history, march, textOf, twoDeployments } from "./support.ts";

const TOKEN = ["ghp", "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"].join("_");
let warehouse: Warehouse;
let files: readonly PackFile[];

beforeAll(async () => {
  const approvals = `
    id | deployment | approver | decision | decided_at           | justification
    a1 | d1         | bo       | approved | 2026-03-02T09:30:00Z | =cmd() with ${TOKEN}
    a2 | d2         | jane     | approved | 2026-03-04T09:30:00Z | <script>alert(1)</script> \u202e\u0000 end`;
  const before = approvals.replace("jane", "ann");
  warehouse = await history({ data: { ...twoDeployments.data, deployment_approval: [before, approvals] } });
  files = await evidenceFiles(warehouse, march);
});

afterAll(() => warehouse.close());

const linesOf = (path: string) => textOf(files, path).trimEnd().split("\n");

test("each record is there once, with its key, its hash and what it said", () => {
  const [first] = linesOf("evidence/data/deployment.jsonl").map(
    (line) => JSON.parse(line) as Record<string, unknown>,
  );
  expect(first).toMatchObject({ key: '["d0",null]', payload: { id: "d0", service: "api" } });
  const line = linesOf("evidence/data/deployment.jsonl")[0] ?? "";
  const payload = line.slice(line.indexOf(',"payload":') + 11, -1);
  expect(first?.["sha256"]).toBe(hash(["data", "deployment", '["d0",null]', payload].join("\u001f")));
});

test("a version that was replaced is apart: another collection would not have seen it", () => {
  const path = "evidence/earlier.jsonl";
  expect(linesOf(path).map((line) => JSON.parse(line) as unknown)).toMatchObject([
    {
      source: "data",
      stream: "deployment_approval",
      key: '["a2"]',
      version: 1,
      payload: { approver: "ann" },
    },
  ]);
  expect(files.find((file) => file.path === path)?.isOutsideManifest).toBe(true);
});

test("what looks like a secret is struck out and listed without it", () => {
  const [struck] = linesOf("evidence/data/deployment_approval.jsonl").map(
    (line) => JSON.parse(line) as Record<string, unknown>,
  );
  expect(struck).toMatchObject({
    reduced: true,
    payload: { justification: "=cmd() with [redacted: GITHUB_TOKEN]" },
  });
  expect(textOf(files, "evidence/redactions.csv")).toBe(
    'source,stream,key,field,rule,records\ndata,deployment_approval,"[""a1""]",payload.justification,looks like a secret: GITHUB_TOKEN,1\n',
  );
  for (const { content } of files) expect(new TextDecoder().decode(content)).not.toContain(TOKEN);
});

test("hostile text is data in all files", () => {
  const [, hostile] = linesOf("evidence/data/deployment_approval.jsonl");
  expect(JSON.parse(hostile ?? "")).toMatchObject({
    payload: { justification: "<script>alert(1)</script> \u202e\u0000 end" },
  });
});

test("the loop of the shell that VERIFY.md prints finds the chain whole, and where it is not", () => {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-test-"));
  const loop =
    /```sh\n([^`]*evidence-log\.jsonl[^`]*)```/.exec(
      readFileSync(join(import.meta.dirname, "../../../docs/evidence.md"), "utf8"),
    )?.[1] ?? "";
  const run = () => execFileSync("sh", ["-c", loop], { cwd: folder, encoding: "utf8" });
  try {
    const log = textOf(files, "evidence-log.jsonl");
    writeFileSync(join(folder, "evidence-log.jsonl"), log);
    const head = (JSON.parse(log.trimEnd().split("\n").at(-1) ?? "") as { chain_sha256: string })
      .chain_sha256;
    expect(run()).toBe(`head ${head}\n`);
    const lines = log.trimEnd().split("\n");
    writeFileSync(
      join(folder, "evidence-log.jsonl"),
      [lines[0], ...lines.slice(2)].map((line) => `${line}\n`).join(""),
    );
    expect(run()).toMatch(/^line 2 is not chained\n/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("the table of results has every unit of the scope", async () => {
  const rows = parse<{ control: string; unit: string; status: string }>(
    textOf(files, "controls/results.csv"),
    { columns: true },
  );
  expect(rows.map(({ control, unit, status }) => [control, unit, status])).toEqual([
    ["POP-03", "data", expect.any(String)],
    ["POP-07", "data", "pass"],
    ["SOD-01", "data:d1", "pass"],
    ["SOD-01", "data:d2", "fail"],
  ]);
  const release = await evidenceFiles(warehouse, { kind: "release", service: "api", version: "1.1" });
  expect(
    parse<{ unit: string }>(textOf(release, "controls/results.csv"), { columns: true }).map(
      ({ unit }) => unit,
    ),
  ).toEqual(["data:d2"]);
});

test("a release carries the records that its results follow from: deployments of its service, and of changes those since the one before", async () => {
  const release = await evidenceFiles(warehouse, { kind: "release", service: "api", version: "1.1" });
  const names = release
    .filter(({ path }) => /^evidence\/.*\.jsonl$/.test(path))
    .map(({ path, content }): [string, number] => [path, new TextDecoder().decode(content).trimEnd().split("\n").length])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  expect(names).toEqual([
    // When each kind was last read; the runs.
    ["evidence/collection.jsonl", 10],
    ["evidence/data/change.jsonl", 1],
    // No main line is known here, so that nothing tells which of them are older.
    ["evidence/data/commit.jsonl", 3],
    ["evidence/data/deployment.jsonl", 3],
    ["evidence/data/deployment_approval.jsonl", 2],
    ["evidence/data/ref.jsonl", 1],
    ["evidence/earlier.jsonl", 1],
  ]);
});

interface Oscal {
  "assessment-results": {
    results: {
      findings: { target: { status: { state: string } }; "related-observations"?: object[] }[];
      observations: { title: string }[];
    }[];
  };
}

test("OSCAL is valid, and has a finding for each control and an observation for each unit that fails", async () => {
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, "schemas/oscal-assessment-results-1.2.1.json"), "utf8"),
  ) as AnySchema;
  const ajv = new Ajv({ strict: false, unicodeRegExp: true, allErrors: true, formats: fullFormats });
  const validate = ajv.compile<Oscal>(schema) as ValidateFunction;
  const text = textOf(files, "oscal/assessment-results.json");
  const document = JSON.parse(text) as Oscal;
  void validate(document);
  expect(validate.errors ?? []).toEqual([]);
  const [result] = document["assessment-results"].results;
  expect(result?.observations.map(({ title }) => title)).toEqual([
    "SOD-01 Approver is not the author: data:d2",
  ]);
  expect(result?.findings.map(({ target }) => target.status.state)).toEqual([
    expect.any(String),
    "satisfied",
    "not-satisfied",
  ]);
  expect(textOf(await evidenceFiles(warehouse, march), "oscal/assessment-results.json")).toBe(text);
});

test.each([
  ["data", "evidence/data"],
  ["../../etc", /^evidence\/etc-[0-9a-f]{8}$/],
  ["a/b\\c\u0000", /^evidence\/a-b-c-[0-9a-f]{8}$/],
  ["redactions.csv", /^evidence\/redactions\.csv-[0-9a-f]{8}$/],
  ["INDEX.json", /^evidence\/INDEX\.json-[0-9a-f]{8}$/],
  ["", /^evidence\/[0-9a-f]{8}$/],
])("a source called %j has a folder of its own", (source, folder) => {
  expect(folderOf({ source })).toEqual(typeof folder === "string" ? folder : expect.stringMatching(folder));
});
