import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { configDocument } from "../../src/config/document.ts";
import { configSchema } from "../../src/config/schema.ts";
import { packageRoot } from "../../src/package-root.ts";
import { buildModel, isModelCurrent, type ModelInput } from "../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { queryParameters } from "../../src/warehouse/parameters.ts";
import { LAYERS } from "../../src/warehouse/query-file.ts";
import { temporaryFolder } from "../cli/commands/world.ts";

const config = configSchema.parse({ organisation: "Test" });

/** Only staging of the product is built: what is tried is the engine. */
function input(localQueries: string, asOf = "2026-01-01T00:00:00Z"): ModelInput {
  return {
    document: configDocument(config),
    variables: queryParameters(config, asOf),
    localQueries,
    without: LAYERS.filter((layer) => layer !== "staging"),
  };
}

async function memory(): Promise<Warehouse> {
  const warehouse = await openWarehouse(":memory:", { mode: "write" });
  onTestFinished(() => warehouse.close());
  return warehouse;
}

/** A folder of local queries; each gets a header of three lines unless it has one. */
function queries(files: Readonly<Record<string, string>>, folder = temporaryFolder()): string {
  for (const [name, sql] of Object.entries(files)) {
    const path = join(folder, `${name}.sql`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, sql.startsWith("/*") ? sql : `/*\ntitle: ${name}\n*/\n${sql}\n`);
  }
  return folder;
}

async function failure(files: Readonly<Record<string, string>>): Promise<string> {
  const warehouse = await memory();
  const error: unknown = await buildModel(warehouse, input(queries(files))).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "DataError" });
  return (error as Error).message;
}

describe("a build", () => {
  test("happens once for the same data, configuration, parameters and queries", async () => {
    const warehouse = await memory();
    const folder = queries({ "staging/mine": "select getvariable('as_of') as instant" });
    const first = input(folder);
    expect(await isModelCurrent(warehouse, first)).toBe(false);
    expect(await buildModel(warehouse, first)).toMatchObject({ isRebuilt: true });
    expect(await isModelCurrent(warehouse, first)).toBe(true);
    expect(await buildModel(warehouse, first)).toMatchObject({ isRebuilt: false });
    const later = input(folder, "2026-02-01T00:00:00Z");
    expect(await buildModel(warehouse, later)).toMatchObject({ isRebuilt: true });
    expect(await warehouse.rows("select instant from staging.mine")).toEqual([{ instant: "2026-02-01T00:00:00Z" }]);
    queries({ "staging/mine": "select 1 as instant" }, folder);
    expect(await isModelCurrent(warehouse, later)).toBe(false);
    expect(await buildModel(warehouse, later)).toMatchObject({ isRebuilt: true });
    await warehouse.run("insert into raw.run values (1, now(), now(), 'completed', 'test')");
    expect(await isModelCurrent(warehouse, later)).toBe(false);
  });

  test("that fails leaves the tables of the one before, and what it was built from", async () => {
    const warehouse = await memory();
    const folder = queries({ "staging/mine": "select 1 as a" });
    await buildModel(warehouse, input(folder));
    const built = await warehouse.rows("select * from raw.model_build");
    queries({ "staging/mine": "select 2 as a", "staging/zzz": "select cast('x' as integer) as a" }, folder);
    await expect(buildModel(warehouse, input(folder))).rejects.toThrow("staging/zzz.sql:4 (local rule): Could not convert string 'x' to INT32");
    expect(await warehouse.rows("select a from staging.mine")).toEqual([{ a: 1 }]);
    expect(await warehouse.rows("select * from raw.model_build")).toEqual(built);
    expect(await warehouse.rows("select relation from raw.local_rule")).toEqual([{ relation: "staging.mine" }]);
    expect(await warehouse.rows("select count(*) as n from raw.configuration")).toEqual([{ n: 1 }]);
  });

  test("takes the product's own queries for nobody's rules, though they lie beside quarterdeck.yaml in a clone", async () => {
    const warehouse = await memory();
    const link = join(temporaryFolder(), "queries");
    symlinkSync(join(packageRoot, "queries"), link, "junction");
    for (const folder of [join(packageRoot, "queries"), link]) {
      await buildModel(warehouse, input(folder));
      expect(await warehouse.rows("from raw.local_rule")).toEqual([]);
    }
  });

  test("leaves nothing of a query that was taken away", async () => {
    const warehouse = await memory();
    await buildModel(warehouse, input(queries({ "staging/mine": "select 1 as a" })));
    await buildModel(warehouse, input(queries({})));
    await expect(warehouse.rows("from staging.mine")).rejects.toThrow(/does not exist/);
    expect(await warehouse.rows("from raw.local_rule")).toEqual([]);
  });

  test("runs queries in the order in which they read each other", async () => {
    const warehouse = await memory();
    const folder = queries({
      "staging/a": "with b as (select a + 1 as a from staging.b) select * from b",
      "staging/b": "select (select max(a) from staging.c) as a",
      "staging/c": "with recursive n as (select 1 as a union all select a + 1 from n where a < 5) select max(a) as a from n",
    });
    await buildModel(warehouse, input(folder));
    expect(await warehouse.rows("from staging.a")).toEqual([{ a: 6 }]);
  });
});

describe("a query that cannot be run is named, with its line and whose it is", () => {
  test.each([
    ["a word that does not belong", "select\n  1 as a,\n  2 frm x\n", 'staging/x.sql:6 (local rule): syntax error at or near "x"'],
    ["after characters that are more than one byte", "select 'ünïcödé 🚢',\n  2 frm x\n", 'staging/x.sql:5 (local rule): syntax error at or near "x"'],
    ["no SELECT", "-- nothing\n", "staging/x.sql (local rule): expected one SELECT, found 0 statements"],
    ["two statements", "select 1; select 2", "staging/x.sql (local rule): expected one SELECT, found 2 statements"],
    ["an end that is missing", "select 1 from", "staging/x.sql:4 (local rule): syntax error at end of input"],
    ["a column that is not there", "select\n  nosuch\nfrom raw.run", /^staging\/x\.sql:5 \(local rule\): Referenced column "nosuch" not found in FROM clause! Candidate bindings: .*$/],
    ["a function that is not there", "select\n\n  nosuch(1)", /^staging\/x\.sql:6 \(local rule\): Scalar Function with name nosuch does not exist!.*$/],
    ["a table that is not there", "select 1 from model.nosuch", "staging/x.sql (local rule): reads model.nosuch, which no query makes (tables are written as layer.name)"],
    ["a table of raw that is not there", "select 1\nfrom raw.nosuch", /^staging\/x\.sql:5 \(local rule\): Table with name nosuch does not exist!.*$/],
    ["a table without its layer", "select 1 from run", "staging/x.sql (local rule): reads run, which no query makes (tables are written as layer.name)"],
    ["a file", "select 1 from 'data.csv'", "staging/x.sql (local rule): reads data.csv, which no query makes (tables are written as layer.name)"],
    ["a table of another database", "select 1 from other.raw.run", "staging/x.sql (local rule): reads other.raw.run, which no query makes (tables are written as layer.name)"],
  ])("%s", async (_, sql, message) => {
    expect(await failure({ "staging/x": sql })).toEqual(typeof message === "string" ? message : expect.stringMatching(message));
  });

  test("a circle", async () => {
    expect(
      await failure({
        "staging/a": "select 1 as x from staging.b",
        "staging/b": "select 1 as x from staging.c",
        "staging/c": "select 1 as x from staging.a",
        "staging/d": "select 1 as x from staging.c",
      }),
    ).toBe("queries read each other in a circle: staging.a -> staging.b -> staging.c -> staging.a");
  });

  test("a query that reads itself", async () => {
    expect(await failure({ "staging/a": "select 1 as x from staging.a" })).toBe(
      "queries read each other in a circle: staging.a -> staging.a",
    );
  });

  test("more memory than there is", async () => {
    const warehouse = await openWarehouse(":memory:", { mode: "write", memoryLimit: "60MB", threads: 1 });
    onTestFinished(() => warehouse.close());
    const folder = queries({ "staging/x": "select length(string_agg(repeat('x', 100), ',')) as n from range(3000000)" });
    await expect(buildModel(warehouse, input(folder))).rejects.toThrow(
      /^staging\/x\.sql \(local rule\): more memory is needed than the database may take \([\d.]+ MiB\): raise `database_memory` in quarterdeck.yaml, or run this where there is more; everything stored before is kept$/,
    );
  });
});

describe("a query reads tables of the database and nothing else", () => {
  test.each([
    ["read_csv('/etc/passwd')", "read_csv() is not allowed"],
    ["read_text('/etc/passwd')", "read_text() is not allowed"],
    ["read_json('x')", "read_json() is not allowed"],
    ["parquet_scan('x')", "parquet_scan() is not allowed"],
    ["glob('/etc/*')", "glob() is not allowed"],
    ["query('select 1')", "query() is not allowed"],
    ["query_table('raw.run')", "query_table() is not allowed"],
    ["arrow_scan(1, 2, 3)", "arrow_scan() is not allowed"],
    ["enable_logging('QueryLog')", "enable_logging() is not allowed"],
    ["ENABLE_PROFILING(save_location = 'x.txt')", "enable_profiling() is not allowed"],
    ["sqlite_scan('a', 'b')", "sqlite_scan() is not allowed"],
    ["(select 1 from range(3) where exists (from read_blob('x')))", "read_blob() is not allowed"],
  ])("from %s", async (source, message) => {
    expect(await failure({ "staging/x": `select 1 as a\nfrom ${source}` })).toBe(
      `staging/x.sql:5 (local rule): ${message}: a query reads tables of the database and nothing else`,
    );
  });

  test.each([
    "copy (select 1) to 'x.csv'",
    "attach 'x.duckdb'",
    "install httpfs",
    "load httpfs",
    "set threads = 1",
    "pragma database_list",
    "insert into raw.run values (1, now(), now(), 'completed', 'x')",
    "drop table raw.record",
    "create table raw.x as select 1",
    "call enable_logging('QueryLog')",
    "update raw.run set status = 'x'",
    "delete from raw.record",
    "begin",
  ])("%s", async (sql) => {
    expect(await failure({ "staging/x": sql })).toMatch(
      /^staging\/x\.sql(:4)? \(local rule\): expected a SELECT, which changes nothing$/,
    );
  });

  test.each([
    ["now()", "now"],
    ["current_date", "current_date"],
    ["CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"],
    ["random()", "random"],
    ["gen_random_uuid()", "gen_random_uuid"],
    ["current_setting('threads')", "current_setting"],
  ])("and no %s", async (expression, named) => {
    expect(await failure({ "staging/x": `select ${expression} as a` })).toBe(
      `staging/x.sql (local rule): asks ${named}, whose answer changes from run to run; time is getvariable('as_of')`,
    );
  });

  test("columns may have the name of such a function", async () => {
    const warehouse = await memory();
    const folder = queries({ "staging/x": "with t as (select 1 as uuid, 2 as random, 3 as today) select uuid, t.random, today from t" });
    await buildModel(warehouse, input(folder));
    expect(await warehouse.rows("from staging.x")).toEqual([{ uuid: 1, random: 2, today: 3 }]);
  });

  test("series and parts of JSON are no files", async () => {
    const warehouse = await memory();
    const folder = queries({
      "staging/x": "select r.range as a, j.value::integer as b, u.c from range(2) as r, json_each('[7]') as j, unnest([5]) as u (c) order by a",
    });
    await buildModel(warehouse, input(folder));
    expect(await warehouse.rows("from staging.x")).toEqual([{ a: 0, b: 7, c: 5 }, { a: 1, b: 7, c: 5 }]);
  });
});

describe("local rules", () => {
  test("are kept with their hash and what they have a part in", async () => {
    const warehouse = await memory();
    const folder = queries({
      "staging/a": "select 1 as x",
      "staging/b": "select x from staging.a",
      "staging/c": "select x from staging.b",
      "staging/d": "select 1 as x",
    });
    await buildModel(warehouse, input(folder));
    expect(await warehouse.rows("select relation, file, affects, length(sha256) as digits from raw.local_rule order by relation")).toEqual([
      { relation: "staging.a", file: "staging/a.sql", affects: ["staging.a", "staging.b", "staging.c"], digits: 64 },
      { relation: "staging.b", file: "staging/b.sql", affects: ["staging.b", "staging.c"], digits: 64 },
      { relation: "staging.c", file: "staging/c.sql", affects: ["staging.c"], digits: 64 },
      { relation: "staging.d", file: "staging/d.sql", affects: ["staging.d"], digits: 64 },
    ]);
  });

  test("that drop a column which another query needs: both are named", async () => {
    expect(
      await failure({
        "staging/source": "select 'git' as collector, 'x' as source",
      }),
    ).toMatch(
      /^staging\/.*\.sql(:\d+)?: .*['"]options['"].*; it reads staging\.source, made by staging\/source\.sql \(local rule\)$/,
    );
  });

  test("a folder that is not there is as good as none", async () => {
    const warehouse = await memory();
    await buildModel(warehouse, input(join(temporaryFolder(), "queries")));
    expect(await warehouse.rows("from raw.local_rule")).toEqual([]);
  });
});
