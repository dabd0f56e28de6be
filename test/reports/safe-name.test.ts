import fc from "fast-check";
import { expect, test } from "vitest";
import { releaseFolder, safeName } from "../../reports/safe-name.ts";

test("a plain name stays as it is", () => {
  expect(["payments", "2.4.0", "v1.0.0-rc.1", "API_2"].map(safeName)).toEqual([
    "payments",
    "2.4.0",
    "v1.0.0-rc.1",
    "API_2",
  ]);
});

test.each([
  "../../etc/passwd",
  "..",
  ".",
  "",
  "a/b",
  "a\\b",
  "con",
  "NUL.txt",
  "a\0b",
  "x".repeat(500),
  "-rf",
  "日本",
  "a b",
])("%j becomes one folder", (text) => {
  const name = safeName(text);
  expect(name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*[A-Za-z0-9_]$/);
  expect(name).not.toContain("..");
  expect(name.length).toBeLessThan(80);
});

test("two names never share a folder", () => {
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => a === b || safeName(a) !== safeName(b)));
  expect(safeName("a/b")).not.toBe(safeName("a-b"));
});

test("two releases never share a folder, nor one with another pack", () => {
  expect(releaseFolder("a-b", "1.0")).toBe("a-b-1.0");
  expect(releaseFolder("payments", "v2.4.0-rc.1")).toBe("payments-v2.4.0-rc.1");
  expect(releaseFolder("a", "b-1.0")).toMatch(/^a-b-1\.0-[0-9a-f]{8}$/);
  expect(releaseFolder("a-1.0", "2.0")).not.toBe(releaseFolder("a", "1.0-2.0"));
  expect(releaseFolder("train", "1.0")).not.toBe(safeName("train-1.0"));
  const part = fc.array(fc.constantFrom("a", "v", "1", "-"), { maxLength: 6 }).map((letters) => letters.join(""));
  fc.assert(
    fc.property(part, part, part, part, (a, b, c, d) => (a === c && b === d) || releaseFolder(a, b) !== releaseFolder(c, d)),
    { numRuns: 5_000 },
  );
});
