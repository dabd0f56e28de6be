import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tinyWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  process.umask(0o022);
  world = tinyWorld({ keep: true });
  await world.run("collect");
});

afterAll(() => world.remove());

function filesOf(folder: string): Record<string, string> {
  const files = readdirSync(world.path(folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(world.path(folder).length), createHash("sha256").update(readFileSync(path)).digest("hex")];
    }),
  );
}

test("build writes a site that everybody may read, beside a database that only its owner may", async () => {
  const { code, out } = await world.run("build");
  expect(code).toBe(0);
  expect(out).toMatch(/^\d+ pages as of 2026-04-01T00:00:00Z in public\n$/);
  expect((statSync(world.path("public/index.html")).mode & 0o777).toString(8)).toBe("644");
  expect((statSync(world.path("public")).mode & 0o777).toString(8)).toBe("755");
  expect((statSync(world.path("quarterdeck.duckdb")).mode & 0o777).toString(8)).toBe("600");
});

test("build again, in another process and elsewhere, writes the same bytes", async () => {
  const first = filesOf("public");
  const { code, err } = await world.spawn(["build", "--output", "again"], { TZ: "Asia/Kolkata", LANG: "tr_TR.UTF-8" });
  expect(code, err).toBe(0);
  expect(filesOf("again")).toEqual(first);
});

test("build as of another day writes other figures", async () => {
  const { code, out } = await world.run("build", "--as-of", "2026-02-28", "-o", "february");
  expect(code).toBe(0);
  expect(out).toContain("as of 2026-03-01T00:00:00");
  expect(filesOf("february")["/index.html"]).not.toBe(filesOf("public")["/index.html"]);
});

test("pack writes a release", async () => {
  const { code, out } = await world.run("pack", "release", "api");
  expect(code).toBe(0);
  expect(out).toMatch(/^public\/packs\/.*\(\d+ files\)\n$/);
  const names = Object.keys(filesOf("public/packs"));
  expect(names.some((name) => name.endsWith(".pdf"))).toBe(true);
});

test("pack of what never went live", async () => {
  expect((await world.run("pack", "release", "nosuch")).err).toMatch(/^quarterdeck: no release of "nosuch" is known to have gone live/);
  expect((await world.run("pack", "audit")).err).toBe('quarterdeck: pack: expected `release`, found "audit"\n');
});

test("pack of all releases where none has gone live yet is no failure", async () => {
  const { code, out, err } = await world.run("pack", "release", "--as-of", "2020-01-01");
  expect(err).toBe("note: no release is known to have gone live: deployments need a version\n");
  expect({ code, out }).toEqual({ code: 0, out: "" });
});
