import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { temporaryFolder, tinyWorld } from "../cli/commands/world.ts";

const DISABLED = /file system operations are disabled|configuration has been locked|disabled by configuration/;

/** A database beside a folder `open` that may be written to, `opened` whose name begins alike, and a secret. */
async function place(writesTo?: "open"): Promise<{ folder: string; warehouse: Warehouse }> {
  const folder = temporaryFolder();
  const path = join(folder, "q.duckdb");
  (await openWarehouse(path, { mode: "write" })).close();
  for (const name of ["open", "opened"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "secret.csv"), "a\n1\n");
  const warehouse = await openWarehouse(path, { mode: "read", ...(writesTo && { writesTo: join(folder, writesTo) }) });
  onTestFinished(() => warehouse.close());
  return { folder, warehouse };
}

describe("a session that writes to one folder", () => {
  test("writes there, in its own folders too", async () => {
    const { folder, warehouse } = await place("open");
    mkdirSync(join(folder, "open/below"));
    for (const file of ["open/x.parquet", "open/below/x.csv"]) {
      await warehouse.run(`copy (select 1 as a) to '${folder}/${file}'`);
      expect(existsSync(join(folder, file)), file).toBe(true);
    }
  });

  test("reads and writes nothing anywhere else, and cannot change that", async () => {
    const { folder, warehouse } = await place("open");
    for (const sql of [
      `copy (select 1 as a) to '${folder}/opened/x.csv'`,
      `copy (select 1 as a) to '${folder}/open/../opened/x.csv'`,
      `copy (select 1 as a) to '${folder}/open/below/../../opened/x.csv'`,
      `copy (select 1 as a) to 'x.csv'`,
      `select * from '${folder}/secret.csv'`,
      `select * from read_text('${folder}/open/../secret.csv')`,
      "select * from read_text('/etc/hostname')",
      `attach '${folder}/opened/x.duckdb' as x`,
      `export database '${folder}/opened'`,
      `set allowed_directories = ['${folder}']`,
      `set allowed_paths = ['${folder}/secret.csv']`,
      "set enable_external_access = true",
      "load httpfs",
    ]) {
      await expect(warehouse.run(sql), sql).rejects.toThrow();
    }
    await expect(warehouse.run(`copy (select 1 as a) to '${folder}/opened/x.csv'`)).rejects.toThrow(DISABLED);
    expect(existsSync(join(folder, "opened/x.csv"))).toBe(false);
    expect(existsSync("x.csv")).toBe(false);
  });

  test("cannot change the database", async () => {
    const { warehouse } = await place("open");
    await expect(warehouse.run("create table raw.mine (a int)")).rejects.toThrow(/read-only/);
  });
});

test("every other session writes nowhere, not even there", async () => {
  const { folder, warehouse } = await place();
  await expect(warehouse.run(`copy (select 1 as a) to '${folder}/open/x.csv'`)).rejects.toThrow(DISABLED);
  const writer = await openWarehouse(join(temporaryFolder(), "q.duckdb"), { mode: "write" });
  onTestFinished(() => writer.close());
  await expect(writer.run(`copy (select 1 as a) to '${folder}/open/x.csv'`)).rejects.toThrow(DISABLED);
  expect(existsSync(join(folder, "open/x.csv"))).toBe(false);
});

test("neither SQL of `query` nor a query file can write a file or read one", async () => {
  const world = tinyWorld();
  await world.run("collect");
  const target = world.path("public/data/x.csv");
  mkdirSync(world.path("public/data"), { recursive: true });
  const asked = [`copy (select 1 as a) to '${target}'`, `select * from '${world.path("data/deployments.csv")}'`, `select * from read_csv('${target}')`];
  for (const sql of asked) expect((await world.run("query", sql)).code, sql).toBe(2);
  world.write("queries/publish/mine.sql", `/*\ntitle: Mine\n*/\nselect * from read_text('${world.path("quarterdeck.yaml")}')\n`);
  expect(await world.run("build")).toMatchObject({ code: 2, err: expect.stringContaining("read_text() is not allowed") as string });
  expect(existsSync(target)).toBe(false);
}, 60_000);
