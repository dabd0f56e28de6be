import { expect, test } from "vitest";
import { forecastSentences } from "../../src/collect/forecast.ts";

const NOW = new Date("2026-03-01T10:40:00Z");
const allowance = { left: 4_800, perHour: 5_000, reserve: 200, resetsAt: new Date("2026-03-01T11:00:00Z") };

test("what fits into the hour is said in a plan, and nothing about it in a run", () => {
  expect(forecastSentences({ calls: 310, points: 340, least: 10, allowance }, NOW)).toEqual({
    ofPlan: [
      "it will cost about 340 points and 310 requests",
      "4,800 of 5,000 are left of this hour, which is over in 20 min; 200 of each hour are left to others",
    ],
    ofRun: [],
  });
});

test("what exceeds it takes as many further hours as it needs", () => {
  // 4,600 may be used now and 4,800 in each further hour: 14,201 - 4,600 = 9,601 are three of them, of which the third begins two hours after the first.
  const more =
    "that is more than the 4,600 that may be used of this hour, so it takes more than 2 h 20 min; it may be interrupted at any time, and the next run goes on";
  const { ofPlan, ofRun } = forecastSentences({ calls: 9_000, points: 14_201, least: 10, allowance }, NOW);
  expect(ofPlan.at(-1)).toBe(more);
  expect(ofRun).toEqual([`it will cost about 14,201 points and 9,000 requests: ${more}`]);
  expect(forecastSentences({ calls: 9_000, points: 14_200, least: 10, allowance }, NOW).ofRun[0]).toContain("more than 80 min");
});

test("a source that counts requests, with nothing left of the hour", () => {
  const { ofRun } = forecastSentences({ calls: 1, least: 1, allowance: { ...allowance, left: 0 } }, NOW);
  expect(ofRun[0]).toMatch(/^it will cost about 1 request: that is more than the 0 that may be used of this hour, so it takes more than 20 min;/);
});

test("a reserve that leaves nothing", () => {
  const { ofRun } = forecastSentences({ calls: 9, least: 1, allowance: { ...allowance, left: 100, perHour: 100 } }, NOW);
  expect(ofRun).toEqual(["it will cost about 9 requests: reserve leaves nothing of the 100 that an hour gives: lower it"]);
});

test("a run that stops early takes several, and too early never ends", () => {
  const bounded = (most: number) => forecastSentences({ calls: 50, points: 1_010, least: 10, most }, NOW).ofPlan.slice(1);
  expect(bounded(110)).toEqual(["it stops after 110: all of it takes about 10 runs"]);
  expect(bounded(10)).toEqual(["it stops after 10, and finding nothing new takes 10: give it more, or it never gets to its end"]);
  expect(bounded(1_010)).toEqual([]);
});

test("without a limit only what it costs", () => {
  expect(forecastSentences({ calls: 1, points: 1, least: 1 }, NOW)).toEqual({ ofPlan: ["it will cost about 1 point and 1 request"], ofRun: [] });
});
