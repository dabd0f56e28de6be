import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { aDatabase, build } from "../site/machine-form/world.ts";

let site = "";
const page = readFileSync(join(packageRoot, "docs/data.md"), "utf8");
const example = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? "";

beforeAll(async () => {
  const database = await aDatabase();
  site = join(dirname(database), "site");
  await build(database, site);
}, 90_000);

afterAll(() => rmSync(dirname(site), { recursive: true, force: true }));

test("the example for DuckDB", async () => {
  const before = process.cwd();
  onTestFinished(() => process.chdir(before));
  process.chdir(site);
  const reader = await (await (await DuckDBInstance.create()).connect()).runAndReadAll(example("sql"));
  // Changes 2 and 3 took 353,400 and 267,000 s: 310,200 s are 3.59 days.
  expect(reader.getRowObjects()).toEqual([{ service: "api", month: "2026-01", days: 310_200 / 86_400, n: 2n }]);
});

const QUARTER = "change_lead_time\tQ1 2026\t310200\tseconds\t2";

test("the example for Node.js", () => {
  const said = execFileSync(process.execPath, ["--input-type=module", "-e", example("js")], { cwd: site, encoding: "utf8" });
  expect(said.split("\n")).toContain(QUARTER);
});

test.skipIf(spawnSync("jq", ["--version"]).status !== 0)("the example for jq", () => {
  const said = execFileSync("sh", ["-c", example("sh")], { cwd: site, encoding: "utf8" });
  expect(said.replaceAll(/(\t\d+)\.0\t/g, "$1\t").split("\n")).toContain(QUARTER);
});
