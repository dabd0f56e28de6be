import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { Check } from "../../../collectors/contract.ts";
import { check } from "../../../collectors/git/check.ts";
import { gitConfig } from "../../../collectors/git/config.ts";
import { temporaryFolder } from "../../cli/commands/world.ts";
import { makeRepository, type Step } from "../../support/git.ts";

const HISTORY: readonly Step[] = [
  { commit: "first", at: "2026-03-01T09:00:00Z" },
  { commit: "second", at: "2026-03-02T09:00:00Z" },
  { tag: "v1.0.0", of: "first" },
  { tag: "v1.1.0", of: "second" },
  { tag: "nightly", of: "second" },
];

async function checks(folder: string, repository: object): Promise<Check[]> {
  const config = gitConfig.parse({ collector: "git", repositories: [{ repository: "shop", ...repository }] });
  const found: Check[] = [];
  for await (const one of check(config, { baseDirectory: folder, now: new Date("2026-04-01T00:00:00Z") }))
    found.push(one);
  return found;
}

const releases = (tags: string) => ({ releases: [{ tags, service: "shop" }] });

describe("a clone", () => {
  test("with its main line and release tags", async () => {
    const folder = temporaryFolder();
    await makeRepository(join(folder, "clone"), HISTORY);
    expect(await checks(folder, { path: "clone", ...releases("v{version}") })).toEqual([
      { status: "ok", subject: "shop", message: "main line main, newest commit of 2026-03-02" },
      { status: "ok", subject: "shop", message: "2 of 3 tags fit v{version}" },
    ]);
  });

  test("whose tags look otherwise: the pattern to write is said", async () => {
    const folder = temporaryFolder();
    await makeRepository(join(folder, "clone"), HISTORY);
    const [, tags] = await checks(folder, { path: "clone", ...releases("release-{version}") });
    expect(tags).toMatchObject({
      status: "problem",
      message: "no tag fits release-{version}, so shop has no releases",
      remedy: "2 of 3 tags look like v{version}: write that, if it is meant",
      lineToAdd: "releases:\n  - tags: v{version}\n    service: shop",
    });
  });

  test("without the main line that is configured", async () => {
    const folder = temporaryFolder();
    await makeRepository(join(folder, "clone"), HISTORY);
    expect(await checks(folder, { path: "clone", main: "trunk" })).toEqual([
      {
        status: "problem",
        subject: "shop",
        message: "there is no branch trunk",
        remedy: "It has main: set `main` to the branch that is released from",
      },
    ]);
  });

  test("that is shallow", async () => {
    const folder = temporaryFolder();
    const { path } = await makeRepository(join(folder, "origin"), HISTORY);
    await promisify(execFile)("git", [
      "clone",
      "--quiet",
      "--depth=1",
      `file://${path}`,
      join(folder, "clone"),
    ]);
    expect(await checks(folder, { path: "clone" })).toContainEqual({
      status: "warning",
      subject: "shop",
      message: "is a shallow clone: its history is cut off, and what lies before is unknown",
      remedy: "git -C clone fetch --unshallow (in CI: fetch-depth: 0)",
    });
  });

  test("without commits, without a repository, and nothing at all", async () => {
    const folder = temporaryFolder();
    await makeRepository(join(folder, "empty"));
    expect(await checks(folder, { path: "empty" })).toMatchObject([
      { status: "warning", message: "has no commits yet" },
    ]);
    expect(await checks(folder, { path: "." })).toMatchObject([
      { status: "problem", message: expect.stringContaining("is not a Git repository") as string },
    ]);
    expect(await checks(folder, { path: "nowhere" })).toMatchObject([
      { status: "problem", message: expect.stringContaining("there is no such file or folder") as string },
    ]);
  });
});

describe("a bundle", () => {
  test("is not unpacked, and says what it carries", async () => {
    const folder = temporaryFolder();
    const { git } = await makeRepository(join(folder, "clone"), HISTORY);
    await git("bundle", "create", "--quiet", join(folder, "shop.bundle"), "--all");
    expect(await checks(folder, { path: "shop.bundle", ...releases("v{version}") })).toEqual([
      { status: "ok", subject: "shop", message: "a bundle with HEAD" },
      { status: "ok", subject: "shop", message: "2 of 3 tags fit v{version}" },
    ]);
    expect(await checks(folder, { path: "shop.bundle", main: "trunk" })).toMatchObject([
      { status: "problem", message: "the bundle has no refs/heads/trunk" },
    ]);
  });

  test("that is some other file", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "shop.bundle"), "hello");
    expect(await checks(folder, { path: "shop.bundle" })).toMatchObject([
      { status: "problem", message: expect.stringContaining("is a file, but not a Git bundle") as string },
    ]);
  });
});
