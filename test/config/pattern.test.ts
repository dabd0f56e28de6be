import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { patternProblem, referenceProblem } from "../../src/config/pattern.ts";
import { openWarehouse } from "../../src/warehouse/open.ts";

describe("an expression for logins", () => {
  test.each([
    "jane",
    "(.+)-acme",
    "([a-z]+)\\.([a-z]+)@acme\\.(?:com|example)",
    "[a-z0-9._-]{2,20}",
    "\\d+\\+(.*)",
  ])("may be %s", (text) => expect(patternProblem(text)).toBeUndefined());

  test.each([
    ["(jane", "Unterminated group"],
    ["(?=a)b", "no look-around"],
    ["(?<who>a)", "names"],
    ["(a)\\1", "\\1 is not known there"],
    ["\\p{L}+", "\\p is not known there"],
    ["a{1001}", "at most 100 repeats"],
    ["(a{90}){90}", "do not nest"],
    ["[]a", "a class is neither empty"],
    ["a\\", "is not known there"],
    ["x".repeat(501), "at most 500 characters"],
  ])("is not %s", (text, problem) => expect(patternProblem(text)).toContain(problem));

  test("that is taken is one of the database too", async () => {
    const warehouse = await openWarehouse(":memory:", { mode: "write" });
    const piece = fc.constantFrom(
      "a",
      ".",
      "*",
      "+",
      "?",
      "(",
      ")",
      "(?:",
      "|",
      "[",
      "^",
      "]",
      "a-z",
      "\\.",
      "\\d",
      "{2}",
      "{2,9}",
      "$",
      "-",
      "é",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 9 }), async (pieces) => {
        const text = pieces.join("");
        fc.pre(patternProblem(text) === undefined);
        await warehouse.rows("select regexp_matches('jane@acme.example', ?, 'i') as found", [
          `^(?:${text})$`,
        ]);
      }),
      { seed: 7, numRuns: 400 },
    );
    warehouse.close();
  });
});

test("what a rule gives takes up groups that its expression has", () => {
  expect(referenceProblem("(a)(?:b)[(](c)\\(", "\\2-\\1-\\0")).toBeUndefined();
  expect(referenceProblem("(a)", "\\2@x")).toBe("expected references from \\0 to \\1, since `login` has 1 group (\\2)");
  expect(referenceProblem("a", "x\\y")).toContain("(\\y)");
});
