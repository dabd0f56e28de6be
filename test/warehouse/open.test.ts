import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, onTestFinished, test } from "vitest";
import { DataError } from "../../src/errors.ts";
import { ownFolder } from "../../src/killed.ts";
import { databaseError } from "../../src/warehouse/database-error.ts";
import { openWarehouse, usableMegabytes } from "../../src/warehouse/open.ts";
import { temporaryFolder, tinyWorld } from "../cli/commands/world.ts";

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

async function newDatabase(folder = temporaryFolder()): Promise<string> {
  const path = join(folder, "quarterdeck.duckdb");
  const warehouse = await openWarehouse(path, { mode: "write" });
  warehouse.close();
  return path;
}

/** Runs SQL in a database of DuckDB that need not be ours. */
async function duckdb(path: string, ...statements: string[]): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const sql of statements) await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}

describe("memory", () => {
  const limitOf = async (memoryLimit?: string) => {
    const warehouse = await openWarehouse(":memory:", { mode: "write", memoryLimit });
    const [row] = await warehouse.rows<{ memory: string }>("select current_setting('memory_limit') as memory");
    warehouse.close();
    return row?.memory;
  };

  test("is bounded unless more is asked for", async () => {
    expect(usableMegabytes()).toBeLessThanOrEqual(4000);
    expect(await limitOf()).toBe(await limitOf(`${usableMegabytes()}MB`));
    expect(await limitOf("512MB")).toBe("488.2 MiB");
  });
});

describe("who may read", () => {
  test("the database and its log are its owner's, and files made later are not affected", async () => {
    const folder = temporaryFolder();
    const before = process.umask(0o022);
    onTestFinished(() => void process.umask(before));
    const path = join(folder, "quarterdeck.duckdb");
    const warehouse = await openWarehouse(path, { mode: "write" });
    await warehouse.run("insert into raw.run values (1, now(), now(), 'completed', 'test')");
    expect(readdirSync(folder).map((name) => [name, mode(join(folder, name))])).toEqual([
      ["quarterdeck.duckdb", "600"],
      ["quarterdeck.duckdb.wal", "600"],
    ]);
    warehouse.close();
    writeFileSync(join(folder, "page.html"), "");
    expect(mode(join(folder, "page.html"))).toBe("644");
  });

  test("a database that others could read is closed to them", async () => {
    const path = await newDatabase();
    chmodSync(path, 0o644);
    (await openWarehouse(path, { mode: "write" })).close();
    expect(mode(path)).toBe("600");
  });

  test("what a reader's query puts on disk is its owner's, and gone afterwards", async () => {
    const path = await newDatabase();
    const warehouse = await openWarehouse(path, { mode: "read", memoryLimit: "100MB", threads: 1 });
    const [row] = await warehouse.rows<{ folder: string }>("select current_setting('temp_directory') as folder");
    const folder = row?.folder ?? "";
    expect(mode(folder)).toBe("700");
    const sorted = "select count(*) as n from (select range, row_number() over (order by hash(range)) from range(2000000))";
    expect(await warehouse.rows(sorted)).toEqual([{ n: 2_000_000 }]);
    warehouse.close();
    expect(existsSync(folder)).toBe(false);
  });

  test("the mask comes back when opening fails", async () => {
    const before = process.umask(0o027);
    onTestFinished(() => void process.umask(before));
    await expect(openWarehouse(join(temporaryFolder(), "no/such/folder.duckdb"), { mode: "write" })).rejects.toThrow();
    const path = join(temporaryFolder(), "text");
    writeFileSync(path, "text");
    await expect(openWarehouse(path, { mode: "write" })).rejects.toThrow();
    expect(process.umask(0o027)).toBe(0o027);
  });
});

const DAMAGED = /is damaged or is not a Quarterdeck database: restore a backup, or move it away and collect again; nothing was changed$/;

/** Path -> what is made of a good database there. */
const UNUSABLE: Readonly<Record<string, readonly [(path: string) => void | Promise<void>, RegExp]>> = {
  text: [(path) => writeFileSync(path, "id,service\n".repeat(2000)), DAMAGED],
  "another kind of database": [
    (path) => writeFileSync(path, Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(8000)])),
    DAMAGED,
  ],
  "a file that was cut off": [(path) => truncateSync(path, 100_000), DAMAGED],
  "a file cut off in its head": [(path) => truncateSync(path, 5000), DAMAGED],
  "overwritten blocks": [(path) => change(path, (bytes) => bytes.fill(0x5a, 8192, 40_000)), DAMAGED],
  "an overwritten head": [(path) => change(path, (bytes) => bytes.fill(0x5a, 0, 4096)), DAMAGED],
  "an empty file": [(path) => truncateSync(path, 0), /is empty, so it is no database: delete it, then run `quarterdeck collect`$/],
  "a newer engine": [
    (path) => change(path, (bytes) => storageVersion(bytes, 200n)),
    /was written by a newer version of the database engine: upgrade quarterdeck, or restore the backup beside it; nothing was changed$/,
  ],
  "an old engine": [
    (path) => change(path, (bytes) => storageVersion(bytes, 1n)),
    /was written by an old version of the database engine that is no longer read: move it away and collect again; nothing was changed$/,
  ],
  "a newer form": [
    (path) => duckdb(path, "insert into quarterdeck_migration values (99, 'later')"),
    /has form 99, this version of quarterdeck knows \d+: upgrade quarterdeck; nothing was changed$/,
  ],
};

describe.each(["read", "write"] as const)("to %s", (access) => {
  test.each(Object.entries(UNUSABLE))("%s is refused in one sentence and left as it is", async (_, [spoil, sentence]) => {
    const path = await newDatabase();
    await spoil(path);
    const before = readFileSync(path);
    await expect(openWarehouse(path, { mode: access })).rejects.toThrow(
      expect.objectContaining({ name: "DataError", message: expect.stringMatching(sentence) as string }) as Error,
    );
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(join(path, ".."))).toEqual([basename(path)]);
  });

  test.each([["table", "create table deployment (id int)"], ["view", "create view x as select 1"], ["schema", "create schema raw"]])(
    "a DuckDB database with a %s of somebody else is refused",
    async (_, sql) => {
      const path = join(temporaryFolder(), "other.duckdb");
      await duckdb(path, sql);
      const before = readFileSync(path);
      await expect(openWarehouse(path, { mode: access })).rejects.toThrow(/is a DuckDB database but not one of Quarterdeck: name another file; nothing was changed$/);
      expect(readFileSync(path).equals(before)).toBe(true);
    },
  );

  test("a folder", async () => {
    const path = join(temporaryFolder(), "folder");
    mkdirSync(path);
    await expect(openWarehouse(path, { mode: access })).rejects.toThrow(/folder is a folder: `database` in quarterdeck.yaml must name a file$/);
  });

  test("a device", async () => {
    await expect(openWarehouse("/dev/null", { mode: access })).rejects.toThrow("/dev/null is no ordinary file: correct `database` in quarterdeck.yaml");
  });
});

test("a file that is refused can be put right in the same process", async () => {
  const path = await newDatabase();
  const before = readFileSync(path);
  writeFileSync(path, "text");
  await expect(openWarehouse(path, { mode: "write" })).rejects.toThrow(DAMAGED);
  writeFileSync(path, before);
  (await openWarehouse(path, { mode: "write" })).close();
});

test("blocks that are only read by a query are found damaged by the query", async () => {
  const path = await newDatabase();
  await duckdb(path, "create table raw.much as select range as a, hash(range) as b from range(300000)");
  change(path, (bytes) => bytes.fill(0x5a, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 262_144));
  const warehouse = await openWarehouse(path, { mode: "read" });
  onTestFinished(() => warehouse.close());
  await expect(warehouse.rows("select sum(a), max(b) from raw.much")).rejects.toThrow(DAMAGED);
});

test("no database, and nowhere to put one", async () => {
  const folder = temporaryFolder();
  await expect(openWarehouse(join(folder, "q.duckdb"), { mode: "read" })).rejects.toThrow(
    `there is no database at ${folder}/q.duckdb: run \`quarterdeck collect\` first`,
  );
  await expect(openWarehouse(join(folder, "no/q.duckdb"), { mode: "write" })).rejects.toThrow(
    `there is no folder ${folder}/no: create it, or correct \`database\` in quarterdeck.yaml`,
  );
});

test("a first run that was cut short before anything was stored", async () => {
  const path = join(temporaryFolder(), "q.duckdb");
  await duckdb(path, "select 1");
  await expect(openWarehouse(path, { mode: "read" })).rejects.toThrow("nothing was collected yet: run `quarterdeck collect` first");
  const warehouse = await openWarehouse(path, { mode: "write" });
  expect(await warehouse.rows("select count(*) as n from raw.record")).toEqual([{ n: 0 }]);
  warehouse.close();
});

describe("a database in use by another process", () => {
  async function holder(path: string): Promise<number> {
    const script = `
      const { DuckDBInstance } = await import("@duckdb/node-api");
      globalThis.held = await DuckDBInstance.create(process.argv[1]);
      console.log("held");
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script, path], {
      cwd: join(import.meta.dirname, "../.."),
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(async () => {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    });
    await once(child.stdout, "data");
    return child.pid ?? 0;
  }

  test("is named with the other's PID, by every command, and not changed", async () => {
    const world = tinyWorld();
    await world.run("collect");
    const before = readFileSync(world.path("quarterdeck.duckdb"));
    const pid = await holder(world.path("quarterdeck.duckdb"));
    for (const command of ["collect", "metrics", "verify"]) {
      expect(await world.run(command)).toEqual({
        code: 2,
        out: "",
        err: `quarterdeck: quarterdeck.duckdb is in use by another process (PID ${pid}): wait until it has ended, then run this again; nothing was changed\n`,
      });
    }
    expect(readFileSync(world.path("quarterdeck.duckdb")).equals(before)).toBe(true);
  });

  test("a new database that another process is just making is not taken away from it", async () => {
    const path = join(temporaryFolder(), "q.duckdb");
    await holder(path);
    await expect(openWarehouse(path, { mode: "write" })).rejects.toThrow(/is in use by another process/);
    expect(existsSync(path)).toBe(true);
  });
});

test("two readers at the same time", async () => {
  const path = await newDatabase();
  const one = await openWarehouse(path, { mode: "read" });
  const two = await openWarehouse(path, { mode: "read" });
  onTestFinished(() => [one, two].forEach((warehouse) => warehouse.close()));
  expect(await two.rows("select 1 as a")).toEqual(await one.rows("select 1 as a"));
});

test("more memory than there is", async () => {
  const warehouse = await openWarehouse(":memory:", { mode: "write", memoryLimit: "30MB", threads: 1 });
  onTestFinished(() => warehouse.close());
  await expect(warehouse.rows("select length(string_agg(repeat('x', 100), ',')) from range(3000000)")).rejects.toThrow(
    /^more memory is needed than the database may take \([\d.]+ MiB\): raise `database_memory` in quarterdeck.yaml, or run this where there is more; everything stored before is kept$/,
  );
});

test("memory that is used up is not said to be a full disk, whatever could not be had", () => {
  const said = new Error("Out of Memory Error: could not allocate block of size 256.0 KiB (2.6 GiB/2.6 GiB used)");
  expect(databaseError(said, "/data/quarterdeck.duckdb")?.message).toContain("more memory is needed than the database may take (2.6 GiB)");
});

function change(path: string, edit: (bytes: Buffer) => void): void {
  const bytes = readFileSync(path);
  edit(bytes);
  writeFileSync(path, bytes);
}

/** Writes another version of the file format into the head of a database, with its checksum. */
function storageVersion(bytes: Buffer, version: bigint): void {
  bytes.writeBigUInt64LE(version, 12);
  let sum = 5381n;
  for (let at = 8; at < 4096; at += 8) sum ^= BigInt.asUintN(64, bytes.readBigUInt64LE(at) * 0xbf58476d1ce4e5b9n);
  bytes.writeBigUInt64LE(sum, 0);
}

test("a full disk is named by the file that was written to it", () => {
  const full = (file: string) =>
    databaseError(new Error(`IO Error: Could not write file "${file}": No space left on device`), "/data/quarterdeck.duckdb")?.message;
  expect(full("/tmp/quarterdeck-site-1/data/risk.parquet")).toMatch(/^no space left on the disk of \/tmp\/quarterdeck-site-1\/data\/risk\.parquet: /);
  expect(full("/data/quarterdeck.duckdb.wal")).toMatch(/^no space left on the disk of quarterdeck\.duckdb: /);
});

test("a folder for temporary files that is not there is named", () => {
  expect(() => ownFolder("/no/such/folder", "quarterdeck-read")).toThrow(
    new DataError("there is no folder /no/such/folder, where temporary files go: make it, or let TMPDIR name another"),
  );
});
