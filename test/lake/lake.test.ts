import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { expect, test } from "vitest";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { tinyWorld, type World } from "../cli/commands/world.ts";

interface Listed {
  readonly table: string;
  readonly rows: number;
  readonly files: readonly { readonly file: string; readonly sha256: string }[];
}

const tablesOf = (world: World): Listed[] =>
  (JSON.parse(world.read("lake/manifest.json")) as { tables: Listed[] }).tables;

const RECORDS = "lake/raw/record/source=data/stream=deployment/data_0.parquet";

const recordsOf = async (warehouse: Warehouse) =>
  Promise.all(
    ["record", "batch", "run", "source_run", "cursor", "read_file"].map((table) =>
      warehouse.rows(`select * from raw.${table} order by all`),
    ),
  );

test("raw records that were exported and imported are the same, in their order and sealed; what was altered is refused", async () => {
  const world = tinyWorld();
  await world.run("collect");
  const { code, out } = await world.run("export", "lake");
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringMatching(
      /^lake: \d+ tables, \d records in 2 batches, chain head [0-9a-f]{64}\n$/,
    ) as string,
  });
  const tables = tablesOf(world);
  expect(tables.find(({ table }) => table === "raw.record")).toMatchObject({
    files: [{ file: RECORDS.replace("lake/", "") }, {}],
  });
  expect(tables.find(({ table }) => table === "model.deployment")).toMatchObject({
    rows: 4,
    files: [{ file: "model/deployment/year=2026/data_0.parquet" }],
  });
  expect((await world.run("export", "lake")).err).toContain("lake holds something");

  const other = tinyWorld();
  expect((await other.run("import", world.path("lake"))).out).toMatch(
    /records in 2 batches, chain head [0-9a-f]{64}: all hashes match\n$/,
  );
  expect((await other.run("verify")).code).toBe(0);
  expect(await other.inside(recordsOf)).toEqual(await world.inside(recordsOf));
  expect((await other.run("import", world.path("lake"))).err).toContain(
    "quarterdeck.duckdb is there already",
  );

  rmSync(other.path("quarterdeck.duckdb"));
  const before = readdirSync(other.folder);
  const refused = async (words: RegExp) => {
    const said = await other.run("import", world.path("lake"));
    expect({ code: said.code, err: said.err }).toEqual({
      code: 2,
      err: expect.stringMatching(words) as string,
    });
    expect(existsSync(other.path("quarterdeck.duckdb"))).toBe(false);
    expect(readdirSync(other.folder)).toEqual(before);
  };
  copyFileSync(world.path(RECORDS), world.path("kept"));
  writeFileSync(world.path(RECORDS.replace("data_0", "data_1")), "more");
  await refused(/data_1\.parquet is not listed/);
  rmSync(world.path(RECORDS.replace("data_0", "data_1")));
  appendFileSync(world.path(RECORDS), "x");
  await refused(/data_0\.parquet is not as it was written/);
  copyFileSync(world.path("kept"), world.path(RECORDS));
  const manifest = readFileSync(world.path("lake/manifest.json"), "utf8");
  world.write(
    "lake/manifest.json",
    manifest.replace(/"head": "[0-9a-f]/, (head) => `${head.slice(0, -1)}${head.endsWith("0") ? "1" : "0"}`),
  );
  await refused(/the chain ends at/);
  world.write("lake/manifest.json", manifest.replace('"raw/record/', '"raw/../record/'));
  await refused(/expected a file of a table/);
  world.write("lake/manifest.json", manifest.replace('"source"', `"source': varchar} from x --"`));
  await refused(/expected the name of a column/);
});
