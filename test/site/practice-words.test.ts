import { expect, test } from "vitest";
import { amount, between, measureSentence } from "../../src/site/words/practices.ts";
import { practicesOf } from "./fixture/practices.ts";

const [usual] = practicesOf("").measures;
if (usual === undefined) throw new Error("the fixture has no measure");

test("a measure says its figure, of how many facts, and how the quarter before compares", () => {
  expect(measureSentence(usual)).toBe("Median 2\u202fh of 40 changes in Q2 2026, after 4\u202fh in Q1 2026: better.");
  const few = { ...usual, statistic: "share", unit: "ratio", value: 1, hits: 1, n: 1, previous_value: null };
  expect(measureSentence(few)).toBe("1 of 1 change in Q2 2026.");
  expect(measureSentence({ ...usual, statistic: "count", value: 40, previous_value: null })).toBe("40 changes in Q2 2026.");
  expect(measureSentence({ ...usual, is_current: true })).toBe("Median 2\u202fh of 40 changes in Q2 2026 so far.");
  expect(measureSentence({ ...usual, value: null, n: null })).toBeUndefined();
});

test("early is below zero, and an interval needs both ends", () => {
  expect(amount({ value: -7200, unit: "seconds", n: 3 })).toBe("\u22122\u202fh");
  expect(between("seconds", null, 7200)).toBe("");
});
