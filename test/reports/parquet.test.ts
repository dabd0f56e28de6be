import { expect, test } from "vitest";
import { parquetFiles } from "../../reports/parquet.ts";
import { readBack } from "./read-parquet.ts";

const tables = [
  {
    name: "odd",
    rows: [
      {
        version: "1.10",
        count: 3,
        rate: 0.5,
        'it\'s "so"': true,
        at: "2026-03-01T10:00:00Z",
        list: ["a\ud800", "=b"],
        none: null,
        mixed: 1,
      },
      {
        version: "=1+1",
        count: null,
        rate: 1,
        'it\'s "so"': null,
        at: null,
        list: [],
        none: null,
        mixed: "x",
      },
    ],
  },
  { name: "empty", rows: [] },
];

test("columns have the type of what is in them, and text stays as it was", async () => {
  const files = await parquetFiles(tables);
  expect(files.map(({ path }) => path)).toEqual(["tables/odd.parquet"]);
  const { types, rows } = await readBack(files[0]?.content ?? new Uint8Array());
  expect(types).toEqual([
    ["version", "VARCHAR"],
    ["count", "BIGINT"],
    ["rate", "DOUBLE"],
    ['it\'s "so"', "BOOLEAN"],
    ["at", "TIMESTAMP WITH TIME ZONE"],
    ["list", "VARCHAR[]"],
    ["none", "VARCHAR"],
    ["mixed", "VARCHAR"],
  ]);
  expect(rows).toEqual([
    ["1.10", "3", 0.5, true, "2026-03-01 10:00:00+00", ["a\ufffd", "=b"], null, "1"],
    ["=1+1", null, 1, null, null, [], null, "x"],
  ]);
});

test("the same rows give the same bytes", async () => {
  expect(await parquetFiles(tables)).toEqual(await parquetFiles(tables));
});
