import { describe, expect, test } from "vitest";
import { cronProblem, ticksOf } from "../../src/schedule/cron.ts";
import { jitterOf } from "../../src/schedule/jitter.ts";

/** The next ticks after an instant. */
function ticks(expression: string, from: string, count: number, delay = 0): string[] {
  const due = ticksOf(expression, "Europe/Berlin", delay);
  const found: Date[] = [];
  for (let at = new Date(from); found.length < count; ) {
    at = due.after(at);
    found.push(at);
  }
  return found.map((at) => at.toISOString().replace(".000Z", "Z"));
}

describe("on the days on which clocks change", () => {
  // 29 March 2026: 02:00 becomes 03:00 at 01:00Z. 25 October 2026: 03:00 becomes 02:00 at 01:00Z.
  test("what is due at a time that is not there is due once, when the gap ends", () => {
    expect(ticks("30 2 * * *", "2026-03-28T00:00:00Z", 3)).toEqual(["2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]);
  });

  test("what is due at a time that is there twice is due once", () => {
    expect(ticks("30 2 * * *", "2026-10-24T12:00:00Z", 2)).toEqual(["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]);
    for (const between of ["2026-10-25T00:30:00Z", "2026-10-25T00:45:00Z", "2026-10-25T01:10:00Z", "2026-10-25T01:30:00Z"]) {
      expect(ticks("30 2 * * *", between, 1)).toEqual(["2026-10-26T01:30:00Z"]);
    }
  });

  test("each of several times is due once", () => {
    expect(ticks("30 2,14 * * *", "2026-03-28T20:00:00Z", 2)).toEqual(["2026-03-29T01:00:00Z", "2026-03-29T12:30:00Z"]);
    expect(ticks("30 2,14 * * *", "2026-10-24T20:00:00Z", 2)).toEqual(["2026-10-25T00:30:00Z", "2026-10-25T13:30:00Z"]);
  });

  test("what comes each hour comes each hour", () => {
    expect(ticks("0 * * * *", "2026-10-24T23:30:00Z", 4)).toEqual(["2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z"]);
    expect(ticks("0 * * * *", "2026-03-28T23:30:00Z", 3)).toEqual(["2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"]);
  });
});

test("a tick is after the instant that is asked about, also with a delay", () => {
  expect(ticks("0 4 * * *", "2026-07-01T02:00:00Z", 1)).toEqual(["2026-07-02T02:00:00Z"]);
  expect(ticks("0 4 * * *", "2026-07-01T02:00:00Z", 2, 90_000)).toEqual(["2026-07-01T02:01:30Z", "2026-07-02T02:01:30Z"]);
  expect(ticks("* * * * * *", "2026-07-01T02:00:00.500Z", 1)).toEqual(["2026-07-01T02:00:01Z"]);
});

test.each([["17 4 * * *"], ["*/10 * * * * *"], ["0 4 L * *"], ["0 4 * * MON-FRI"], ["@daily"], ["0 0 29 2 *"]])(
  "%s is right",
  (expression) => expect(cronProblem(expression)).toBeUndefined(),
);

test.each([
  ["", "it has five parts, or six with seconds first"],
  ["4 17 * *", "it has five parts, or six with seconds first"],
  ["0 0 4 1 1 * 2027", "it has five parts, or six with seconds first"],
  ["0 25 * * *", "Invalid value for hour: 25"],
  ["0 0 31 6 *", "there is no such day"],
  ["2026-01-01T00:00:00", "it takes neither : nor ?"],
  ["? 4 * * *", "it takes neither : nor ?"],
])("%j is wrong: %s", (expression, problem) => expect(cronProblem(expression)).toBe(problem));

test("jitter: whole seconds below the most, the same each time, others for others", () => {
  const names = Array.from({ length: 200 }, (_, index) => `source-${index}`);
  const jitters = names.map((name) => jitterOf("Acme", name, 600));
  for (const jitter of jitters) {
    expect(jitter % 1000).toBe(0);
    expect(jitter).toBeLessThan(600_000);
    expect(jitter).toBeGreaterThanOrEqual(0);
  }
  expect(new Set(jitters).size).toBeGreaterThan(150);
  expect(names.map((name) => jitterOf("Acme", name, 600))).toEqual(jitters);
  expect(jitterOf("Other", "source-1", 600)).not.toBe(jitters[1]);
  expect(jitterOf("Acme", "source-1", 0)).toBe(0);
});
