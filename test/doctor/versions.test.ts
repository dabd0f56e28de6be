import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Finding } from "../../src/doctor/finding.ts";
import { isAtLeast, versionFindings } from "../../src/doctor/versions.ts";
import { recordedEffects } from "../cli/effects.ts";
import { temporaryFolder } from "../cli/commands/world.ts";

async function findings(
  node: string,
  env: Readonly<Record<string, string | undefined>>,
  needsGit = true,
): Promise<Finding[]> {
  const found: Finding[] = [];
  for await (const finding of versionFindings({ node, quarterdeck: "0.1.0" }, needsGit, {
    ...recordedEffects("/"),
    env,
  })) {
    found.push(finding);
  }
  return found;
}

/** A folder with a git that says what it is told to. */
function pretendedGit(version: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "git"), `#!/bin/sh\necho "git version ${version}"\n`);
  chmodSync(join(folder, "git"), 0o755);
  return folder;
}

const gitOf = (all: readonly Finding[]) => all.find(({ subject }) => subject === "git");

test.each([
  ["22.18.0", "22.18", true],
  ["22.9.1", "22.18", false],
  ["24.0.0", "22.18", true],
  ["2.9.5", "2.30", false],
  ["2.30", "2.30", true],
])("%s is at least %s: %s", (version, least, expected) => {
  expect(isAtLeast(version, least)).toBe(expected);
});

test("git is looked for where a source needs it, on the PATH of the run", async () => {
  const real = { PATH: process.env["PATH"] };
  expect(gitOf(await findings("24.0.0", real))).toMatchObject({ status: "ok" });
  expect(gitOf(await findings("24.0.0", real, false))).toBeUndefined();
  expect(gitOf(await findings("24.0.0", { PATH: pretendedGit("2.25.1") }))).toMatchObject({
    status: "problem",
    message: "2.25.1, too old",
  });
  expect(gitOf(await findings("24.0.0", { PATH: temporaryFolder() }))).toMatchObject({
    status: "problem",
    message: "not found",
  });
});

test("an old Node.js, and the engine that is installed", async () => {
  const all = await findings("20.19.2", {}, false);
  expect(all.find(({ subject }) => subject === "Node.js")).toMatchObject({
    status: "problem",
    message: "20.19.2, too old",
  });
  expect(all.find(({ subject }) => subject === "DuckDB")?.message).toMatch(/^v\d+\.\d+\.\d+$/);
});
