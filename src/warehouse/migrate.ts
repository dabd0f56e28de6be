import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "../errors.ts";
import { packageRoot } from "../package-root.ts";
import type { Warehouse } from "./open.ts";

const MIGRATIONS = join(packageRoot, "src/warehouse/migrations");

/** Whatever somebody may have made in a database. */
const THINGS = `
  select
    (select count(*) from duckdb_tables() where not internal)
    + (select count(*) from duckdb_views() where not internal)
    + (select count(*) from duckdb_schemas() where not internal) as things`;

/**
 * Brings the database to the present form, one numbered file after the other, each in its own
 * transaction. An existing database is copied first, so that an upgrade can be taken back.
 * @throws {DataError} when the database was made by a newer version of quarterdeck, or by somebody else
 */
export async function migrate(warehouse: Warehouse, mode: "read" | "write", folder = MIGRATIONS): Promise<void> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".sql")).sort();
  const done = await appliedMigrations(warehouse);
  if (done > files.length) {
    throw new DataError(
      `${warehouse.path} has form ${done}, this version of quarterdeck knows ${files.length}: upgrade quarterdeck; nothing was changed`,
    );
  }
  if (done === files.length) return;
  if (mode === "read") throw tooOld(warehouse, done, files.length);
  if (done > 0) await backUp(warehouse, done);
  for (const [index, name] of files.entries()) {
    if (index >= done) await apply(warehouse, index + 1, join(folder, name), name);
  }
}

function tooOld({ path }: Warehouse, done: number, needed: number): DataError {
  return new DataError(
    done === 0
      ? "nothing was collected yet: run `quarterdeck collect` first"
      : `${path} has form ${done}, this version of quarterdeck needs ${needed}: run \`quarterdeck collect\`, which upgrades it`,
  );
}

async function appliedMigrations(warehouse: Warehouse): Promise<number> {
  const [marker] = await warehouse.rows<{ tables: number }>(
    "select count(*) as tables from duckdb_tables() where schema_name = 'main' and table_name = 'quarterdeck_migration'",
  );
  if (marker?.tables !== 1) {
    // A first run that was cut short leaves a database with nothing in it.
    const [found] = await warehouse.rows<{ things: number }>(THINGS);
    if (found?.things === 0) return 0;
    throw new DataError(`${warehouse.path} is a DuckDB database but not one of Quarterdeck: name another file; nothing was changed`);
  }
  return formOf(warehouse);
}

/** Which form the database has: how many migrations were applied to it. */
export async function formOf(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.rows<{ form: number }>("select max(form) as form from quarterdeck_migration");
  return row?.form ?? 0;
}

/** The copy gets its name when it is whole: a full disk must not leave half of one. */
async function backUp(warehouse: Warehouse, form: number): Promise<void> {
  if (warehouse.path === ":memory:") return;
  await warehouse.run("checkpoint");
  const copy = `${warehouse.path}.form-${form}.backup`;
  if (existsSync(copy)) return;
  copyFileSync(warehouse.path, `${copy}.part`);
  renameSync(`${copy}.part`, copy);
}

async function apply(warehouse: Warehouse, form: number, file: string, name: string): Promise<void> {
  await warehouse.run("begin");
  try {
    await warehouse.run("create table if not exists quarterdeck_migration (form integer not null, name varchar not null)");
    await warehouse.run(readFileSync(file, "utf8"));
    await warehouse.run("insert into quarterdeck_migration values (?, ?)", [form, name]);
    await warehouse.run("commit");
  } catch (error) {
    await warehouse.run("rollback").catch(() => undefined);
    throw error;
  }
}
