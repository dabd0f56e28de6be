import { expect, test } from "vitest";
import { amount, between, measureSentence } from "../../src/site/words/practices.ts";
import { cost, differences, movedWords, orderOfBoth, rigourSentences } from "../../src/site/words/planning.ts";
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

test("one of what is counted is not many", () => {
  expect(amount({ value: 1, unit: "exemptions", n: 1 })).toBe("1 exemption");
  expect(amount({ value: 2, unit: "exemptions", n: 2 })).toBe("2 exemptions");
  expect(amount({ value: 1, unit: "MB", n: 1 })).toBe("1 MB");
});

test("early is below zero, and an interval needs both ends", () => {
  expect(amount({ value: -7200, unit: "seconds", n: 3 })).toBe("\u22122\u202fh");
  expect(between("seconds", null, 7200)).toBe("");
});

const { calendar, rigour, environments, together } = practicesOf("x; y");

test("what was moved says from when, how often and why, or that nobody said", () => {
  expect(calendar.map((entry) => movedWords(entry, "2 Jun 2026"))).toEqual(["", "first planned 2 Jun 2026, moved 2 times; x; y: x; y", ""]);
  const silent = calendar.map((entry) => ({ ...entry, moves: 1, moved_cause: null, moved_reason: null }));
  expect(movedWords(silent[0] ?? never(), "2 Jun 2026")).toBe("first planned 2 Jun 2026; no reason on record");
});

test("rigour is set against failures only where SQL could tell", () => {
  expect(rigourSentences(rigour)).toEqual([
    "Major versions wait longest for approval, 24\u202fh against 60\u202fmin of patches; whether they fail less often cannot be told.",
  ]);
  expect(rigourSentences(rigour.map((row) => ({ ...row, verdict: null })))).toEqual([]);
});

test("an environment says what differs and what it costs, sums in one currency only", () => {
  expect(environments.map(cost)).toEqual(["", "1,200 x; y, 90 of it idle", "in EUR, USD"]);
  expect(environments.map(differences)).toEqual(["", "2 open, 1 accepted", ""]);
  expect(together.map(orderOfBoth)).toEqual(["fail; train x; y"]);
});

function never(): never {
  throw new Error("the fixture has no calendar");
}
