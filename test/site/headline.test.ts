import { expect, test } from "vitest";
import { Clock, fewOf, intervalOf } from "../../src/site/format.ts";
import type { FigureRow, HeadlineRow } from "../../src/site/rows.ts";
import { headlineSentences } from "../../src/site/words/headline.ts";
import {
  controlSentence,
  controlVerdict,
  completenessSentence,
  freshnessSentence,
  nowSentences,
  pastText,
  scoreText,
} from "../../src/site/words/overview.ts";

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
    "Q2 2026 brought no clear change in speed or safety compared with Q1 2026, all services taken together.",
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

const clock = new Clock("UTC");

const adherence = {
  period_kind: "quarter",
  period_start: "2026-04-01T00:00:00Z",
  period_label: "Q2 2026",
  role: "latest",
  recency: 1,
  controls: 5,
  failing_controls: 3,
  passed: 99,
  failed: 10,
  unknown: 1,
  exempt: 2,
  grave: 4,
  rate: 0.9,
} as const;

test("whether the process is followed is told with everything that counts against it", () => {
  const before = { ...adherence, period_label: "Q1 2026", rate: 0.88 };
  expect(controlSentence(adherence, before)).toBe(
    "10 of 110 results of 5 controls fail, 4 of them of critical controls; of 1 nobody can tell. Q1 2026: 88\u202f%.",
  );
  expect(controlSentence({ ...adherence, grave: 0, unknown: 0 }, undefined)).toBe("10 of 109 results of 5 controls fail.");
  expect(controlSentence(undefined, before)).toContain("No control judged anything");
  expect(controlVerdict({ ...adherence, rate: null })).toBeNull();
});

test("a figure stands among its own past by place and reach", () => {
  const past = { metric: "change_fail_rate", period_kind: "quarter", periods: 8, place: 3, lowest: 0.05, highest: 0.1, score: null, industry: null, industry_mean: null, score_label: null } as const;
  const figure = { unit: "ratio", value: 0.08 } as FigureRow;
  expect(pastText(past, figure)).toBe("3rd best of 8 quarters: 5 to 10\u202f%");
  expect(pastText({ ...past, place: 6 }, figure)).toMatch(/^3rd worst of 8/);
  expect(pastText({ ...past, place: 1 }, figure)).toMatch(/^Best of 8/);
  expect(pastText({ ...past, place: 8 }, figure)).toMatch(/^Worst of 8/);
  expect(pastText({ ...past, periods: 1 }, figure)).toBe("");
  expect(scoreText(past)).toBe("");
  expect([2, 3, 4, 11, 12, 13, 21, 112].map((place) => pastText({ ...past, place, periods: 300 }, figure).slice(0, 6))).toEqual([
    "2nd be",
    "3rd be",
    "4th be",
    "11th b",
    "12th b",
    "13th b",
    "21st b",
    "112th ",
  ]);
});

test("freshness names what lags, and is silent of what does not", () => {
  const now = {
    ...{ waiting: 0, oldest_waiting_seconds: null, open_failures: 0, open_incidents: 0, oldest_incident_at: null, has_old_incident: false, exemptions: 0 },
    ...{ sources: 3, whole_sources: 3, rejected: 0, newest_at: "2026-06-30T00:00:00Z", newest_seconds: 3600, stalest: "desk", stalest_at: "2026-06-29T00:00:00Z", stalest_seconds: 86_400 },
    ...{ proven_sources: 0, lossy_sources: 1, unsure_sources: 2 },
  };
  expect(freshnessSentence(now, clock)).toBe("3 sources were read to the end; the newest record is of 30 Jun 2026 00:00, that of desk of 29 Jun 2026 00:00.");
  expect(completenessSentence(now)).toBe("Completeness is proven for 0 of 3 sources: 1 lost rows, 2 cannot say.");
  expect(completenessSentence({ ...now, lossy_sources: 0 })).toBe("Completeness is proven for 0 of 2 sources: 2 cannot say.");
  expect(completenessSentence({ ...now, proven_sources: 1, lossy_sources: 0, unsure_sources: 0 })).toBe("Completeness is proven for 1 of 1 source.");
  expect(freshnessSentence({ ...now, whole_sources: 2, rejected: 1, stalest_seconds: 3600 }, clock)).toBe(
    "2 of 3 sources were read to the end; the newest record is of 30 Jun 2026 00:00; 1 row was rejected.",
  );
  expect(freshnessSentence({ ...now, sources: 0 }, clock)).toBe("No source is connected.");
  expect(nowSentences({ ...now, open_incidents: 2, oldest_incident_at: "2026-01-02T00:00:00Z", has_old_incident: true }, clock)).toContain(
    "2 incidents are open, the oldest since 2 Jan 2026: still real, or a ticket that nobody closed?",
  );
  expect(nowSentences(now, clock)).toEqual(["No merged change is known to wait for a deployment.", "No incident is open."]);
});
