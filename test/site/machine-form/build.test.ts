import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { parse } from "csv-parse/sync";
import { expect, onTestFinished, test } from "vitest";
import { tableOf } from "../../../src/site/machine-form/tables.ts";
import { writeMachineForm } from "../../../src/site/machine-form/write.ts";
import { queryFiles } from "../../../src/warehouse/model.ts";
import { openWarehouse } from "../../../src/warehouse/open.ts";
import { publishedTables } from "../../../src/site/machine-form/tables.ts";
import { temporaryFolder } from "../../cli/commands/world.ts";
import { aDatabase, build, hashesOf, history } from "./world.ts";

async function database(changed: Parameters<typeof aDatabase>[0] = {}): Promise<string> {
  const path = await aDatabase(changed);
  onTestFinished(() => rmSync(dirname(path), { recursive: true, force: true }));
  return path;
}

/** Only the machine form of a database, read by so many threads. */
async function machineForm(path: string, folder: string, threads: number): Promise<Record<string, string>> {
  const warehouse = await openWarehouse(path, { mode: "read", threads });
  try {
    const tables = await publishedTables(warehouse, queryFiles());
    await writeMachineForm((options) => openWarehouse(path, { mode: "read", ...options }), folder, { organisation: "Test", asOf: history.asOf, tables });
    return hashesOf(folder);
  } finally {
    warehouse.close();
  }
}

test("the same bytes from run to run and with other threads", async () => {
  const path = await database();
  const one = await machineForm(path, temporaryFolder(), 1);
  expect(Object.keys(one).length).toBeGreaterThan(100);
  for (const threads of [2, 4]) expect(await machineForm(path, temporaryFolder(), threads)).toEqual(one);
});

test("a table of many row groups is written in order, whatever the values", async () => {
  const path = await database();
  const writer = await openWarehouse(path, { mode: "write" });
  await writer.run("create schema if not exists publish");
  await writer.run(`
    create table publish.odd as
    select
      'part ' || (range // 150000)::varchar as service,
      case when range = 7 then 9007199254740993 else range end as whole,
      case range when 3 then 'nan'::double when 4 then '-infinity'::double else 0.1::double + range end as number,
      case when range = 5 then 'infinity'::timestamptz else timestamptz '2026-01-01 00:00:00+00' + to_microseconds(range) end as happened_at,
      case when range % 2 = 0 then chr(10) || 'a,"b"' || chr(13) || chr(10) else null end as words
    from range(300000)
    order by range`);
  writer.close();
  const folder = temporaryFolder();
  const columns = {
    service: "varchar",
    whole: "bigint",
    number: "double",
    happened_at: "timestamp with time zone",
    words: "varchar",
  };
  const described = Object.entries(columns).map(([column_name, type]) => ({
    column_name,
    column_type: type.toUpperCase(),
  }));
  const header = { title: "It's odd", part: "service" };
  const file = {
    relation: "publish.odd",
    layer: "publish",
    name: "odd",
    file: "",
    header,
    sql: "",
    line: 1,
    sha256: "",
    isLocal: true,
  } as const;
  await writeMachineForm((options) => openWarehouse(path, { mode: "read", ...options }), folder, {
    organisation: "Test",
    asOf: history.asOf,
    tables: [tableOf(file, described, 300_000)],
  });

  const reader = await (await DuckDBInstance.create()).connect();
  const found = await reader.runAndReadAll(
    "select count(*), bool_and(whole = case when n = 7 then 9007199254740993 else n end) from (select whole, row_number() over () - 1 as n from read_parquet(?))",
    [join(folder, "data/odd.parquet")],
  );
  expect(found.getRows()).toEqual([[300_000n, true]]);
  const [first = ""] = ["part-0", "part-1"].map(
    (name) =>
      Object.keys(hashesOf(folder)).find((path) => path.includes(name) && path.endsWith(".json")) ?? "",
  );
  const json = JSON.parse(readFileSync(join(folder, first), "utf8")) as { rows: unknown[][] };
  expect(json.rows).toHaveLength(150_000);
  expect(json.rows.slice(0, 8).map(([, ...row]) => row)).toEqual([
    [0, 0.1, "2026-01-01T00:00:00Z", '\na,"b"\r\n'],
    [1, 1.1, "2026-01-01T00:00:00.000001Z", null],
    [2, 2.1, "2026-01-01T00:00:00.000002Z", '\na,"b"\r\n'],
    [3, null, "2026-01-01T00:00:00.000003Z", null],
    [4, null, "2026-01-01T00:00:00.000004Z", '\na,"b"\r\n'],
    [5, 5.1, null, null],
    [6, 6.1, "2026-01-01T00:00:00.000006Z", '\na,"b"\r\n'],
    ["9007199254740993", 7.1, "2026-01-01T00:00:00.000007Z", null],
  ]);
  const csv = parse(readFileSync(join(folder, first.replace(".json", ".csv"))), {
    bom: true,
    from_line: 2,
    record_delimiter: "\n",
    to: 2,
  });
  expect(csv).toEqual([
    ["part 0", "0", "0.1", "2026-01-01T00:00:00Z", '\'\na,"b"\r\n'],
    ["part 0", "1", "1.1", "2026-01-01T00:00:00.000001Z", ""],
  ]);
});

test("files of a service that is gone are removed, what others put there stays", async () => {
  const site = join(temporaryFolder(), "site");
  await build(await database(), site);
  expect(existsSync(join(site, "data/changes/quiet.csv"))).toBe(true);
  mkdirSync(join(site, "data/changes"), { recursive: true });
  writeFileSync(join(site, "data/changes/mine.csv"), "mine");
  const { quiet, ...services } = history.config.services;
  await build(await database({ config: { ...history.config, services } }), site);
  expect(quiet).toBeDefined();
  expect(existsSync(join(site, "data/changes/quiet.csv"))).toBe(false);
  expect(existsSync(join(site, "data/changes/quiet.json"))).toBe(false);
  expect(existsSync(join(site, "data/changes/api.csv"))).toBe(true);
  expect(readFileSync(join(site, "data/changes/mine.csv"), "utf8")).toBe("mine");
});

test.each([
  [
    "a part that is no column",
    "odd",
    "part: team\n",
    "publish/odd.sql (local rule): part names team, which is no column of it",
  ],
  [
    "a name that is taken",
    "index",
    "",
    "publish/index.sql (local rule): the site has files of that name already: choose another",
  ],
])("%s is said in words", async (_, name, header, message) => {
  const path = await database();
  const queries = temporaryFolder();
  mkdirSync(join(queries, "publish"));
  writeFileSync(
    join(queries, `publish/${name}.sql`),
    `/*\ntitle: Mine\n${header}*/\nselect service from model.service`,
  );
  const writer = await openWarehouse(path, { mode: "write" });
  await writer.run(`create table publish.${name} as select service from model.service`);
  onTestFinished(() => writer.close());
  await expect(publishedTables(writer, queryFiles(queries))).rejects.toThrow(message);
});
