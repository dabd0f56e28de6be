import fc from "fast-check";
import { expect, test } from "vitest";
import { shareWidth } from "../../../reports/layout/columns.ts";

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const need = fc
  .tuple(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 0, max: 60_000 }))
  .map(([minimum, more]) => ({ minimum, natural: minimum + more }));

test("columns fill the width exactly, and each gets some", () => {
  fc.assert(
    fc.property(fc.array(need, { minLength: 1, maxLength: 12 }), (needs) => {
      const widths = shareWidth(needs, 471);
      expect(sum(widths)).toBeCloseTo(471, 6);
      expect(Math.min(...widths)).toBeGreaterThan(0);
    }),
  );
});

test("a column of numbers stays whole beside long words", () => {
  const widths = shareWidth(
    [
      { minimum: 20, natural: 20 },
      { minimum: 2000, natural: 2000 },
      { minimum: 30, natural: 45 },
    ],
    300,
  );
  expect(widths[0]).toBeGreaterThanOrEqual(20);
  expect(widths[2]).toBeGreaterThanOrEqual(30);
});

test("a date stays on one line where the text beside it needs many anyway", () => {
  const widths = shareWidth(
    [
      { minimum: 40, natural: 60 },
      { minimum: 50, natural: 300 },
      { minimum: 50, natural: 400 },
    ],
    400,
  );
  expect(widths[0]).toBeCloseTo(60);
});

test("a long text gets most of what is left", () => {
  const [short, long] = shareWidth(
    [
      { minimum: 40, natural: 300 },
      { minimum: 60, natural: 40_000 },
    ],
    471,
  );
  expect(long! / short!).toBeGreaterThan(3);
});
