import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { tinyWorld } from "../cli/commands/world.ts";

let examples: Map<string, string>;

beforeAll(() => {
  const text = readFileSync(join(packageRoot, "docs/extending.md"), "utf8");
  // A file's name stands in the paragraph above its text.
  const found = text.matchAll(/^`(queries\/\S+\.sql)`[^\n]*:\n\n```sql\n([\s\S]*?)```/gm);
  examples = new Map([...found].map(([, path, sql]) => [path ?? "", sql ?? ""]));
});

test("the queries that the page shows work as it says", async () => {
  expect([...examples.keys()]).toEqual(["queries/reports/slow_change.sql", "queries/metrics/benchmark_industry.sql"]);
  const world = tinyWorld();
  for (const [path, sql] of examples) world.write(path, sql);
  expect((await world.run("collect")).code).toBe(0);
  // The tiny world knows deployments, but no change.
  expect(await world.json("query", "reports.slow_change")).toEqual([]);
  expect((await world.run("explain", "slow_change")).out).toContain("Changes that took longer than a month");
  const means = await world.json("query", "select distinct metric, industry_mean from metrics.quick_check where scope = 'api' order by metric");
  expect(means).toEqual([
    { metric: "change_lead_time", industry_mean: 6.5 },
    { metric: "deployment_frequency", industry_mean: 5 },
  ]);
  const rules = await world.json<{ relation: string }>("query", "select relation from raw.local_rule order by relation");
  expect(rules.map(({ relation }) => relation)).toEqual(["metrics.benchmark_industry", "reports.slow_change"]);
});
