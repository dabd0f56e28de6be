import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FORMULA, toCsv } from "../../reports/csv.ts";

test.each(["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1", " =1", "\u200b=1", "\ufeff\u00a0@x"])(
  "text that starts as a formula does is no formula: %j",
  (text) => {
    const [row] = parse<{ a: string }>(toCsv([{ a: text }]), { columns: true });
    expect(row!.a).toBe(`'${text}`);
  },
);

test("numbers keep their sign, lists are joined, what is missing is empty", () => {
  expect(toCsv([{ a: -1.5, b: ["x", "y"], c: null, d: true, e: 'say "hi", all' }])).toBe(
    'a,b,c,d,e\n-1.5,x; y,,true,"say ""hi"", all"\n',
  );
});

test("any text comes back as it was", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ a: fc.string({ unit: "binary" }), b: fc.string() }), {
        minLength: 1,
        maxLength: 5,
      }),
      (rows) => {
        const back = parse<{ a: string; b: string }>(toCsv(rows), { columns: true, record_delimiter: "\n" });
        const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
        expect(back.map(({ a, b }) => ({ a, b }))).toEqual(
          rows.map(({ a, b }) => ({ a: guarded(a), b: guarded(b) })),
        );
      },
    ),
    { numRuns: 40 },
  );
});
