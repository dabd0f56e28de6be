import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { given, metric } from "../support/history.ts";

/** Each history is the one that the example of docs/metrics.md tells; its answer is what the page says. */

const page = readFileSync(join(packageRoot, "docs/metrics.md"), "utf8");
const HOUR = 3600;

/** The example of a metric as one line. */
function example(name: string): string {
  const section = page.slice(page.indexOf(`## ${name}\n`)).split("\n## ")[0] ?? "";
  return /\*Example\.\*([\s\S]*?)\n\n/.exec(`${section}\n\n`)?.[1]?.replace(/\s+/g, " ").trim() ?? "";
}

/** The numbers of the example that the pattern's groups name. */
function numbers(name: string, pattern: RegExp): number[] {
  const found = pattern.exec(example(name));
  if (found === null) throw new Error(`docs/metrics.md: the example of ${name} reads differently: ${example(name)}`);
  return found.slice(1).map(Number);
}

const rounded = (value: number | null, digits: number) => value === null ? null : Number(value.toFixed(digits));

/** One deployment a day at the same hour, from the given day of the month on. */
const daily = (days: readonly number[], month: string) =>
  days.map((day) => {
    const at = `${month}-${String(day).padStart(2, "0")}T10:00:00Z`;
    return `d${day} | api | production | v${day} | ${at} | success`;
  });

const DEPLOYMENT_HEAD = "id | service | environment | version | finished_at | status";

test("deployment frequency", async () => {
  const warehouse = await given({
    asOf: "2026-01-19T00:00:00Z",
    data: { deployment: [DEPLOYMENT_HEAD, ...daily([5, 6, 8, 9, 12, 14, 16], "2026-01")].join("\n") },
  });
  const row = await metric(warehouse, "deployment_frequency");
  const [n, days, perDay, low, high] = numbers(
    "deployment_frequency",
    /(\d+) deployments: (\d+) days, ([\d.]+) a day, 95 % ([\d.]+) to ([\d.]+)\./,
  );
  expect([row.n, row.denominator, row.value]).toEqual([n, days, perDay]);
  expect([rounded(row.interval_low, 2), rounded(row.interval_high, 2)]).toEqual([low, high]);
  warehouse.close();
});

test("change lead time", async () => {
  const warehouse = await given({
    asOf: "2026-02-01T00:00:00Z",
    complete: ["deployment"],
    data: {
      change: `
        id | repository | first_commit_at      | opened_at            | first_review_at      | merged_at
        c1 | api        | 2026-01-05T09:00:00Z | 2026-01-05T11:00:00Z | 2026-01-05T15:00:00Z | 2026-01-06T09:00:00Z`,
      deployment: `${DEPLOYMENT_HEAD}
        d1 | api | production | v1 | 2026-01-06T10:00:00Z | success`,
    },
  });
  const [total, coding, pickup, review, toLive] = numbers(
    "change_lead_time",
    /(\d+) h = coding (\d+) h \+ pickup (\d+) h \+ review (\d+) h \+ merge to live (\d+) h/,
  );
  const row = await metric(warehouse, "change_lead_time");
  const stages = await warehouse.rows<{ stage: string; hours: number }>(
    `select stage, value_seconds / ${HOUR} as hours from metrics.lead_time_stage
     where scope_kind = 'service' and period_kind = 'all' and value_seconds > 0 order by stage_order`,
  );
  expect(row.value).toBe((total ?? 0) * HOUR);
  expect(stages.map(({ hours }) => hours)).toEqual([coding, pickup, review, toLive]);
  warehouse.close();
});

test("change fail rate", async () => {
  const warehouse = await given({
    asOf: "2026-01-20T00:00:00Z",
    complete: ["incident"],
    data: {
      deployment: [DEPLOYMENT_HEAD, ...daily([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 18], "2026-01")].join("\n"),
      incident: `
        id | service | started_at           | resolved_at          | caused_by
        i1 | api     | 2026-01-04T11:00:00Z | 2026-01-04T12:00:00Z | d4`,
    },
  });
  const [percent, n, low, high, pending] = numbers(
    "change_fail_rate",
    /([\d.]+) %, n = (\d+), 95 % ([\d.]+) to ([\d.]+) %, (\d+) pending/,
  );
  const row = await metric(warehouse, "change_fail_rate");
  expect([(row.value ?? 0) * 100, row.n, row.pending]).toEqual([percent, n, pending]);
  expect([rounded((row.interval_low ?? 0) * 100, 1), rounded((row.interval_high ?? 0) * 100, 1)]).toEqual([low, high]);
  warehouse.close();
});

test("failed deployment recovery time", async () => {
  const warehouse = await given({
    asOf: "2026-02-01T00:00:00Z",
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status  | rollback_of
        d1 | api     | production  | v1      | 2026-01-04T10:00:00Z | success |
        d2 | api     | production  | v2      | 2026-01-05T10:00:00Z | success |
        d3 | api     | production  | v1      | 2026-01-05T11:00:00Z | success | d2`,
      incident: `
        id | service | started_at           | resolved_at          | caused_by
        i1 | api     | 2026-01-05T10:20:00Z | 2026-01-08T10:20:00Z | d2`,
    },
  });
  const [hours] = numbers("failed_deployment_recovery_time", /three days later: (\d+) h/);
  expect((await metric(warehouse, "failed_deployment_recovery_time")).value).toBe((hours ?? 0) * HOUR);
  warehouse.close();
});

test("deployment rework rate", async () => {
  // Of the two changes that d9 ships, one ends the incident that d2 caused: planned work that carries a fix.
  const warehouse = await given({
    asOf: "2026-02-01T00:00:00Z",
    complete: ["incident", "deployment"],
    data: {
      change: `
        id  | repository | first_commit_at      | merged_at            | merge_sha | title          | fixes
        c1  | api        | 2026-01-01T08:00:00Z | 2026-01-02T08:00:00Z | s2        | Add limits     |
        c2  | api        | 2026-01-08T08:00:00Z | 2026-01-08T18:00:00Z | s9a       | Repair limits  | i1
        c3  | api        | 2026-01-08T08:00:00Z | 2026-01-08T19:00:00Z | s9        | Something else |`,
      deployment: `
        id  | service | environment | version | finished_at          | status  | branch   | rollback_of
        d1  | api | production | v1  | 2026-01-01T10:00:00Z | success | main     |
        d2  | api | production | v2  | 2026-01-02T10:00:00Z | success | main     |
        d3  | api | production | v3  | 2026-01-03T10:00:00Z | success | main     |
        d4  | api | production | v2  | 2026-01-04T10:00:00Z | success | main     | d3
        d5  | api | production | v5  | 2026-01-05T10:00:00Z | success | hotfix/x |
        d6  | api | production | v6  | 2026-01-06T10:00:00Z | success | main     |
        d7  | api | production | v7  | 2026-01-07T10:00:00Z | success | main     |
        d8  | api | production | v8  | 2026-01-08T10:00:00Z | success | main     |
        d9  | api | production | v9  | 2026-01-09T10:00:00Z | success | main     |
        d10 | api | production | v10 | 2026-01-10T10:00:00Z | success | main     |`,
      incident: `
        id | service | started_at           | resolved_at          | caused_by
        i1 | api     | 2026-01-02T11:00:00Z | 2026-01-09T10:00:00Z | d2`,
    },
  });
  const [n, percent] = numbers("deployment_rework_rate", /(\d+) deployments, one rollback.*: (\d+) %/);
  const row = await metric(warehouse, "deployment_rework_rate");
  expect([row.n, (row.value ?? 0) * 100, row.with_fix]).toEqual([n, percent, 1]);
  warehouse.close();
});
