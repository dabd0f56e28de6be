import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, onTestFinished, test } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { migrate } from "../../src/warehouse/migrate.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { temporaryFolder } from "../cli/commands/world.ts";

const PRESENT = join(packageRoot, "src/warehouse/migrations");

/** The migrations of today and those of a version to come. */
function laterMigrations(...later: string[]): string {
  const folder = temporaryFolder();
  const present = readdirSync(PRESENT);
  for (const name of present) copyFileSync(join(PRESENT, name), join(folder, name));
  later.forEach((sql, index) => writeFileSync(join(folder, `${String(900 + index)}_later.sql`), sql));
  return folder;
}

async function database(mode: "read" | "write" = "write", path = join(temporaryFolder(), "q.duckdb")): Promise<Warehouse> {
  if (mode === "read") (await openWarehouse(path, { mode: "write" })).close();
  const warehouse = await openWarehouse(path, { mode });
  onTestFinished(() => warehouse.close());
  return warehouse;
}

const forms = (warehouse: Warehouse) => warehouse.rows("select name from quarterdeck_migration order by form");

test("an upgrade keeps a copy of what was there, readable by its owner only", async () => {
  const warehouse = await database();
  const now = readdirSync(PRESENT).length;
  await warehouse.run("insert into raw.run values (1, now(), now(), 'completed', 'test')");
  await migrate(warehouse, "write", laterMigrations("alter table raw.run add column note varchar"));
  expect(await warehouse.rows("select run_id, note from raw.run")).toEqual([{ run_id: 1, note: null }]);
  const copy = `${warehouse.path}.form-${now}.backup`;
  expect((statSync(copy).mode & 0o777).toString(8)).toBe("600");
  const before = await openWarehouse(copy, { mode: "read" });
  expect(await before.rows("select run_id, status from raw.run")).toEqual([{ run_id: 1, status: "completed" }]);
  before.close();
});

test("an upgrade that fails changes nothing", async () => {
  const warehouse = await database();
  const before = await forms(warehouse);
  const folder = laterMigrations("create table raw.good as select 1 as a; create table raw.bad as select nosuch");
  await expect(migrate(warehouse, "write", folder)).rejects.toThrow(/nosuch/);
  expect(await forms(warehouse)).toEqual(before);
  await expect(warehouse.rows("from raw.good")).rejects.toThrow(/does not exist/);
});

test("a database from before usage was counted keeps its runs, without what they cost", async () => {
  const folder = temporaryFolder();
  for (const name of readdirSync(PRESENT).filter((one) => one < "003")) copyFileSync(join(PRESENT, name), join(folder, name));
  const path = join(temporaryFolder(), "old.duckdb");
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run("create table quarterdeck_migration (form integer not null, name varchar not null)");
  for (const [index, name] of readdirSync(folder).sort().entries()) {
    await connection.run(readFileSync(join(folder, name), "utf8"));
    await connection.run(`insert into quarterdeck_migration values (${index + 1}, '${name}')`);
  }
  await connection.run("insert into raw.source_run values (1, 'hub', 'x', now(), now(), 'completed', 1, 2, 0, 0, 0, null, null)");
  connection.closeSync();
  instance.closeSync();
  const warehouse = await database("write", path);
  const runs = readFileSync(join(packageRoot, "queries/publish/history_collection_runs.sql"), "utf8");
  expect(await warehouse.rows(runs)).toMatchObject([{ run_id: 1, stored: 2, calls: null, points: null, waited_seconds: null }]);
});

test("a reader does not upgrade, and says who does", async () => {
  const warehouse = await database("read");
  await expect(migrate(warehouse, "read", laterMigrations("create table raw.good as select 1"))).rejects.toThrow(
    /q\.duckdb has form \d+, this version of quarterdeck needs \d+: run `quarterdeck collect`, which upgrades it$/,
  );
  expect(existsSync(`${warehouse.path}.form-1.backup`)).toBe(false);
});
