import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reperform } from "../../reports/evidence/reperform/reperform.ts";
import { erase } from "../../src/warehouse/erase.ts";
import { buildModel, type ModelInput } from "../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { mentionsOf, subjectsNamed } from "../../src/warehouse/subject.ts";
import { verifyChain } from "../../src/warehouse/verify.ts";
import { writtenEvidence, twoDeployments } from "../reports/evidence/support.ts";
import { given, modelInput, type History } from "../support/history.ts";

const folder = mkdtempSync(join(tmpdir(), "quarterdeck-test-"));
const path = join(folder, "quarterdeck.duckdb");
const history: History = {
  ...twoDeployments,
  path,
  data: {
    ...twoDeployments.data,
    ticket: `
      id  | kind | title                            | assignee
      T-1 | task | Ask jane about her sick leave    | bo
      T-2 | task | Plan the quarter, planned by all | jane`,
  },
};
const erasure = {
  source: "data",
  stream: "ticket",
  key: '["T-1"]',
  version: undefined,
  reason: "case 12",
  by: "data protection",
  at: new Date("2026-05-01T00:00:00Z"),
};

let input: ModelInput;
beforeAll(async () => {
  (await given(history)).close();
  input = modelInput(history);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function within<T>(work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const warehouse = await openWarehouse(path, { mode: "write" });
  try {
    await buildModel(warehouse, input);
    return await work(warehouse);
  } finally {
    warehouse.close();
  }
}

test("a person's records are found by every name, and by whole words only", async () => {
  const { people, found } = await within(async (warehouse) => {
    const people = await subjectsNamed(warehouse, "JANE");
    return { people, found: await mentionsOf(warehouse, people[0]?.names ?? []) };
  });
  expect(people).toHaveLength(1);
  expect(found.filter(({ stream }) => stream === "ticket").map(({ key, fields }) => [key, fields])).toEqual([
    ['["T-1"]', ["title"]],
    ['["T-2"]', ["assignee"]],
  ]);
  expect(found.filter(({ stream }) => stream === "change")).toHaveLength(3);
  expect(found.find(({ stream }) => stream === "deployment_approval")).toMatchObject({
    key: '["a2"]',
    payload: { approver: "jane" },
  });
});

test("what was erased is gone from the file and from figures; the chain verifies, and a pack of it too", async () => {
  expect(readFileSync(path).includes("sick leave")).toBe(true);
  expect(await erase(path, erasure)).toBe(1);
  expect(readFileSync(path).includes("sick leave")).toBe(false);
  expect(statSync(path).mode & 0o077).toBe(0);
  await within(async (warehouse) => {
    expect((await verifyChain(warehouse)).problems).toEqual([]);
    expect(await warehouse.rows("select native_id from model.ticket")).toEqual([{ native_id: "T-2" }]);
    expect(await warehouse.rows("select status from controls.result where control = 'POP-07'")).toEqual([
      { status: "pass" },
    ]);
    const pack = join(folder, "pack");
    await writtenEvidence(warehouse, pack);
    expect(readFileSync(join(pack, "evidence/earlier.jsonl"), "utf8")).toContain('"erased":"case 12"');
    expect(await reperform(pack)).toMatchObject({ differences: [], problems: [] });
  });
});

test("what is not there cannot be erased; what was is cleared away once more, as after a run that was cut short", async () => {
  await expect(erase(path, { ...erasure, key: '["T-9"]' })).rejects.toThrow(
    'data ticket has no record "[\\"T-9\\"]" that says anything',
  );
  writeFileSync(`${path}.part`, "left by a run that was killed");
  expect(await erase(path, erasure)).toBe(0);
  expect(existsSync(`${path}.part`)).toBe(false);
});

test("a payload that is gone without an erasure is an alteration", async () => {
  await within(async (warehouse) => {
    await warehouse.run("update raw.record set payload = null where stream = 'ticket' and key = '[\"T-2\"]'");
    expect((await verifyChain(warehouse)).problems).toEqual([
      { problem: 'record ["T-2"] version 1 of data ticket was altered' },
    ]);
  });
});
