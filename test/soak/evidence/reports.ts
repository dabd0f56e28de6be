import type { Chance } from "../../support/chance.ts";
import type { Content } from "../files/folder.ts";

const SHA = "4c1f0e9a5b6d7c8e9f0a1b2c3d4e5f6a7b8c9d0e";

/** Formats of which the seeds write reports, by the ending of their files. */
export const REPORTS = {
  xml: (n) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite name="Prüfung ${n % 3}" timestamp="2026-03-02T10:00:00">\n${Array.from({ length: 1 + (n % 4) }, (_, index) => `<testcase classname="A" name="case ${index}">${(n + index) % 3 === 0 ? '<failure message="größer"/>' : ""}</testcase>\n`).join("")}</testsuite>\n</testsuites>\n`,
  info: (n) =>
    `TN:\nSF:src/größe.ts\n${[1, 2, 3].map((line) => `DA:${line},${(n + line) % 2}\n`).join("")}LF:3\nLH:${n % 3}\nend_of_record\n`,
  sarif: (n) =>
    JSON.stringify(
      {
        version: "2.1.0",
        runs: [
          {
            tool: {
              driver: { name: "Prüfer", rules: [{ id: "sqli", properties: { "security-severity": "9.1" } }] },
            },
            invocations: [{ executionSuccessful: true, endTimeUtc: "2026-03-02T10:00:00Z" }],
            results: Array.from({ length: n % 4 }, () => ({
              ruleId: "sqli",
              level: "error",
              message: { text: "x" },
            })),
          },
        ],
      },
      null,
      1,
    ),
  json: (n) =>
    JSON.stringify(
      {
        bomFormat: "CycloneDX",
        specVersion: "1.5",
        version: 1,
        metadata: {
          timestamp: "2026-03-02T10:00:00Z",
          component: { type: "application", name: "größe", version: `1.${n}` },
        },
        components: [],
      },
      null,
      1,
    ),
  ics: (n) =>
    [
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:test",
      ...event("a", n),
      ...event("b", n + 1),
      ...(n % 5 === 0 ? ["BEGIN:VEVENT", "SUMMARY:no start", "END:VEVENT"] : []),
      "END:VCALENDAR",
      "",
    ].join("\r\n"),
} as const satisfies Record<string, (n: number) => string>;

export type Ending = keyof typeof REPORTS;
export const ENDINGS = Object.keys(REPORTS) as [Ending, ...Ending[]];
export const FOLDER = `payments/${SHA}`;

const event = (uid: string, n: number) => [
  "BEGIN:VEVENT",
  `UID:${uid}`,
  `DTSTAMP:20260301T000000Z`,
  `DTSTART:2026030${1 + (n % 8)}T080000Z`,
  `DTEND:2026030${1 + (n % 8)}T100000Z`,
  `SUMMARY:${["Sperre", "Change stop für alle", "freeze"][n % 3]}`,
  "CATEGORIES:freeze",
  "END:VEVENT",
];

/** A report that is written again and again. */
export class Report implements Content {
  private readonly ending: Ending;
  private number: number;

  constructor(ending: Ending, chance: Chance) {
    this.ending = ending;
    this.number = chance.whole(0, 99);
  }

  text(): string {
    return REPORTS[this.ending](this.number);
  }

  change(chance: Chance): void {
    this.number = chance.whole(0, 99);
  }

  settle(): void {
    // A report is taken in as a whole or not at all.
  }
}
