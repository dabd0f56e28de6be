import { expect, test } from "vitest";
import { best, table, tooSlow } from "../../bench/guard/compared.ts";

test("a stage may take twice what is recorded, and no more; one of which nothing is recorded is named too", () => {
  const recorded = { staging: 2.5, model: 1.5, pages: 10 };
  const now = { staging: 5, model: 3.1, pages: 4, pack: 1 };
  expect(tooSlow(now, recorded)).toEqual(["model", "pack"]);
  expect(table(now, recorded).map((line) => line.trim())).toEqual([
    "5.00      2.50  staging: 2.00 times as much",
    "3.10      1.50  model: 2.07 times as much, 2 at most: TOO SLOW",
    "4.00     10.00  pages: 0.40 times as much",
    "1.00         -  pack: not recorded, 2 at most: TOO SLOW",
  ]);
});

test("the best of several tries counts, stage by stage", () => {
  expect(best({ staging: 3, model: 1 }, { staging: 2, model: 4 })).toEqual({ staging: 2, model: 1 });
  expect(best({}, { staging: 2 })).toEqual({ staging: 2 });
});
