import { expect, test } from "vitest";
import { slim } from "../../src/site/slim.ts";

test("rows keep what they say and the order of their columns", () => {
  const rows = [
    { scope: "api", label: "Q1 2026", value: 1.5, reason: null, lists: ["a"] },
    { scope: "api", label: "Q2 2026", value: null, reason: "no data", lists: [] },
  ];
  const slimmed = slim(rows, new Map());
  expect(slimmed).toEqual(rows);
  expect(slimmed.map((row) => Object.keys(row))).toEqual(rows.map((row) => Object.keys(row)));
});

test("equal texts of several lists are kept once", () => {
  const texts = new Map<string, string>();
  slim([{ scope: "api", label: "Q1" }], texts);
  slim([{ scope: "api", label: "Q2" }], texts);
  expect([...texts.keys()]).toEqual(["api", "Q1", "Q2"]);
});
