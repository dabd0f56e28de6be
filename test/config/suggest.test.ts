import { expect, test } from "vitest";
import { didYouMean, oneOf } from "../../src/config/suggest.ts";

test.each([
  ["teir", ["title", "tier", "paths"], "; did you mean `tier`?"],
  ["prod", ["production", "staging"], "; did you mean `production`?"],
  ["pro", ["production", "process"], ""],
  ["Deployment", ["deployment"], "; did you mean `deployment`?"],
  ["colour", ["title", "tier"], ""],
  ["x", [], ""],
])("%s of %j", (word, known, expected) => {
  expect(didYouMean(word, known)).toBe(expected);
});

test("oneOf", () => {
  expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(oneOf)).toEqual(["", "a", "a or b", "a, b or c"]);
});
