import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";
import { commandNames } from "../../src/cli/commands.ts";
import { INDUSTRIES } from "../../src/config/schema.ts";
import { packageRoot } from "../../src/package-root.ts";
import { given } from "../support/history.ts";

const read = (path: string) => readFileSync(join(packageRoot, path), "utf8");
const pages = globSync(
  ["*.md", "docs/**/*.md", "collectors/*/README.md", "examples/*/README.md", "reports/README.md"],
  {
    cwd: packageRoot,
  },
).sort();

test("README names every command and no other", () => {
  const table = [...read("README.md").matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
  expect(table.sort()).toEqual([...commandNames].sort());
});

test.each(pages)("links of %s lead somewhere", (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link]) => link ?? "");
  const broken = links.filter((link) => !existsSync(join(packageRoot, dirname(page), link)));
  expect(broken).toEqual([]);
});

test("the row form of metrics is documented column by column", async () => {
  const text = read("docs/metrics.md");
  const documented = text
    .slice(text.indexOf("## The row form"))
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .flatMap((line) =>
      [...(line.split("|")[1] ?? "").matchAll(/`([a-z0-9_]+)`/g)].map(([, column]) => column),
    );
  const rows = read("src/warehouse/rows.ts");
  const columns = [
    ...(/"reports\.metric_row": \{([^}]*)\}/.exec(rows)?.[1] ?? "").matchAll(/^\s+(\w+):/gm),
  ].map(([, name]) => name);
  expect(documented).toEqual(columns);
});

test("every metric has its section", async () => {
  const warehouse = await given({ asOf: "2026-01-01T00:00:00Z", data: {} });
  const rows = await warehouse.rows<{ metric: string }>(
    "select distinct metric from metrics.metric order by metric",
  );
  const text = read("docs/metrics.md");
  expect(rows.map(({ metric }) => metric)).toHaveLength(5);
  expect(rows.filter(({ metric }) => !text.includes(`## ${metric}`))).toEqual([]);
  warehouse.close();
});

test("the version in a rule's header is the one that rows carry", () => {
  const metric = read("queries/metrics/metric.sql");
  for (const [, version, relation] of metric.matchAll(/'(\d+)'(?: as rule_version)?,\s+'metrics\.(\w+)'/g)) {
    const header = read(`queries/metrics/${relation ?? ""}.sql`);
    expect(header, relation).toMatch(new RegExp(`^version: ${version ?? ""}$`, "m"));
  }
});

test("the industries of the configuration are those of the benchmark", async () => {
  const warehouse = await given({ asOf: "2026-01-01T00:00:00Z", data: {} });
  const rows = await warehouse.rows<{ industry: string }>(
    "select distinct industry from metrics.benchmark_industry",
  );
  expect(rows.map(({ industry }) => industry).sort()).toEqual([...INDUSTRIES].sort());
  warehouse.close();
});
