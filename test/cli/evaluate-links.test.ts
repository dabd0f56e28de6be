import { expect, test } from "vitest";
import { evaluateLinks } from "../../src/warehouse/evaluate-links.ts";
import { modelInput, given, type History } from "../support/history.ts";

const asOf = "2026-04-01T00:00:00Z";

/** Five deployments a week apart; incidents after so many hours of one. */
const history: History = {
  asOf,
  complete: ["incident"],
  data: {
    deployment: `
      id | service | environment | version | finished_at          | status
      d1 | api     | production  | 1.0     | 2026-02-02T12:00:00Z | success
      d2 | api     | production  | 1.1     | 2026-02-09T12:00:00Z | success
      d3 | api     | production  | 1.2     | 2026-02-16T12:00:00Z | success
      d4 | api     | production  | 1.3     | 2026-02-23T12:00:00Z | success
      d5 | api     | production  | 1.4     | 2026-03-02T12:00:00Z | success`,
    incident: `
      id | service | started_at           | caused_by
      i1 | api     | 2026-02-02T13:00:00Z |
      i2 | api     | 2026-02-09T18:00:00Z |
      i3 | api     | 2026-02-16T14:00:00Z |
      i4 | api     | 2026-02-24T00:00:00Z |
      i5 | api     | 2026-03-20T12:00:00Z | d5
      i6 | api     | 2026-03-20T12:00:00Z |
      i7 | api     | 2026-02-02T14:00:00Z |`,
  },
};

const LABELLED = [
  ["i1", "d1"],
  ["i2", ""],
  ["i3", "1.2"],
  ["i4", "d4"],
  ["i5", "d5"],
  ["i6", "d5"],
  ["i9", "d1"],
  ["i7", "d9"],
].map(([incident = "", deployment = ""], index) => ({ line: index + 2, incident, deployment }));

test("precision, recall, calibration and the best threshold, worked out by hand", async () => {
  const warehouse = await given({ ...history, whole: true });
  const { quality, calibration, curve, unknown } = await evaluateLinks(
    warehouse,
    LABELLED,
    modelInput(history).variables,
  );
  expect(unknown).toEqual([
    { line: 8, reason: "there is no incident i9" },
    { line: 9, reason: "d9 is no production deployment" },
  ]);
  // Confidence 0.9 * d / (d + c), d = 0.5^(h/4) * ln 2 / 4, c = 3.3 * (5/672 + 2/168) / 2 deployments an hour = 0.03192: i1 after 1 h 0.738278,
  // i3 after 2 h 0.714002, i2 after 6 h 0.591716, i4 after 12 h 0.363841; i5 is stated; i6 has no candidate.
  // At 0.5 count i1, i2, i3 and i5: three of four are right, of five causes (i1, i3, i4, i5, i6) three are found. F1 = 2 * 3 / (4 + 5).
  expect(quality).toMatchObject({
    incidents: 6,
    without_change: 1,
    causes: 5,
    threshold: 0.5,
    accepted: 4,
    correct: 3,
  });
  expect([quality.precision, quality.recall, quality.f1]).toEqual([0.75, 0.6, 0.666667]);
  // Wilson for 3 of 4: 0.300642 to 0.954413.
  expect([quality.precision_low, quality.precision_high]).toEqual([0.300642, 0.954413]);
  // At 0.363841 also i4: 4 of 5 right, 4 of 5 found, F1 0.8; at 0.714002: 3 of 3 and 3 of 5, F1 = 6 / 8.
  expect(curve.map(({ threshold, accepted, correct, f1 }) => [threshold, accepted, correct, f1])).toEqual([
    [0.363841, 5, 4, 0.8],
    [0.5, 4, 3, 0.666667],
    [0.591716, 4, 3, 0.666667],
    [0.714002, 3, 3, 0.75],
    [0.738278, 2, 2, 0.571429],
    [1, 1, 1, 0.333333],
  ]);
  expect(quality).toMatchObject({ best_threshold: 0.363841, best_precision: 0.8, best_recall: 0.8, best_f1: 0.8 });
  // likely: i1, i2, i3, mean (0.738278 + 0.591716 + 0.714002) / 3, two right; weak: i4, right
  expect(calibration).toMatchObject([
    { class: "stated", links: 1, correct: 1, share_correct: 1, mean_confidence: 1 },
    { class: "likely", links: 3, correct: 2, share_correct: 0.666667, mean_confidence: 0.681332 },
    { class: "weak", links: 1, correct: 1, share_correct: 1, mean_confidence: 0.363841 },
  ]);
});

test("an incident that is listed with and without a cause is left out, and nothing at all gives no ratio", async () => {
  const warehouse = await given({ ...history, whole: true });
  const both = [
    { line: 2, incident: "i1", deployment: "d1" },
    { line: 3, incident: "i1", deployment: "" },
  ];
  const { quality, unknown, calibration } = await evaluateLinks(
    warehouse,
    both,
    modelInput(history).variables,
  );
  expect(unknown.map(({ reason }) => reason)).toEqual(
    Array.from({ length: 2 }, () => "i1 is listed with a deployment and without one"),
  );
  expect(quality).toMatchObject({ incidents: 0, precision: null, recall: null, f1: null });
  expect(calibration).toEqual([]);
});
