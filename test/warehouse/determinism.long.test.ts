import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ACME_AS_OF, generateAcme } from "../../examples/acme/generate.ts";
import { main } from "../../src/cli/main.ts";
import { packageRoot } from "../../src/package-root.ts";
import { recordedEffects } from "../cli/effects.ts";

const folder = mkdtempSync(join(tmpdir(), "quarterdeck-test-"));

beforeAll(async () => {
  copyFileSync(join(packageRoot, "examples/acme/quarterdeck.yaml"), join(folder, "quarterdeck.yaml"));
  await generateAcme(join(folder, "data"), {});
  // Some rows are wrong on purpose.
  expect(await main(["collect"], recordedEffects(folder))).toBe(1);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function hashes(name: string, threads: number, env: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const database = join(folder, `${name}.duckdb`);
  copyFileSync(join(folder, "quarterdeck.duckdb"), database);
  const script = join(import.meta.dirname, "build-and-hash.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [script, folder, database, ACME_AS_OF, String(threads)], {
    env: { PATH: process.env["PATH"], ...env },
  });
  return JSON.parse(stdout) as Record<string, string>;
}

test("two years of a company: every table is the same whatever the threads, time zone and language", async () => {
  const [one, four] = await Promise.all([
    hashes("one", 1, { TZ: "UTC", LANG: "C", LC_ALL: "C" }),
    hashes("four", 4, { TZ: "Pacific/Chatham", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" }),
  ]);
  expect(Object.keys(one).length).toBeGreaterThan(100);
  expect(four).toEqual(one);
});
