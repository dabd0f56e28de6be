import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ACME_AS_OF, generateAcme } from "../../examples/acme/generate.ts";
import { packageRoot } from "../../src/package-root.ts";

const folder = mkdtempSync(join(tmpdir(), "quarterdeck-same-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function quarterdeck(
  args: readonly string[],
  env: Record<string, string> = {},
  wrapper: readonly string[] = [],
): void {
  const [command = "", ...rest] = [
    ...wrapper,
    process.execPath,
    join(packageRoot, "bin/quarterdeck.js"),
    ...args,
  ];
  execFileSync(command, rest, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

beforeAll(async () => {
  mkdirSync(join(folder, "data"));
  useThreads(2);
  await generateAcme(join(folder, "data"), { scale: 0.1 });
  try {
    quarterdeck(["collect"]);
  } catch (error) {
    // 1 = rows were rejected, which Acme has on purpose.
    expect(error).toMatchObject({ status: 1 });
  }
});

/** Acme's configuration with so many threads that make pages. */
function useThreads(threads: number): void {
  const config = readFileSync(join(packageRoot, "examples/acme/quarterdeck.yaml"), "utf8");
  writeFileSync(join(folder, "quarterdeck.yaml"), `${config}page_threads: ${threads}\n`);
}

/** Builds the site, and with it the packs of the last releases, anew and hashes every file. */
function publish(
  name: string,
  env: Record<string, string>,
  options: readonly string[] = [],
  wrapper: readonly string[] = [],
): Record<string, string> {
  const output = join(folder, name);
  quarterdeck(["build", "--as-of", ACME_AS_OF, "--output", output, ...options], env, wrapper);
  const files = globSync("**/*", { cwd: output, dot: true }).sort();
  const hash = (file: string) =>
    createHash("sha256")
      .update(readFileSync(join(output, file)))
      .digest("hex");
  return Object.fromEntries(files.map((file) => [file, hash(file)]));
}

test("site and packs are the same bytes in another time zone and locale and with other threads", () => {
  const here = publish("here", { TZ: "UTC", LC_ALL: "C.UTF-8" });
  useThreads(1);
  // Another as-of in between makes the model be built anew.
  quarterdeck(["metrics", "--as-of", "2026-03-31"]);
  // On one processor DuckDB runs with one thread.
  const alone = ["taskset", "--cpu-list", "0"];
  const there = publish("there", { TZ: "Pacific/Auckland", LC_ALL: "tr_TR.UTF-8" }, ["--no-cache"], alone);
  expect(Object.keys(here).length).toBeGreaterThan(100);
  expect(Object.keys(here).filter((file) => file.endsWith("/pack.pdf")).length).toBeGreaterThan(3);
  expect(there).toEqual(here);
}, 400_000);
