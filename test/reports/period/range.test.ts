import { expect, test } from "vitest";
import { periodOf } from "../../../reports/period/range.ts";

test.each([
  ["2026-Q1", 1, "2026-01-01", "2026-04-01"],
  ["2025-q4", 1, "2025-10-01", "2026-01-01"],
  ["2025", 1, "2025-01-01", "2026-01-01"],
  ["2024-02", 1, "2024-02-01", "2024-03-01"],
  ["2024-02-29", 1, "2024-02-29", "2024-03-01"],
  ["2025-07-01..2025-12-31", 1, "2025-07-01", "2026-01-01"],
  ["2025-Q3..2025-Q4", 1, "2025-07-01", "2026-01-01"],
  ["2025-07-01..2025-07-01", 1, "2025-07-01", "2025-07-02"],
  // A business year that begins in April.
  ["2025-Q1", 4, "2025-04-01", "2025-07-01"],
  ["2025-Q4", 4, "2026-01-01", "2026-04-01"],
  ["2025", 4, "2025-04-01", "2026-04-01"],
  ["2025-02", 4, "2025-02-01", "2025-03-01"],
])("%s with quarters from month %i is %s until %s", (label, month, from, until) => {
  expect(periodOf(label, month)).toEqual({ label, from, until });
});

test.each([
  "",
  "2026-Q5",
  "Q1",
  "2026-13",
  "2025-02-29",
  "2025-01-01..",
  "..2025",
  "2025..2026..2027",
  "0000",
  "2025-1-1",
  "last year",
  "2025-01-01/..",
])("%j is no period", (label) => {
  expect(() => periodOf(label, 1)).toThrow(/expected a quarter \(2026-Q1\)/);
});

test("a range that ends before it begins is refused", () => {
  expect(() => periodOf("2025-12-31..2025-07-01", 1)).toThrow(/ends before it begins/);
});
