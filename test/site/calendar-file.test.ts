import fc from "fast-check";
import { expect, test } from "vitest";
import { calendarReport } from "../../collectors/evidence/formats/icalendar.ts";
import { printable } from "../../src/printable.ts";
import { calendarText, type CalendarEventRow } from "../../src/site/calendar-file.ts";

const about = { organisation: "Acme", asOf: "2026-06-30T22:00:00Z" };

const release: CalendarEventRow = {
  ...{
    position: 1,
    uid: "release/data:api@1.0",
    kind: "release",
    is_whole_days: false,
    starts: "20260415T080000Z",
    ends: null,
  },
  ...{ summary: "Release api 1.0", description: "Kind: release\nState: planned", status: "TENTATIVE" },
};
const freeze = {
  ...release,
  uid: "freeze/f1",
  kind: "freeze",
  is_whole_days: true,
  starts: "20261215",
  ends: "20270107",
  status: "CONFIRMED",
};

const entry = { path: "calendar.ics" } as Parameters<typeof calendarReport>[1];
const readBack = (text: string) => calendarReport(text, entry);

test("a release is an instant, a freeze whole days, and nothing of it comes from a clock", () => {
  const lines = calendarText([release, { ...freeze, summary: "Year end" }], about)
    .replace(/^UID:[0-9a-f]{32}@/gm, "UID:X@")
    .split("\r\n");
  expect(lines).toEqual([
    ...["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Quarterdeck//Calendar//EN", "X-WR-CALNAME:Acme"],
    ...["BEGIN:VEVENT", "UID:X@quarterdeck", "DTSTAMP:20260630T220000Z"],
    ...["DTSTART:20260415T080000Z", "SUMMARY:Release api 1.0", "DESCRIPTION:Kind: release\\nState: planned"],
    ...["CATEGORIES:release", "STATUS:TENTATIVE", "TRANSP:TRANSPARENT", "END:VEVENT"],
    ...["BEGIN:VEVENT", "UID:X@quarterdeck", "DTSTAMP:20260630T220000Z"],
    ...["DTSTART;VALUE=DATE:20261215", "DTEND;VALUE=DATE:20270107", "SUMMARY:Year end"],
    ...[
      "DESCRIPTION:Kind: release\\nState: planned",
      "CATEGORIES:freeze",
      "STATUS:CONFIRMED",
      "TRANSP:TRANSPARENT",
    ],
    ...["END:VEVENT", "END:VCALENDAR", ""],
  ]);
});

test("whatever a source calls it, it is one event with that name, in lines of at most 75 octets", () => {
  const anyText = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 300 }),
    fc.constantFrom("x\r\nEND:VEVENT\r\nBEGIN:VALARM", "a;b,c\\d\n\\n", "ü".repeat(120), "\u2028:\u0000"),
  );
  fc.assert(
    fc.property(anyText, anyText, (summary, description) => {
      const text = calendarText([{ ...freeze, summary, description }, release], about);
      const lines = text.split("\r\n");
      expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
      expect(lines.filter((line) => line.startsWith("BEGIN:") || line.startsWith("END:"))).toHaveLength(6);
      const { said, problems } = readBack(text);
      expect(problems).toEqual([]);
      expect(said).toMatchObject({
        events: [
          { summary: printable(summary), occurrences: [{ start: "2026-12-15", end: "2027-01-07" }] },
          { summary: "Release api 1.0", occurrences: [{ start: "2026-04-15T08:00:00Z" }] },
        ],
      });
    }),
    { numRuns: 200 },
  );
});
