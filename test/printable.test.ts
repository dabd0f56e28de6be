import { expect, test } from "vitest";
import { printable, printableLine, unseenEscaped } from "../src/printable.ts";

test("what speaks to a terminal or turns text around is shown as a mark", () => {
  const hostile = "a\u001b[2J\u0007\u202Eb\u2066c\u009Bd\u2028e";
  expect(printable(hostile)).toBe("a\uFFFD[2J\uFFFD\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
  expect(printable("two\nlines, Größe 😀, עברית")).toBe("two\nlines, Größe 😀, עברית");
});

test("one line stays one line", () => {
  expect(printableLine("x\nnote: all is well\r")).toBe("x\uFFFDnote: all is well\uFFFD");
});

test("in JSON nothing is lost", () => {
  const text = "a\u202E\u200D\u{E0041}b\u009B";
  const json = unseenEscaped(JSON.stringify({ text }));
  expect(json).toBe('{"text":"a\\u202e\\u200d\\udb40\\udc41b\\u009b"}');
  expect(JSON.parse(json)).toEqual({ text });
});
