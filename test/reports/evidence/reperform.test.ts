import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reperform } from "../../../reports/evidence/reperform/reperform.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { history, rehash, rewrite, writtenEvidence } from "./support.ts";

const scratch = mkdtempSync(join(tmpdir(), "quarterdeck-test-"));
const pack = join(scratch, "pack");
let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await history();
  await writtenEvidence(warehouse, pack);
});

afterAll(() => {
  warehouse.close();
  rmSync(scratch, { recursive: true, force: true });
});

let copies = 0;

/** The pack again, altered. */
function altered(alter: (folder: string) => void): string {
  const folder = join(scratch, `pack-${(copies += 1)}`);
  cpSync(pack, folder, { recursive: true });
  alter(folder);
  return folder;
}

test("an untouched pack says what its evidence says", async () => {
  const { compared, differences, problems, otherSql, notes, refusal } = await reperform(pack);
  expect({ differences, problems, otherSql, notes, refusal }).toEqual({
    ...{ differences: [], problems: [], otherSql: [], notes: [], refusal: undefined },
  });
  // Two deployments of March, and the source for POP-03 and POP-07.
  expect(compared).toBe(4);
});

test("a record that was changed, with all hashes made anew, shows in the control and unit that it bears on", async () => {
  const folder = altered((there) => {
    rewrite(join(there, "evidence/data/deployment_approval.jsonl"), (line) =>
      line.replace('"approver":"jane"', '"approver":"ann"'),
    );
    rehash(there, "data", "deployment_approval");
  });
  const { differences, problems } = await reperform(folder);
  expect(problems).toEqual([]);
  expect(differences.filter(({ column }) => column === "status")).toEqual([
    {
      control: "SOD-01",
      unit_kind: "deployment",
      unit: "data:d2",
      column: "status",
      pack: "fail",
      computed: "pass",
    },
  ]);
});

test("a record that was changed without its hashes is named", async () => {
  const folder = altered((there) => {
    rewrite(join(there, "evidence/data/deployment_approval.jsonl"), (line) =>
      line.replace('"approver":"jane"', '"approver":"ann"'),
    );
  });
  const { differences, problems } = await reperform(folder);
  expect(problems).toEqual([
    'evidence/data/deployment_approval.jsonl:2: the record ["a2"] is not what was collected: its hash is another',
  ]);
  expect(differences.map(({ control, unit }) => `${control} ${unit}`)).toContain("POP-07 data");
});

test("a record that was taken out is named", async () => {
  const cut = altered((there) => {
    const kept = /.*"a2".*\n/;
    const path = join(there, "evidence/data/deployment_approval.jsonl");
    rewriteWhole(path, (text) => kept.exec(text)?.[0] ?? "");
  });
  expect((await reperform(cut)).problems).toEqual([
    expect.stringMatching(
      /^evidence\/sealed\.csv:\d+: version 1 of a record of data deployment_approval, sealed by batch 3, is not in the evidence$/,
    ),
  ]);
});

test("a result that was changed in the table is named with what comes out", async () => {
  const folder = altered((there) => {
    rewrite(join(there, "controls/results.csv"), (line) =>
      line.replace("api,,production,2026-03-04T09:50:00Z,fail", "api,,production,2026-03-04T09:50:00Z,pass"),
    );
  });
  expect((await reperform(folder)).differences).toEqual([
    {
      control: "SOD-01",
      unit_kind: "deployment",
      unit: "data:d2",
      column: "status",
      pack: "pass",
      computed: "fail",
    },
  ]);
});

test("the pack's own SQL is used only when asked for, and named where it is another", async () => {
  const folder = altered((there) => {
    rewrite(join(there, "sql/controls.sod_01.sql"), (line) => line.replace("then 'fail'", "then 'pass'"));
  });
  const installed = await reperform(folder);
  expect(installed.otherSql).toEqual(["controls.sod_01"]);
  expect(installed.differences).toEqual([]);
  const own = await reperform(folder, { packSql: true });
  expect(own.differences.filter(({ column }) => column === "status")).toEqual([
    {
      control: "SOD-01",
      unit_kind: "deployment",
      unit: "data:d2",
      column: "status",
      pack: "fail",
      computed: "pass",
    },
  ]);
});

test("SQL of a pack that reaches for files is refused", async () => {
  const folder = altered((there) => {
    writeFileSync(
      join(there, "sql/controls.sod_01.sql"),
      "/*\ntitle: x\n*/\nselect * from read_text('/etc/passwd')\n",
    );
  });
  await expect(reperform(folder, { packSql: true })).rejects.toThrow(/read_text\(\) is not allowed/);
});

const line = (payload: string) =>
  `{"key":"x","updated_at":null,"sha256":"${"0".repeat(64)}","payload":${payload}}\n`;
const RECORDS = "evidence/data/deployment_approval.jsonl";

test.each([
  ["text that is no JSON", "{\n", `${RECORDS}:1: is not JSON`],
  ["a million levels", line("[".repeat(1_000_000)), `${RECORDS}:1: nests deeper than`],
  ["a key that is there twice", line("1") + line("2"), `${RECORDS}:2: the record "x" is there twice`],
  [
    "a payload that is not last",
    line("1").replace("}", ',"more":1}'),
    `${RECORDS}:1: its payload is not JSON`,
  ],
  ["no hash", '{"key":"x"}\n', `${RECORDS}:1: updated_at: `],
  ["half of a character", Buffer.from([0x22, 0xff, 0xfe]), `${RECORDS}:1: is not UTF-8`],
])("evidence with %s is refused with its place", async (_, content, message) => {
  const folder = altered((there) => writeFileSync(join(there, RECORDS), content));
  await expect(reperform(folder)).rejects.toThrow(message);
});

test("a file that lies outside of the pack is not read", async () => {
  const folder = altered((there) => {
    rewriteWhole(join(there, "evidence/index.json"), (text) =>
      text.replace("evidence/data/deployment_approval.jsonl", "../../etc/passwd"),
    );
  });
  await expect(reperform(folder)).rejects.toThrow("which is not in the pack");
});

function rewriteWhole(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, "utf8")));
}

test("a pack of a release is computed anew from its own records, or from those of a period pack", async () => {
  const release = join(scratch, "release");
  await writtenEvidence(warehouse, release, { kind: "release", service: "api", version: "1.1" });
  for (const evidence of [undefined, pack])
    expect(await reperform(release, { evidence })).toEqual({
      ...{ compared: 1, differences: [], problems: [], otherSql: [], notes: [], leftOut: [] },
      ...{ refusal: undefined, isUntried: false },
    });
  rewriteWhole(join(release, "evidence/index.json"), (text) => text.replace(/"held": \[[^\]]*\],/, ""));
  const older = await reperform(release);
  expect(older.refusal).toContain("--evidence");
  expect(older).toMatchObject({ compared: 0, differences: [], problems: [] });
});
