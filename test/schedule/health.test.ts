import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Health, readHealth, UNKNOWN, writeHealth } from "../../src/schedule/health.ts";
import { healthReport } from "../../src/schedule/overdue.ts";
import { temporaryFolder } from "../cli/commands/world.ts";

const HEALTH: Health = {
  format: "quarterdeck-health",
  version: 1,
  written_at: "2026-07-01T00:30:00.000Z",
  sources: {
    well: { ...UNKNOWN, last_start: "2026-07-01T00:00:00.000Z", last_success: "2026-07-01T00:01:00.000Z", next_due: "2026-07-01T01:00:00.000Z" },
    ill: { ...UNKNOWN, next_due: "2026-07-01T01:00:00.000Z", consecutive_failures: 2, last_message: "commit: no answer" },
    stuck: { ...UNKNOWN, last_start: "2026-06-30T22:00:00.000Z", next_due: "2026-06-30T22:00:00.000Z" },
  },
  build: UNKNOWN,
};

test("is written whole, and read again", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "health.json");
  await writeHealth(file, HEALTH);
  await writeHealth(file, HEALTH);
  expect(await readHealth(file)).toEqual(HEALTH);
  expect(readdirSync(folder)).toEqual(["health.json"]);
});

test("what is no health file counts as none", async () => {
  const file = join(temporaryFolder(), "health.json");
  expect(await readHealth(file)).toBeUndefined();
  for (const text of ["", "{", "null", '{"format":"quarterdeck-health","version":2}', '{"sources":{"__proto__":{}}}']) {
    writeFileSync(file, text);
    expect(await readHealth(file)).toBeUndefined();
  }
  expect(existsSync(file)).toBe(true);
});

test("a source that did not start is overdue; one that fails is not", () => {
  const report = healthReport(HEALTH, new Date("2026-07-01T00:30:00Z"), 2 * 3600);
  expect(report.isOverdue).toBe(true);
  expect(report.lines).toEqual([
    "well: last read 2026-07-01T00:01:00.000Z; due 2026-07-01T01:00:00.000Z",
    "ill: failed 2 times in a row: commit: no answer; never read to its end; due 2026-07-01T01:00:00.000Z",
    "stuck: overdue; never read to its end; due 2026-06-30T22:00:00.000Z",
  ]);
  expect(healthReport(HEALTH, new Date("2026-07-01T00:30:00Z"), 3 * 3600).isOverdue).toBe(false);
  expect(healthReport(HEALTH, new Date("2026-07-01T04:00:00Z"), 7 * 3600).isOverdue).toBe(false);
});
