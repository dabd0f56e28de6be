import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reperform } from "../../reports/evidence/reperform/reperform.ts";
import { erase } from "../../src/warehouse/erase.ts";
import { buildModel, type ModelInput } from "../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { recordPublication } from "../../src/warehouse/publication.ts";
import { mentionsOf, subjectsNamed } from "../../src/warehouse/subject.ts";
import { verifyChain } from "../../src/warehouse/verify.ts";
import { writtenEvidence, twoDeployments } from "../reports/evidence/support.ts";
import { given, goOn, modelInput, type History } from "../support/history.ts";

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
  keys: ['["T-1"]'],
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

describe("an erased commit", () => {
  const [one, two, three] = ["1", "2", "3"].map((digit) => digit.repeat(40));
  const commits = `
    repository | sha      | parents | authored_at          | committed_at         | author | subject
    api        | ${one}   |         | 2026-03-01T08:00:00Z | 2026-03-01T09:00:00Z | bo     | Begin
    api        | ${two}   | ${one}  | 2026-03-02T08:00:00Z | 2026-03-02T09:00:00Z | jane   | Note that Jane is ill (#12)
    api        | ${three} | ${two}  | 2026-03-03T08:00:00Z | 2026-03-03T09:00:00Z | bo     | Go on`;
  const graph: History = {
    path: join(folder, "graph.duckdb"),
    asOf: "2026-04-01T00:00:00Z",
    data: {
      commit: commits,
      ref: `repository|name|kind|sha\napi|main|main|${three}`,
      deployment: `
        id | service | environment | repository | sha      | finished_at          | status
        d1 | api     | production  | api        | ${one}   | 2026-03-01T10:00:00Z | success
        d2 | api     | production  | api        | ${three} | 2026-03-04T08:00:00Z | success`,
    },
    only: ["metrics.lead_time_fact", "model.commit", "expectations.declared_total_stored", "reports.restatement", "reports.published_figure", "reports.moved_figure", "reports.control_change"],
  };
  const key = JSON.stringify(["api", two]);
  const about = { ...erasure, stream: "commit", keys: [key] };
  let warehouse: Warehouse;
  const leadTimes = () => warehouse.rows("select change_id, wave_id, lead_seconds from metrics.lead_time_fact order by change_id");
  const opened = async () => {
    warehouse = await openWarehouse(graph.path ?? "", { mode: "write" });
    await buildModel(warehouse, modelInput(graph));
  };

  test("keeps its place in the history without a person, so that no figure moves", async () => {
    warehouse = await given(graph);
    // The commit of the second day waited two days, the one of the third a day.
    const before = await leadTimes();
    expect(before).toHaveLength(2);
    expect(await recordPublication(warehouse, modelInput(graph))).toBe("recorded");
    warehouse.close();
    expect(await erase(graph.path ?? "", about)).toBe(1);
    const bytes = readFileSync(graph.path ?? "");
    expect([bytes.includes("Jane is ill"), bytes.includes('"author":"jane"')]).toEqual([false, false]);
    await opened();
    expect(await leadTimes()).toEqual(before);
    expect(await warehouse.rows("select subject, author from model.commit where subject <> 'Begin' order by subject")).toEqual([
      { subject: "(erased) (#12)", author: null },
      { subject: "Go on", author: "bo" },
    ]);
    expect(await verifyChain(warehouse)).toMatchObject({ problems: [], erased: 1 });
    warehouse.close();
  });

  test("does not come back when the source says it again, and counts as had", async () => {
    warehouse = await openWarehouse(graph.path ?? "", { mode: "write" });
    await warehouse.run("update raw.source_run set declared_total = 3 where stream = 'commit'");
    await goOn(warehouse, { ...graph, data: { commit: commits } });
    expect(await warehouse.rows("select version, payload is null as is_gone from raw.record where key = ? order by version", [key])).toEqual([
      { version: 1, is_gone: true },
      { version: 2, is_gone: false },
    ]);
    expect(await warehouse.rows("from expectations.declared_total_stored")).toEqual([]);
    warehouse.close();
    // Asked again nothing happens; asked for the whole of it nothing is left, and the source is not told to have lost it.
    expect(await erase(graph.path ?? "", about)).toBe(0);
    expect(await erase(graph.path ?? "", { ...about, keys: [key, JSON.stringify(["api", three])], isWhole: true })).toBe(2);
    await opened();
    expect(await warehouse.rows("select sha from model.commit order by sha")).toEqual([{ sha: one }]);
    expect(await warehouse.rows("from expectations.declared_total_stored")).toEqual([]);
    const moved = await warehouse.rows<{ reasons: string[] }>(
      "select distinct reasons from reports.restatement where metric = 'change_lead_time'",
    );
    expect(moved).toEqual([{ reasons: ["erased: 2 commit records from data"] }]);
    warehouse.close();
  });
});

test("what is not there cannot be erased; what was is cleared away once more, as after a run that was cut short", async () => {
  await expect(erase(path, { ...erasure, keys: ['["T-1"]', '["T-9"]'] })).rejects.toThrow(
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
