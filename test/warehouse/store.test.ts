import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Json, Page, RawRecord } from "../../collectors/contract.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { forgetKeys, readCursor, storePage } from "../../src/warehouse/store.ts";
import { verifyChain } from "../../src/warehouse/verify.ts";

async function memory(): Promise<Warehouse> {
  const warehouse = await openWarehouse(":memory:", { mode: "write" });
  onTestFinished(() => warehouse.close());
  return warehouse;
}

const at = new Date("2026-01-01T00:00:00Z");

const record = (key: string, payload: Json, updatedAt?: string): RawRecord =>
  updatedAt === undefined ? { key, payload } : { key, payload, updatedAt };

function store(warehouse: Warehouse, records: readonly RawRecord[], more: Partial<Page> & { stream?: string; run?: number } = {}) {
  const { stream = "thing", run = 1, ...page } = more;
  return storePage(warehouse, { source: "data", stream, runId: run, fetchedAt: at }, { records, cursor: null, ...page });
}

/** Starts a run: what it yields from here on is what a snapshot has. */
async function snapshot(warehouse: Warehouse, pages: readonly (readonly RawRecord[])[]) {
  await forgetKeys(warehouse);
  const counts = [];
  for (const [index, records] of pages.entries()) {
    counts.push(await store(warehouse, records, index === pages.length - 1 ? { isSnapshotEnd: true } : {}));
  }
  return counts;
}

const versions = (warehouse: Warehouse) =>
  warehouse.rows("select key, version, is_deleted, payload::varchar as payload from raw.record order by key, version");

const current = async (warehouse: Warehouse) =>
  Object.fromEntries(
    (await warehouse.rows<{ key: string; payload: string }>("select key, payload::varchar as payload from raw.current order by key")).map(
      ({ key, payload }) => [key, JSON.parse(payload) as Json],
    ),
  );

const batches = async (warehouse: Warehouse) => (await verifyChain(warehouse)).batches;

const sound = async (warehouse: Warehouse) => expect((await verifyChain(warehouse)).problems).toEqual([]);

describe("versions", () => {
  test("what changed becomes the next version, what did not is left alone", async () => {
    const warehouse = await memory();
    expect(await store(warehouse, [record("a", 1), record("b", 1)])).toEqual({ stored: 2, unchanged: 0, deleted: 0 });
    expect(await store(warehouse, [record("a", 2), record("b", 1)])).toEqual({ stored: 1, unchanged: 1, deleted: 0 });
    expect(await store(warehouse, [record("a", 1)])).toEqual({ stored: 1, unchanged: 0, deleted: 0 });
    expect(await versions(warehouse)).toEqual([
      { key: "a", version: 1, is_deleted: false, payload: "1" },
      { key: "a", version: 2, is_deleted: false, payload: "2" },
      { key: "a", version: 3, is_deleted: false, payload: "1" },
      { key: "b", version: 1, is_deleted: false, payload: "1" },
    ]);
    await sound(warehouse);
  });

  test("several of one record in one page", async () => {
    const warehouse = await memory();
    await store(warehouse, [record("a", 1), record("a", 1), record("a", 2), record("a", null), record("a", 1)]);
    expect((await versions(warehouse)).map(({ version, payload }) => [version, payload])).toEqual([[1, "1"], [2, "2"], [3, null], [4, "1"]]);
    expect(await current(warehouse)).toEqual({ a: 1 });
    await sound(warehouse);
  });

  test("the same key in another stream is another record", async () => {
    const warehouse = await memory();
    await store(warehouse, [record("a", 1)]);
    await store(warehouse, [record("a", 1)], { stream: "other" });
    expect((await versions(warehouse)).map(({ version }) => version)).toEqual([1, 1]);
  });

  test("a page with nothing new makes no batch, and moves the cursor", async () => {
    const warehouse = await memory();
    await store(warehouse, [record("a", 1)], { cursor: { page: 1 } });
    await store(warehouse, [record("a", 1)], { cursor: { page: 2 } });
    await store(warehouse, [], { cursor: { page: 3 } });
    expect(await batches(warehouse)).toBe(1);
    expect(await readCursor(warehouse, "data", "thing")).toEqual({ page: 3 });
    await sound(warehouse);
  });
});

describe("deletions", () => {
  test("one that the source states", async () => {
    const warehouse = await memory();
    await store(warehouse, [record("a", 1), record("b", 1)]);
    expect(await store(warehouse, [record("a", null), record("never seen", null)])).toEqual({ stored: 0, unchanged: 1, deleted: 1 });
    expect(await store(warehouse, [record("a", null)])).toEqual({ stored: 0, unchanged: 1, deleted: 0 });
    expect(await current(warehouse)).toEqual({ b: 1 });
    expect(await store(warehouse, [record("a", 1)])).toEqual({ stored: 1, unchanged: 0, deleted: 0 });
    expect(await current(warehouse)).toEqual({ a: 1, b: 1 });
    await sound(warehouse);
  });

  test("a snapshot deletes what none of its pages has", async () => {
    const warehouse = await memory();
    await snapshot(warehouse, [[record("a", 1), record("b", 1)], [record("c", 1)]]);
    expect(await snapshot(warehouse, [[record("c", 1)], [record("d", 1)]])).toEqual([
      { stored: 0, unchanged: 1, deleted: 0 },
      { stored: 1, unchanged: 0, deleted: 2 },
    ]);
    expect(await current(warehouse)).toEqual({ c: 1, d: 1 });
    await sound(warehouse);
  });

  test("a snapshot of nothing deletes everything, once", async () => {
    const warehouse = await memory();
    await snapshot(warehouse, [[record("a", 1)]]);
    expect(await snapshot(warehouse, [[]])).toEqual([{ stored: 0, unchanged: 0, deleted: 1 }]);
    expect(await snapshot(warehouse, [[]])).toEqual([{ stored: 0, unchanged: 0, deleted: 0 }]);
    expect(await batches(warehouse)).toBe(2);
    await sound(warehouse);
  });

  test("a snapshot leaves other streams alone", async () => {
    const warehouse = await memory();
    await store(warehouse, [record("a", 1)], { stream: "other" });
    await snapshot(warehouse, [[record("b", 1)]]);
    await snapshot(warehouse, [[]]);
    expect(await current(warehouse)).toEqual({ a: 1 });
  });

  test("pages without the end of a snapshot delete nothing", async () => {
    const warehouse = await memory();
    await store(warehouse, [record("a", 1)]);
    await forgetKeys(warehouse);
    await store(warehouse, [record("b", 1)]);
    expect(await current(warehouse)).toEqual({ a: 1, b: 1 });
  });
});

test("when a record last changed is kept where it is an instant", async () => {
  const warehouse = await memory();
  const updates = ["2026-01-02T03:04:05+02:00", "2026-01-02", "yesterday", "", "99999-99-99", "\u0000"];
  await store(warehouse, updates.map((updatedAt, index) => record(String(index), index, updatedAt)));
  expect((await warehouse.rows("select updated_at from raw.record order by key")).map(({ updated_at }) => updated_at)).toEqual([
    "2026-01-02T01:04:05Z",
    "2026-01-02T00:00:00Z",
    ...[null, null, null, null],
  ]);
  await sound(warehouse);
});

describe("payloads come back as they were said, and verify", () => {
  const odd: Json[] = [
    ...[1.0, -0, 1e300, 5e-324, 2 ** 63, 2 ** 53 + 1, 0.1 + 0.2, Number.MAX_VALUE],
    ...["", "null", "a/b\\/c\\\\", "\u0000", "\u001f", "\u2028\u2029", "\ud83d\udea2", "\\ud800", "\\\\ud800", "'; drop table raw.record; --", "\"", "ä".repeat(10_000)],
    ...[[], {}, [[[[null]]]], { "": { "a.b": [1, "x", null, true] }, "$.x": "y", __proto__: null }],
  ];

  test.each(odd.map((payload) => [JSON.stringify(payload).slice(0, 40), payload] as const))("%s", async (_, payload) => {
    const warehouse = await memory();
    await store(warehouse, [record("a", payload)]);
    expect(await current(warehouse)).toEqual({ a: JSON.parse(JSON.stringify(payload)) as Json });
    expect(await store(warehouse, [record("a", payload)])).toEqual({ stored: 0, unchanged: 1, deleted: 0 });
    await sound(warehouse);
  });

  test("half a character, which is none", async () => {
    const warehouse = await memory();
    await store(warehouse, [record("a", { "\udfff": ["x\ud800y", "\\ud800", "\ud83d\udea2\ud83d"] })]);
    expect(await current(warehouse)).toEqual({ a: { "\ufffd": ["x\ufffdy", "\\ud800", "\ud83d\udea2\ufffd"] } });
    await sound(warehouse);
  });

  test("any JSON, under any key", async () => {
    const warehouse = await memory();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1 }), fc.json(), async (key, text) => {
        const payload = { value: JSON.parse(text) as Json };
        await warehouse.run("delete from raw.record");
        await warehouse.run("delete from raw.batch");
        await store(warehouse, [record(key, payload)]);
        expect(await current(warehouse)).toEqual({ [key]: payload });
        await sound(warehouse);
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});

describe("a page is stored whole or not at all", () => {
  test("when one of its records cannot be", async () => {
    const warehouse = await memory();
    await store(warehouse, [record("a", 1)], { cursor: 1 });
    const cyclic: Json[] = [];
    cyclic.push(cyclic);
    await expect(store(warehouse, [record("b", 1), record("c", cyclic)], { cursor: 2 })).rejects.toThrow(/circular/);
    expect(await current(warehouse)).toEqual({ a: 1 });
    expect(await readCursor(warehouse, "data", "thing")).toBe(1);
    expect(await store(warehouse, [record("b", 1)], { cursor: 2 })).toMatchObject({ stored: 1 });
    await sound(warehouse);
  });

  test("rejected rows are kept with it", async () => {
    const warehouse = await memory();
    const bad = { file: "x.csv", line: 3, column: "id", reason: "expected a value", text: ",api" };
    await store(warehouse, [record("a", 1)], { files: [{ file: "x.csv", accepted: 1 }], rejected: [bad, { ...bad, line: 4 }] });
    expect(await warehouse.rows("select file, line, column_name, reason, text from raw.current_rejected_row order by line")).toEqual([
      { file: "x.csv", line: 3, column_name: "id", reason: "expected a value", text: ",api" },
      { file: "x.csv", line: 4, column_name: "id", reason: "expected a value", text: ",api" },
    ]);
    await store(warehouse, [record("a", 1)], { files: [{ file: "x.csv", accepted: 1 }], run: 2 });
    expect(await warehouse.rows("from raw.current_rejected_row")).toEqual([]);
  });
});
