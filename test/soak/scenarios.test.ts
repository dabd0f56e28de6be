import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { SCENARIOS } from "./scenarios.ts";
import { expectSame } from "./same.ts";

const read = (path: string) => readFileSync(join(packageRoot, path), "utf8");

test.each(SCENARIOS)(
  "$name is gone through by npm test too, and the documentation has its numbers",
  ({ name, seeds }) => {
    if (seeds.test.length > 0) expect(read(`test/soak/${name}.test.ts`)).toContain("prove(");
    expect(read("docs/soak.md")).toMatch(
      new RegExp(`^\\| \`${name}\` +\\|.*\\| ${seeds.test.length} +\\| ${seeds.soak} +\\|$`, "m"),
    );
  },
);

test("a difference is told row by row", () => {
  expectSame({ a: ["1", "2"] }, { a: ["1", "2"], b: [] });
  expect(() =>
    expectSame({ a: ["1", "2", "2"], b: ["y", "x"] }, { a: ["1", "2", "3"], b: ["x", "y"] }),
  ).toThrow("a:\n  too much: 2\n  missing: 3\nb:\n  the same rows in another order");
});
