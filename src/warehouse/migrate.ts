import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "../errors.ts";
import { packageRoot } from "../package-root.ts";
import type { Warehouse } from "./open.ts";

const MIGRATIONS = join(packageRoot, "src/warehouse/migrations");

/**
 * Brings the database to the present form, one numbered file after the other, each in its own
 * transaction. An existing database is copied first, so that an upgrade can be taken back.
 * @throws {DataError} when the database was made by a newer version of quarterdeck
 */
export async function migrate(
  warehouse: Warehouse,
  { isNew, mode }: { isNew: boolean; mode: "read" | "write" },
): Promise<void> {
  const files = readdirSync(MIGRATIONS).filter((name) => name.endsWith(".sql")).sort();
  const done = isNew ? 0 : await appliedMigrations(warehouse);
  if (done > files.length) {
    throw new DataError(
      `${warehouse.path} has form ${done}, this version of quarterdeck knows ${files.length}: upgrade quarterdeck; nothing was changed`,
    );
  }
  if (done === files.length) return;
  if (mode === "read") {
    throw new DataError(
      `${warehouse.path} has form ${done}, this version of quarterdeck needs ${files.length}: run \`quarterdeck collect\` or \`build\`, which upgrades it`,
    );
  }
  if (done > 0) await backUp(warehouse, done);
  for (const [index, name] of files.entries()) {
    if (index >= done) await apply(warehouse, index + 1, name);
  }
}

async function appliedMigrations(warehouse: Warehouse): Promise<number> {
  const [marker] = await warehouse.rows<{ tables: number }>(
    "select count(*) as tables from duckdb_tables() where schema_name = 'main' and table_name = 'quarterdeck_migration'",
  );
  if (marker?.tables !== 1) {
    const [other] = await warehouse.rows<{ tables: number }>("select count(*) as tables from duckdb_tables()");
    if (other?.tables === 0) return 0;
    throw new DataError(`${warehouse.path} is a DuckDB database but not one of Quarterdeck: name another file`);
  }
  const [row] = await warehouse.rows<{ form: number }>("select max(form) as form from quarterdeck_migration");
  return row?.form ?? 0;
}

async function backUp(warehouse: Warehouse, form: number): Promise<void> {
  if (warehouse.path === ":memory:") return;
  await warehouse.run("checkpoint");
  const copy = `${warehouse.path}.form-${form}.backup`;
  if (!existsSync(copy)) copyFileSync(warehouse.path, copy);
}

async function apply(warehouse: Warehouse, form: number, name: string): Promise<void> {
  await warehouse.run("begin");
  try {
    await warehouse.run("create table if not exists quarterdeck_migration (form integer not null, name varchar not null)");
    await warehouse.run(readFileSync(join(MIGRATIONS, name), "utf8"));
    await warehouse.run("insert into quarterdeck_migration values (?, ?)", [form, name]);
    await warehouse.run("commit");
  } catch (error) {
    await warehouse.run("rollback");
    throw error;
  }
}
