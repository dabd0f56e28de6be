import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { FontBook } from "../../../reports/layout/fonts.ts";
import { breakLines, fitLine, measureText, webAddress } from "../../../reports/layout/lines.ts";
import { openDocument } from "../../../reports/layout/pdfkit.ts";
import { styles } from "../../../reports/layout/theme.ts";

let fonts: FontBook;
beforeAll(() => {
  fonts = new FontBook(openDocument({ autoFirstPage: false, font: null }));
});

const textOf = (lines: ReturnType<typeof breakLines>): string =>
  lines.map(({ runs }) => runs.map(({ text }) => text).join("")).join("");
const withoutSpace = (text: string): string => text.replace(/\s+/g, "");

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

test("no character is lost and no line is wider than its column, whatever the text", () => {
  const text = fc.string({
    unit: fc.oneof(
      { weight: 6, arbitrary: fc.string({ minLength: 1, maxLength: 9 }) },
      { weight: 3, arbitrary: fc.constant(" ") },
      { weight: 1, arbitrary: fc.constant("\n") },
      { weight: 1, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 3 }) },
    ),
    maxLength: 60,
  });
  fc.assert(
    fc.property(text, fc.integer({ min: 20, max: 400 }), (value, width) => {
      const lines = breakLines(fonts, measureText(fonts, value, styles.cell), width);
      expect(withoutSpace(textOf(lines))).toBe(
        withoutSpace(fonts.clean(value, "sans").replaceAll("\u00a0", " ")),
      );
      for (const line of lines) {
        const isOneCharacter = [...graphemes.segment(textOf([line]).trim())].length <= 1;
        expect(line.width <= width + 0.5 || isOneCharacter || line.runs.length === 0).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test("lines of the text stay lines, empty ones too", () => {
  const lines = breakLines(fonts, measureText(fonts, "one\n\ntwo\r\nthree", styles.body), 400);
  expect(lines.map((line) => textOf([line]).trim())).toEqual(["one", "", "two", "three"]);
});

test("a space that must not break does not", () => {
  const lines = breakLines(fonts, measureText(fonts, "12\u00a0Jan\u00a02026 14:05", styles.body), 70);
  expect(lines.map((line) => textOf([line]).trim())).toEqual(["12 Jan 2026", "14:05"]);
});

test("a running head is one line, shortened where it must be", () => {
  const line = fitLine(fonts, "word ".repeat(200), styles.furniture, 200);
  expect(line.width).toBeLessThanOrEqual(200);
  expect(textOf([line])).toMatch(/…$/);
});

test.each([
  ["https://example.com/a b", "https://example.com/a%20b"],
  ["HTTP://EXAMPLE.com", "http://example.com/"],
  ["javascript:alert(1)", undefined],
  ["data:text/html,x", undefined],
  ["//example.com", undefined],
  ["not an address", undefined],
])("%s as a link is %s", (href, expected) => {
  expect(webAddress(href)).toBe(expected);
});
