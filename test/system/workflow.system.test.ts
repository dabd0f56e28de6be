import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeRepository } from "../support/git.ts";
import { Runner } from "./workflow.ts";

const CONFIG = `
organisation: Acme
services: { shop: { repository: shop } }
publish: { packs: latest }
sources:
  git:
    collector: git
    repositories:
      - { path: .., repository: shop, releases: [{ tags: "v{version}", service: shop }] }
`;

const HAS_JQ = spawnSync("jq", ["--version"]).status === 0;
const folder = mkdtempSync(join(tmpdir(), "quarterdeck-workflow-"));
const delivery = join(folder, "delivery");
let runner: Runner;

beforeAll(async () => {
  await makeRepository(folder, [
    { commit: "one", at: "2026-01-05T09:00:00Z" },
    { tag: "v1.0", of: "one", at: "2026-01-05T10:00:00Z" },
    { commit: "two", at: "2026-01-06T09:00:00Z" },
    { tag: "v1.1", of: "two", at: "2026-01-06T10:00:00Z" },
  ]);
  mkdirSync(delivery);
  writeFileSync(join(delivery, "quarterdeck.yaml"), CONFIG);
  runner = new Runner(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const artifact = (run: number, created: string, rest: object = {}) => ({
  expired: false,
  created_at: created,
  workflow_run: { id: run, head_branch: "main", head_repository_id: 7 },
  ...rest,
});

const fromElsewhere = (branch: string, repository: number) => ({
  workflow_run: { id: 66, head_branch: branch, head_repository_id: repository },
});

/** Two pages, as \`gh api --paginate\` prints them. */
const PAGES = [
  [
    artifact(13, "2026-03-03T00:00:00Z", { expired: true }),
    artifact(14, "2026-03-04T00:00:00Z", fromElsewhere("main", 8)),
    artifact(15, "2026-03-05T00:00:00Z", fromElsewhere("try-out", 7)),
    artifact(11, "2026-03-01T00:00:00Z"),
  ],
  [artifact(12, "2026-03-02T00:00:00Z")],
];

const asPrinted = (pages: readonly (readonly object[])[]) =>
  pages.map((artifacts) => JSON.stringify({ artifacts })).join("");

describe.skipIf(!HAS_JQ)("the example for GitHub Actions, step by step (needs jq)", () => {
  test("the first run finds no database, collects, verifies and publishes", () => {
    runner.give("artifacts.json", asPrinted([[]]));
    expect(runner.run("Fetch the database of the last run").said).toContain("::notice::There is no database");
    expect(runner.run("Collect").status).toBe(0);
    expect(runner.said("output")).toBe("code=0\n");
    expect(runner.run("Verify").said).toContain("all hashes match");
    expect(runner.run("Build")).toMatchObject({ status: 0 });
    expect(existsSync(join(delivery, "public/index.html"))).toBe(true);
    expect(existsSync(join(delivery, "public/packs"))).toBe(true);
  });

  test("the next run goes on with the newest database of this branch of this repository", () => {
    copyFileSync(join(delivery, "quarterdeck.duckdb"), join(folder, "fake/quarterdeck.duckdb"));
    rmSync(join(delivery, "quarterdeck.duckdb"));
    runner.give("artifacts.json", asPrinted(PAGES));
    expect(runner.run("Fetch the database of the last run")).toEqual({ status: 0, said: "" });
    expect(runner.said("calls")).toContain(
      "run download 12 --repo acme/shop --name quarterdeck-database --dir .",
    );
    expect(runner.run("Collect").said).toMatch(/commit\s+0 new or changed/);
    expect(runner.run("Fetch the packs of earlier runs")).toEqual({ status: 0, said: "" });
    expect(existsSync(join(delivery, "public/packs/earlier/pack.txt"))).toBe(true);
  });

  test("artifacts of others alone are no database", () => {
    runner.give(
      "artifacts.json",
      asPrinted([[artifact(14, "2026-03-04T00:00:00Z", fromElsewhere("main", 8))]]),
    );
    expect(runner.run("Fetch the database of the last run").said).toContain("::notice::There is no database");
  });

  test("a look-up that fails stops the run: it must not read as a first one", () => {
    runner.give("gh", "#!/bin/sh\nexit 1\n");
    expect(runner.run("Fetch the database of the last run").status).not.toBe(0);
  });

  test("a source that fails is told from rejected rows", () => {
    writeFileSync(join(delivery, "quarterdeck.yaml"), CONFIG.replace("path: ..", "path: ../nosuch"));
    runner.give("output", "");
    expect(runner.run("Collect").status).toBe(0);
    expect(runner.said("output")).toBe("code=2\n");
    expect(runner.run("Stop if a source failed").status).toBe(1);
  });
});
