import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { configSchema } from "../../src/config/schema.ts";
import { buildSite } from "../../src/site/build.ts";
import { readFacts, readSite } from "../../src/site/read.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { given } from "../support/history.ts";
import { readPages } from "./build-fixture.ts";

const config = configSchema.parse({ organisation: "Test" });
const open: Warehouse[] = [];

afterEach(() => {
  for (const warehouse of open.splice(0)) warehouse.close();
});

/** `count` deployments, one a day from `start` on. */
function daily(start: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.parse(start) + index * 86_400_000).toISOString();
    return `${at.slice(0, 10)}|api|production|v${at.slice(0, 10)}|${at}|${at}|success`;
  });
}

async function history(lines: readonly string[], asOf: string): Promise<Warehouse> {
  const table = ["id|service|environment|version|started_at|finished_at|status", ...lines].join("\n");
  const warehouse = await given({ asOf, data: lines.length ? { deployment: table } : {}, whole: true });
  open.push(warehouse);
  return warehouse;
}

describe("figures", () => {
  test("are called better only where the difference is clear", async () => {
    const lines = [
      ...daily("2026-01-01T10:00:00Z", 10),
      ...daily("2026-04-01T10:00:00Z", 60),
      ...daily("2026-07-01T10:00:00Z", 55),
    ];
    const { figures } = await readSite(await history(lines, "2026-10-01T00:00:00Z"), config);
    const quarters = figures.filter(
      (row) =>
        row.metric === "deployment_frequency" &&
        row.scope_kind === "service" &&
        row.period_kind === "quarter",
    );
    expect(quarters.map(({ period_label, n, verdict, role }) => [period_label, n, verdict, role])).toEqual([
      ["Q1 2026", 10, "none", "earlier"],
      ["Q2 2026", 60, "better", "earlier"],
      ["Q3 2026", 55, "unclear", "latest"],
    ]);
  });

  test("are not compared where there are fewer than six facts", async () => {
    const lines = [...daily("2026-01-01T10:00:00Z", 5), ...daily("2026-04-01T10:00:00Z", 80)];
    const { figures } = await readSite(await history(lines, "2026-07-01T00:00:00Z"), config);
    const latest = figures.find(
      (row) =>
        row.metric === "deployment_frequency" && row.role === "latest" && row.period_kind === "quarter",
    );
    expect(latest?.verdict).toBe("too few");
  });

  test("without a value say what would bring it", async () => {
    const { figures } = await readSite(
      await history(daily("2026-01-01T10:00:00Z", 5), "2026-04-01T00:00:00Z"),
      config,
    );
    const fail = figures.find(
      (row) => row.metric === "change_fail_rate" && row.role === "latest" && row.period_kind === "quarter",
    );
    expect(fail).toMatchObject({
      value: null,
      status: "no data",
      reason: expect.stringContaining("incident source") as string,
    });
  });
});

test("facts are as many as their figure says, newest first", async () => {
  const warehouse = await history(daily("2026-01-01T10:00:00Z", 30), "2026-04-01T00:00:00Z");
  const { waves } = await readFacts(warehouse)("api");
  expect(waves).toHaveLength(30);
  expect(waves[0]?.live_at).toBe("2026-01-30T10:00:00Z");
  expect(new Set(waves.map(({ quarter_label }) => quarter_label))).toEqual(new Set(["Q1 2026"]));
});

test("a database without any deployment makes a site that says so", async () => {
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-test-"));
  const path = join(folder, "q.duckdb");
  (await given({ asOf: "2026-04-01T00:00:00Z", data: {}, whole: true, path })).close();
  const warehouse = await openWarehouse(path, { mode: "read" });
  open.push(warehouse);
  const { pages } = await buildSite(warehouse, { outDir: folder, config });
  const index = (await readPages(folder)).get("index.html") ?? "";
  expect(pages).toBeGreaterThan(5);
  expect(index).toContain(
    "Nothing is known of Test&#39;s deployments yet: no production deployment is known",
  );
  expect(index.match(/class="number none"/g)).toHaveLength(5);
  await rm(folder, { recursive: true, force: true });
});
