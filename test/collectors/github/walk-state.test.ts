import { expect, test } from "vitest";
import { untouched, withPending } from "../../../collectors/github/streams/walk-state.ts";

const FLOOR = "2026-03-01T08:00:00Z";

/** Lists are walked from the newest record down. */
const down = (from: number, to: number, isFinal = false) =>
  Array.from({ length: from - to + 1 }, (_, index) => ({ id: String(from - index), isFinal }));

test("of more than are kept pending, the newest are", () => {
  const first = withPending(withPending(untouched, down(1_000, 701)), down(700, 401));
  expect([first.pending.length, first.pending[0], first.pending.at(-1)]).toEqual([500, "1000", "501"]);
  const second = withPending(first, down(1_010, 990), FLOOR);
  expect([second.pending.length, second.pending[0], second.pending.at(-1)]).toEqual([500, "1010", "511"]);
});

test("what has become final is pending no more", () => {
  const state = withPending(withPending(untouched, down(5, 1)), down(4, 2, true), FLOOR);
  expect(state.pending).toEqual(["5", "1"]);
});
