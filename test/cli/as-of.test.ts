import { expect, test } from "vitest";
import { asOfInstant } from "../../src/cli/as-of.ts";

test.each([
  ["2026-06-30", "UTC", "2026-07-01T00:00:00.000Z"],
  ["2026-06-30", "Europe/Berlin", "2026-06-30T22:00:00.000Z"],
  // The day on which clocks change has 23 hours.
  ["2026-03-29", "Europe/Berlin", "2026-03-29T22:00:00.000Z"],
  ["2026-06-30T12:00:00Z", "Europe/Berlin", "2026-06-30T12:00:00.000Z"],
  ["2026-06-30T12:00:00+02:00", "UTC", "2026-06-30T10:00:00.000Z"],
])("%s in %s", (text, zone, instant) => {
  expect(asOfInstant(text, zone).toISOString()).toBe(instant);
});

test("a year that makes periods without end is refused", () => {
  expect(() => asOfInstant("9999-12-31", "UTC")).toThrow('--as-of: expected an instant before the year 2200, found "9999-12-31"');
});
