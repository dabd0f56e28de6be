import { expect, test } from "vitest";
import { fewOf, intervalOf } from "../../src/site/format.ts";
import type { FigureRow, HeadlineRow } from "../../src/site/rows.ts";
import { headlineSentences } from "../../src/site/words/headline.ts";

const row: HeadlineRow = {
  scope_kind: "organisation",
  scope: "Acme",
  period_kind: "quarter",
  period_label: "Q2 2026",
  previous_label: "Q1 2026",
  speed: "unclear",
  safety: "unclear",
  worse: [],
  better: [],
  failures: 42,
  deployments: 387,
  most_failures_in: null,
  most_failures: null,
  most_failures_deployments: null,
};

test.each([
  ["better", "worse", "Q2 2026 was faster and less safe than Q1 2026."],
  ["worse", "unclear", "Q2 2026 was slower than Q1 2026; safety did not clearly change."],
  [
    "unclear",
    "unclear",
    "Q2 2026 brought no clear change in speed or safety: every difference from Q1 2026 is within noise.",
  ],
  [
    "unclear",
    "unknown",
    "Compared with Q1 2026, speed did not clearly change; whether safety changed cannot be told.",
  ],
] as const)("speed %s and safety %s", (speed, safety, sentence) => {
  expect(headlineSentences({ ...row, speed, safety })).toEqual([sentence]);
});

test("nothing to compare says nothing, and failures are still placed", () => {
  const alone = { ...row, speed: "unknown", safety: "unknown" } as const;
  expect(headlineSentences(alone)).toEqual([]);
  const placed = {
    ...alone,
    most_failures_in: "Notifications",
    most_failures: 10,
    most_failures_deployments: 47,
  };
  expect(headlineSentences(placed)).toEqual([
    "Notifications had 10 of the 42 failures, with 47 of the 387 deployments.",
  ]);
});

test("more than three services that moved are counted", () => {
  expect(headlineSentences({ ...row, worse: ["A", "B", "C", "D", "E"] })[1]).toBe(
    "Clearly worse: A, B, C and 2 more.",
  );
});

test("a share of fewer than ten facts is counted, one of ten is a percentage", () => {
  expect(fewOf({ value: 0, unit: "ratio", n: 9, numerator: 0 })).toBe("0 of 9");
  expect(fewOf({ value: 0.1, unit: "ratio", n: 10, numerator: 1 })).toBeUndefined();
  expect(fewOf({ value: 2, unit: "per day", n: 3, numerator: 3 })).toBeUndefined();
});

test("bounds of an interval that lie far apart have a unit each", () => {
  const figure = { value: 3600, unit: "seconds", interval_low: 600, interval_high: 6_048_000 };
  expect(intervalOf(figure as FigureRow)).toBe("10\u202fmin to 10\u202fw");
});
