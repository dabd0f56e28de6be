import { describe, expect, test } from "vitest";
import { folder } from "../files/support.ts";
import { collect } from "./support.ts";

/** Where and why a file is refused as a whole, with nothing of it taken in. */
async function refused(name: string, content: string | Buffer) {
  const { records, rejected } = await collect(folder({ [name]: content }), { files: [{ path: "*" }] });
  expect(records).toEqual([]);
  return rejected.map(({ file, line, reason }) => `${file}:${line}: ${reason}`).join("\n");
}

async function saidBy(name: string, content: string | Buffer) {
  const { records, rejected } = await collect(folder({ [name]: content }), { files: [{ path: "*" }] });
  expect(rejected).toEqual([]);
  return JSON.stringify((records[0]?.payload as { said: object } | undefined)?.said);
}

const LAUGHS = `<?xml version="1.0"?>\n<!DOCTYPE lolz [\n<!ENTITY lol "lol">\n<!ENTITY lol2 "&lol;&lol;&lol;">]>\n<testsuite name="&lol2;"/>`;
const named = (suite: string) => `<testsuite name="${suite}"/>`;

describe("XML", () => {
  test.each<[string, string | Buffer, string]>([
    ["a bomb of entities", LAUGHS, "a.xml:4: expected no declarations in DOCTYPE"],
    [
      "an external entity",
      `<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n${named("&x;")}`,
      "a.xml:1: expected no declarations",
    ],
    [
      "an entity that nobody declared",
      `<testsuite>\n<testcase name="&x;"/></testsuite>`,
      "a.xml:2: expected XML, found undefined entity",
    ],
    ["deep nesting", "<testsuite>".repeat(101), "a.xml:1: expected at most 100 levels"],
    [
      "a field of 10 MB",
      named("x".repeat(10_000_000)),
      "a.xml:1: expected at most 100000 characters in name, found 10000000",
    ],
    [
      "an attribute that comes twice",
      '<testsuite name="a"\nname="b"/>',
      "a.xml:2: expected XML, found duplicate attribute",
    ],
    ["a document that is cut off", "<testsuite>\n<testcase", "a.xml:2: expected XML"],
    [
      "another document",
      "<html/>",
      'a.xml:1: expected a report of JUnit, Cobertura or CycloneDX, found XML whose first element is "html"',
    ],
    [
      "Latin-1 that says it is UTF-8",
      Buffer.from(`<?xml version="1.0"?>\n${named("é")}`, "latin1"),
      "a.xml:2: expected UTF-8 text",
    ],
    [
      "UTF-16 that ends in the middle",
      Buffer.from(`\ufeff${named("é")}`, "utf16le").subarray(0, 21),
      "a.xml:1: expected utf-16le",
    ],
    [
      "an encoding that is none",
      `<?xml version="1.0" encoding="klingon"?>${named("a")}`,
      "a.xml:1: expected an encoding that is known, found klingon",
    ],
    ["nothing", "", "a.xml:1: expected a report, found an empty file"],
    ["another format than configured", "TN:\nDA:x", "a.xml:2: expected end_of_record"],
  ])("that is %s is refused", async (_, content, reason) => {
    expect(await refused("a.xml", content)).toContain(reason);
  });

  test.each<[string, Buffer]>([
    ["UTF-8 with a mark", Buffer.from(`\ufeff${named("é")}`)],
    ["UTF-16 with a mark", Buffer.from(`\ufeff${named("é")}`, "utf16le")],
    ["UTF-16 that says so", Buffer.from(`<?xml version="1.0" encoding="UTF-16"?>${named("é")}`, "utf16le")],
    [
      "Latin-1 that says so",
      Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${named("é")}`, "latin1"),
    ],
  ])("in %s is read", async (_, content) => {
    expect(await saidBy("a.xml", content)).toContain('"name":"é"');
  });

  test("of 10 MB that nobody keeps is read", async () => {
    const output = `<testsuite name="a"><testcase name="b"><failure message="${"m".repeat(200_000)}">${"x".repeat(500_000)}</failure></testcase>`;
    expect(
      await saidBy("a.xml", `${output}<system-out>${"y".repeat(10_000_000)}</system-out></testsuite>`),
    ).toContain('"failed":1');
  });
});

test("a trace of coverage with a line of something else is refused", async () => {
  expect(await refused("lcov.info", "TN:\nSF:a\nDA:1,1\n{}\nend_of_record\n")).toBe(
    "lcov.info:4: expected a line of an LCOV trace, such as DA:1,1",
  );
});

const calendar = (...lines: string[]) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR", ""].join("\r\n");
const event = (uid: string, start: string) => [
  "BEGIN:VEVENT",
  `UID:${uid}`,
  `DTSTART${start}`,
  "SUMMARY:Freeze",
  "END:VEVENT",
];

test("an event whose time is none is rejected by its line, and the others are read", async () => {
  const text = calendar(...event("a", ":19701025T(((((("), ...event("b", ":20260302T100000Z"));
  const { records, rejected } = await collect(folder({ "a.ics": text }), { files: [{ path: "*" }] });
  const reason = expect.stringMatching(/^expected an event, found /) as string;
  expect(rejected).toMatchObject([{ file: "a.ics", line: 3, reason }]);
  expect(JSON.stringify(records[0]?.payload)).toContain('"uid":"b"');
});

test("a calendar with a time zone that has no name is refused", async () => {
  const zone = [
    "BEGIN:VTIMEZONE",
    "BEGIN:STANDARD",
    "DTSTART:19701025T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "END:STANDARD",
    "END:VTIMEZONE",
  ];
  expect(await refused("a.ics", calendar(...zone, ...event("a", ";TZID=Office:20260302T100000")))).toBe(
    "a.ics:1: expected a TZID in every time zone, found none",
  );
});
