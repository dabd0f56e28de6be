import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { expect, test } from "vitest";
import { readArchiveManifest } from "../../src/archive/manifest.ts";
import { ofProcess } from "../../src/killed.ts";
import { tinyWorld, type World } from "../cli/commands/world.ts";
import { LONG, collectedWorld, sealed } from "./support.ts";

const held = (world: World, name: string) => {
  const manifest = readArchiveManifest(world.path(`archives/${name}`));
  return manifest && [manifest.held.records, manifest.held.timeless];
};

test("each month until one is archived with what belongs to it, signed, private and verified on its own", async () => {
  const world = await collectedWorld();
  const { code, out, err } = await world.run("archive", "--until", "2026-03");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toBe(
    "2026-01: 1 record in archives/2026-01\n2026-02: 3 records in archives/2026-02\n2026-03: 1 record in archives/2026-03\n",
  );
  expect(["2026-01", "2026-02", "2026-03"].map((name) => held(world, name))).toEqual([
    [2, 1],
    [4, 1],
    [2, 1],
  ]);
  expect(statSync(world.path("archives/2026-02")).mode & 0o077).toBe(0);
  expect(statSync(world.path("archives/2026-02/payload.parquet")).mode & 0o077).toBe(0);
  cpSync(world.path("archives/2026-02"), world.path("elsewhere"), { recursive: true });
  const verified = await tinyWorld().run(
    "archive",
    "verify",
    world.path("elsewhere"),
    "--key",
    world.path("audit.pub"),
  );
  expect(verified.code).toBe(0);
  expect(verified.out).toMatch(
    /elsewhere: 2026-02, 4 records of 6 that were collected: nothing was altered; signed by the key in .*audit\.pub \(SHA256:/,
  );
});

test("a second time nothing is written; what comes late goes into another edition, which holds only that", async () => {
  const world = await collectedWorld();
  await world.run("archive", "--period", "2026-Q1");
  const before = readFileSync(world.path("archives/2026-Q1/SHA256SUMS"), "utf8");
  expect((await world.run("archive", "--period", "2026-Q1")).out).toBe(
    "2026-Q1: archived before in archives/2026-Q1; nothing has come to it\n",
  );
  world.now = new Date("2026-05-01T00:00:00Z");
  world.write(
    "data/deployments-late.csv",
    "id,service,environment,version,finished_at,status\nd0,api,production,0.9.0,2026-01-02T10:00:00Z,success\n",
  );
  await world.run("collect");
  expect((await world.run("archive", "--period", "2026-Q1")).out).toBe(
    "2026-Q1: 1 record in archives/2026-Q1-e2, which came too late for the first edition\n",
  );
  expect(held(world, "2026-Q1-e2")).toEqual([2, 1]);
  expect(readFileSync(world.path("archives/2026-Q1/SHA256SUMS"), "utf8")).toBe(before);
  expect((await world.run("archive", "verify", "archives")).code).toBe(0);
});

test("a period that is not over, or is none, or is taken by something else, is refused", async () => {
  const world = await collectedWorld();
  const said = async (...args: string[]) => {
    const { code, err } = await world.run("archive", ...args);
    return [code, err.replace("quarterdeck: ", "").trimEnd()];
  };
  expect(await said("--period", "2026-Q2")).toEqual([
    2,
    "2026-Q2 is not over at 2026-04-01T00:00:00Z, up to which is known what happened: it ends at 2026-07-01T00:00:00Z; archive it after a collection later than that",
  ]);
  expect((await said("--period", "2026-Q2", "--as-of", "2026-07-02"))[1]).toContain("2026-Q2 is not over at 2026-04-01T00:00:00");
  expect(await said("--period", "2026-13")).toEqual([
    2,
    '--period: expected a month (2026-03), a quarter (2026-Q1) or a year (2025), found "2026-13"',
  ]);
  expect(await said()).toEqual([
    2,
    "archive needs one of --period and --until: which month, quarter or year; or verify, restore or list",
  ]);
  mkdirSync(world.path("archives/2026-Q1"));
  expect(await said("--period", "2026-Q1")).toEqual([
    2,
    `${world.path("archives/2026-Q1")} holds something else than an archive of 2026-Q1: move it away`,
  ]);
  expect((await world.run("archive", "--period", "2019")).out).toBe(
    "2019: nothing that is held belongs to it, so nothing was written\n",
  );
});

test(
  "into an empty database everything comes back to the byte, with the same tables; twice changes nothing",
  async () => {
    const world = await collectedWorld();
    const figures = await world.json("metrics", "--by", "month");
    await world.run("archive", "--until", "2026-03");
    const before = await sealed(world);
    rmSync(world.path("quarterdeck.duckdb"));
    const { code, out, err } = await world.run(
      "archive",
      "restore",
      "archives",
      "--by",
      "ann",
      "--key",
      "audit.pub",
    );
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.trimEnd().split("\n").at(-1)).toMatch(/2026-01: 1 record says again what it said$/);
    expect(await sealed(world)).toEqual(before);
    expect((await world.run("verify")).out).toMatch(
      /^6 records in 3 batches, chain head [0-9a-f]{64}: all hashes match\n/,
    );
    expect(await world.json("metrics", "--by", "month")).toEqual(figures);
    const again = await world.run("archive", "restore", "archives", "--by", "ann");
    expect(again.out).toBe(
      ["2026-03", "2026-02", "2026-01"]
        .map((name) => `archives/${name}: everything in it is in the database already; nothing was changed\n`)
        .join(""),
    );
    expect(
      await world.inside((warehouse) => warehouse.rows("select count(*) as n from raw.custody")),
    ).toEqual([{ n: 3 }]);
  },
  LONG,
);

test("of one archive alone the chain verifies; what it does not hold comes back when its source says the same again", async () => {
  const world = await collectedWorld();
  const before = await sealed(world);
  await world.run("archive", "--period", "2026-02");
  rmSync(world.path("quarterdeck.duckdb"));
  expect((await world.run("archive", "restore", "archives/2026-02", "--by", "ann")).out).toBe(
    "archives/2026-02: 4 records say again what they said; 6 versions are new to the database; 2 are known by their hash alone, since this archive does not hold them\n",
  );
  expect((await world.run("verify")).out).toMatch(
    /all hashes match; of 2 versions, known by their hash alone,/,
  );
  await world.run("collect");
  expect(await sealed(world)).toEqual(before);
});

test("a file that was altered, removed or added is named, and nothing of its archive is restored", async () => {
  const world = await collectedWorld();
  await world.run("archive", "--period", "2026-Q1");
  const files = readdirSync(world.path("archives/2026-Q1"));
  for (const file of files) {
    cpSync(world.path("archives/2026-Q1"), world.path("tampered"), { recursive: true });
    const bytes = readFileSync(world.path(`tampered/${file}`));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 4;
    writeFileSync(world.path(`tampered/${file}`), bytes);
    const { code, out } = await world.run("archive", "verify", "tampered", "--key", "audit.pub");
    expect([file, code, out.includes(`${file}: `)]).toEqual([file, 1, true]);
    rmSync(world.path(`tampered/${file}`));
    expect((await world.run("archive", "verify", "tampered", "--key", "audit.pub")).out).toContain(
      `${file}: is missing`,
    );
    rmSync(world.path("tampered"), { recursive: true });
  }
  rmSync(world.path("archives/2026-Q1/run.parquet"));
  rmSync(world.path("quarterdeck.duckdb"));
  const { code, out } = await world.run("archive", "restore", "archives/2026-Q1", "--by", "ann");
  expect([code, out]).toEqual([1, expect.stringContaining("nothing was restored")]);
  expect(existsSync(world.path("quarterdeck.duckdb"))).toBe(false);
});

test("another key than the one given, and an archive of another database, are refused by name", async () => {
  const world = await collectedWorld();
  await world.run("archive", "--period", "2026-Q1");
  const { code, out } = await world.run(
    "archive",
    "verify",
    "archives/2026-Q1",
    "--key",
    `SHA256:${"A".repeat(43)}`,
  );
  expect([code, out]).toEqual([1, expect.stringContaining("which is not one that was given")]);
  const other = await collectedWorld();
  other.write("data/incidents.csv", "id,service,started_at\ni9,web,2026-03-04T00:00:00Z\n");
  rmSync(other.path("quarterdeck.duckdb"));
  await other.run("collect");
  const before = await sealed(other);
  const refused = await other.run("archive", "restore", world.path("archives/2026-Q1"), "--by", "ann");
  expect([refused.code, refused.err]).toEqual([
    2,
    expect.stringMatching(
      /2026-Q1 was not written from this database: batch 2 of the database is another than that of the archive.*nothing was changed/,
    ),
  ]);
  expect(await sealed(other)).toEqual(before);
});

test("the stock tools of VERIFY.md say what it expects", async () => {
  const world = await collectedWorld();
  await world.run("archive", "--period", "2026-Q1");
  const cwd = world.path("archives/2026-Q1");
  cpSync(world.path("audit.pub"), world.path("archives/audit.pub"));
  const guide = readFileSync(world.path("archives/2026-Q1/VERIFY.md"), "utf8");
  const typed = [...guide.matchAll(/^ {4}(\S.*)$/gm)]
    .map(([, line]) => line ?? "")
    .filter((line) => /^(sha256sum|\(printf|ssh-keygen)/.test(line));
  const said = execFileSync("bash", ["-c", typed.join("\n")], { cwd, encoding: "utf8" });
  expect(said.match(/: OK$/gm)).toHaveLength(readdirSync(cwd).length - 2);
  expect(guide).toContain(said.trimEnd().split("\n").at(-1));
});

test("what a killed process left is no archive, and goes with the next one written", async () => {
  const world = await collectedWorld();
  // A number that no process has any more.
  const left = world.path(`archives/${ofProcess(".2026-Q1", 4_194_303)}abcdef/archive`);
  mkdirSync(left, { recursive: true });
  writeFileSync(`${left}/payload.parquet`, "PAR1");
  expect(await world.json("archive", "list")).toEqual([]);
  expect((await world.run("archive", "--period", "2026-Q1")).code).toBe(0);
  expect(readdirSync(world.path("archives"))).toEqual(["2026-Q1"]);
});

test("on a full disk there is no archive, and words say why (needs root, to mount a small one)", async ({
  skip,
}) => {
  const world = await collectedWorld();
  mkdirSync(world.path("disk"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", world.path("disk")], {
      stdio: "ignore",
    });
  } catch {
    skip();
  }
  try {
    const { code, err } = await world.run("archive", "--period", "2026-Q1", "--output", "disk");
    expect([code, err]).toEqual([
      2,
      `quarterdeck: no space left for an archive in ${world.path("disk")}: free some and run this again; nothing was written\n`,
    ]);
    expect(readdirSync(world.path("disk"))).toEqual([]);
  } finally {
    execFileSync("umount", ["--lazy", world.path("disk")]);
  }
});
