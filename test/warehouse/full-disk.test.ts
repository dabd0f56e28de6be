import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openWarehouse } from "../../src/warehouse/open.ts";
import { CONFIG, tinyWorld, World } from "../cli/commands/world.ts";

const mount = (folder: string, options: string) =>
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder], { stdio: "ignore" });

/** A disk of some megabytes that ends with the test. */
function smallDisk(megabytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-disk-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mount(folder, `size=${megabytes}m`);
  onTestFinished(() => void execFileSync("umount", ["--lazy", folder]));
  return folder;
}

const resize = (folder: string, megabytes: number) => mount(folder, `remount,size=${megabytes}m`);

/** Leaves some kilobytes free on a disk. */
function fill(folder: string, kilobytesLeft: number): string {
  const { bavail, bsize } = statfsSync(folder);
  const file = join(folder, "filler");
  writeFileSync(file, Buffer.alloc(Math.max(0, bavail * bsize - kilobytesLeft * 1024)));
  return file;
}

function canMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-disk-"));
  try {
    mount(folder, "size=1m");
    execFileSync("umount", [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ofSmallDisk = test.skipIf(!canMount());

function worldOn(folder: string): World {
  return tinyWorld({ config: `${CONFIG}\ndatabase: ${folder}/quarterdeck.duckdb\n` });
}

const NO_SPACE = "no space left on the disk of quarterdeck.duckdb: free some and run this again; everything stored before is kept\n";

async function stored(folder: string): Promise<unknown> {
  const warehouse = await openWarehouse(join(folder, "quarterdeck.duckdb"), { mode: "read" });
  const rows = await warehouse.rows("select * from raw.current order by source, stream, key");
  warehouse.close();
  return rows;
}

const manyDeployments = (rows: number) =>
  [
    "id,service,environment,version,finished_at,status",
    ...Array.from({ length: rows }, (_, row) => `m${row},api,production,${Math.sin(row)},2026-02-10T10:00:00Z,success`),
  ].join("\n");

ofSmallDisk("a disk that is full while collecting (needs root, to mount a small one)", async () => {
  const folder = smallDisk(12);
  const world = worldOn(folder);
  expect((await world.run("collect")).code).toBe(0);
  const before = await stored(folder);
  const filler = fill(folder, 64);
  world.write("data/deployments-2.csv", manyDeployments(30_000));
  const { code, err, out } = await world.run("collect");
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err.split("\n").at(-2)).toBe(`quarterdeck: ${NO_SPACE.trimEnd()}`);
  expect(await stored(folder)).toEqual(before);
  rmSync(filler);
  resize(folder, 128);
  expect((await world.run("collect")).code).toBe(0);
  expect(((await stored(folder)) as unknown[]).length).toBe(30_005);
  expect((await world.run("verify")).code).toBe(0);
});

ofSmallDisk("a disk that is full before there is a database leaves none (needs root, to mount a small one)", async () => {
  const folder = smallDisk(1);
  fill(folder, 0);
  const world = worldOn(folder);
  const { code, err } = await world.run("collect");
  expect({ code, err }).toEqual({ code: 2, err: `quarterdeck: ${NO_SPACE}` });
  resize(folder, 32);
  expect((await world.run("collect")).code).toBe(0);
});

ofSmallDisk("a disk that is full while building leaves the figures of before (needs root, to mount a small one)", async () => {
  const folder = smallDisk(128);
  const world = worldOn(folder);
  await world.run("collect");
  const figures = await world.run("metrics", "--as-of", "2026-03-01", "--json");
  const filler = fill(folder, 64);
  const { code, err, out } = await world.run("metrics", "--as-of", "2026-03-31");
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(/^quarterdeck: (.*: )?no space left on the disk of quarterdeck.duckdb: free some and run this again; everything stored before is kept\n$/);
  const warehouse = await openWarehouse(join(folder, "quarterdeck.duckdb"), { mode: "read" });
  expect(await warehouse.rows("select as_of from raw.model_build")).toEqual([{ as_of: "2026-03-02T00:00:00Z" }]);
  expect(await warehouse.rows("select count(*) as n from model.wave")).toEqual([{ n: 3 }]);
  warehouse.close();
  expect(await world.run("metrics", "--as-of", "2026-03-01", "--json")).toEqual(figures);
  rmSync(filler);
  expect((await world.run("metrics", "--as-of", "2026-03-31")).code).toBe(0);
});

ofSmallDisk("a file that finds no space is refused in words, and a disk that is read-only too (needs root, to mount a small one)", async () => {
  const folder = smallDisk(1);
  const world = new World(folder);
  const filler = fill(folder, 0);
  const full = await world.run("init");
  expect(full).toMatchObject({ code: 2, err: expect.stringMatching(/^quarterdeck: .* cannot be written: no space left on its disk; mend that and run this again\n$/) as string });
  expect(await world.run("catalogue", "de.json")).toMatchObject({ code: 2, out: "" });
  expect(readdirSync(folder)).toEqual(["filler"]);
  rmSync(filler);
  mount(folder, "remount,ro");
  const readOnly = await world.run("init");
  expect(readOnly).toMatchObject({ code: 2, err: expect.stringMatching(/^quarterdeck: .*quarterdeck.yaml.* cannot be written: its disk is read-only; mend that and run this again\n$/) as string });
  mount(folder, "remount,rw");
  expect((await world.run("init")).code).toBe(0);
});
