import { describe, expect, test } from "vitest";
import { folder } from "../files/support.ts";
import { collect, rows, staged, type Options } from "./support.ts";

const calendar = (...events: string[]) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", ...events, "END:VCALENDAR", ""].join("\r\n");
const event = (uid: string, ...lines: string[]) =>
  ["BEGIN:VEVENT", `UID:${uid}`, "DTSTAMP:20260101T000000Z", ...lines, "END:VEVENT"].join("\r\n");

const windows = async (text: string, options: Options = {}) =>
  (await rows(await staged({ "c.ics": text }, options), "staging.evidence_calendar_window")) as Record<
    string,
    string
  >[];

/** `kind start - end` of every window. */
const spans = async (text: string, options: Options = {}) =>
  (await windows(text, options)).map(
    ({ kind, starts_at, ends_at }) => `${kind ?? ""} ${starts_at ?? ""} - ${ends_at ?? ""}`,
  );

const MAINTENANCE = "CATEGORIES:Maintenance";
const BERLIN = (day: string, time: string) => `DTSTART;TZID=Europe/Berlin:${day}T${time}`;

describe("a window", () => {
  test("of whole days is the organisation's days, clocks put forward or not", async () => {
    const text = calendar(
      event(
        "1",
        "SUMMARY:Year end",
        "CATEGORIES:Finance,Freeze",
        "DTSTART;VALUE=DATE:20260328",
        "DTEND;VALUE=DATE:20260330",
      ),
    );
    expect(await windows(text, { files: [{ path: "*.ics", scope: "payments" }] })).toEqual([
      {
        id: '["c.ics","1"]',
        kind: "freeze",
        scope: "payments",
        starts_at: "2026-03-27T23:00:00Z",
        ends_at: "2026-03-29T22:00:00Z",
        reason: "Year end",
      },
    ]);
  });

  test.each<[string, string[], string]>([
    [
      "in UTC",
      ["DTSTART:20260302T100000Z", "DTEND:20260302T113000Z"],
      "2026-03-02T10:00:00Z - 2026-03-02T11:30:00Z",
    ],
    [
      "without a zone, as in the organisation's",
      ["DTSTART:20260302T100000", "DURATION:PT1H"],
      "2026-03-02T09:00:00Z - 2026-03-02T10:00:00Z",
    ],
    [
      "in a zone of the list",
      ["DTSTART;TZID=America/New_York:20260302T100000", "DURATION:PT1H"],
      "2026-03-02T15:00:00Z - 2026-03-02T16:00:00Z",
    ],
    [
      "from one zone to another",
      ["DTSTART;TZID=Europe/Berlin:20260302T100000", "DTEND;TZID=Europe/London:20260302T100000"],
      "2026-03-02T09:00:00Z - 2026-03-02T10:00:00Z",
    ],
    [
      "at a time that clocks skipped",
      ["DTSTART;TZID=Europe/Berlin:20260329T023000", "DURATION:PT1H"],
      "2026-03-29T01:30:00Z - 2026-03-29T02:30:00Z",
    ],
    [
      "for a day, over the night that is an hour shorter",
      ["DTSTART;TZID=Europe/Berlin:20260328T120000", "DURATION:P1D"],
      "2026-03-28T11:00:00Z - 2026-03-29T10:00:00Z",
    ],
  ])("%s", async (_, lines, span) => {
    expect(await spans(calendar(event("1", MAINTENANCE, ...lines)))).toEqual([`maintenance ${span}`]);
  });

  test("follows the zone that the calendar defines, whatever its name", async () => {
    const zone = [
      ...["BEGIN:VTIMEZONE", "TZID:W. Europe Standard Time"],
      ...[
        "BEGIN:STANDARD",
        "DTSTART:16010101T030000",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "END:STANDARD",
      ],
      ...[
        "BEGIN:DAYLIGHT",
        "DTSTART:16010101T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "END:DAYLIGHT",
      ],
      "END:VTIMEZONE",
    ].join("\r\n");
    const at = (uid: string, day: string) =>
      event(uid, MAINTENANCE, `DTSTART;TZID=W. Europe Standard Time:${day}T220000`, "DURATION:PT1H");
    expect(await spans(calendar(zone, at("1", "20260201"), at("2", "20260701")))).toEqual([
      "maintenance 2026-02-01T21:00:00Z - 2026-02-01T22:00:00Z",
      "maintenance 2026-07-01T20:00:00Z - 2026-07-01T21:00:00Z",
    ]);
  });
});

describe("what an event is", () => {
  const at = (uid: string, ...lines: string[]) => event(uid, "DTSTART:20260302T100000Z", ...lines);
  const kinds = {
    "Change stop": "freeze",
    Stop: "blackout",
    Wartung: "maintenance",
    Launch: "milestone",
  } as const;

  test("is said by a category, else by the longest words of its title; nothing else is a window", async () => {
    const text = calendar(
      at("1", "SUMMARY:No change stop", "CATEGORIES:Wartung"),
      at("2", "SUMMARY:The CHANGE STOP of autumn"),
      at("3", "SUMMARY:Stop press", "CATEGORIES:blackout"),
      at("4", "SUMMARY:Birthday", "CATEGORIES:Party"),
      at("5", "SUMMARY:Launch of cards"),
      at("6", "SUMMARY:Change stop", "STATUS:CANCELLED"),
    );
    const warehouse = await staged({ "c.ics": text }, { files: [{ path: "*.ics", kinds }] });
    const found = (await rows(warehouse, "staging.evidence_calendar_window")) as Record<string, string>[];
    expect(found.map(({ id, kind }) => `${id ?? ""} ${kind ?? ""}`)).toEqual([
      '["c.ics","1"] maintenance',
      '["c.ics","2"] freeze',
      '["c.ics","3"] blackout',
    ]);
    expect(await rows(warehouse, "staging.evidence_milestone", "id")).toEqual([
      { name: "Launch of cards", planned_at: "2026-03-02T10:00:00Z" },
    ]);
  });

  test.each([
    { Stop: "maintenance", stop: "freeze" },
    { stop: "freeze", Stop: "maintenance" },
  ] as const)("is the first by the alphabet where its words differ in nothing but case", async (tied) => {
    const text = calendar(at("1", "CATEGORIES:STOP"));
    const found = await windows(text, { files: [{ path: "*.ics", kinds: tied }] });
    expect(found.map(({ kind }) => kind)).toEqual(["freeze"]);
  });
});

describe("repetition", () => {
  const weekly = (...lines: string[]) =>
    event("w", MAINTENANCE, BERLIN("20260321", "220000"), "DURATION:PT2H", ...lines);
  const starts = async (text: string, options: Options = {}) =>
    (await windows(text, options)).map(({ starts_at }) => starts_at);

  test("is by the clock, also after it was put forward", async () => {
    expect(await starts(calendar(weekly("RRULE:FREQ=WEEKLY;COUNT=3")))).toEqual([
      "2026-03-21T21:00:00Z",
      "2026-03-28T21:00:00Z",
      "2026-04-04T20:00:00Z",
    ]);
  });

  test("ends with UNTIL, leaves out EXDATE, takes in RDATE", async () => {
    const lines = [
      "RRULE:FREQ=WEEKLY;UNTIL=20260404T200000Z",
      "EXDATE;TZID=Europe/Berlin:20260328T220000",
      "RDATE;TZID=Europe/Berlin:20260401T220000",
    ];
    expect(await starts(calendar(weekly(...lines)))).toEqual([
      "2026-03-21T21:00:00Z",
      "2026-04-01T20:00:00Z",
      "2026-04-04T20:00:00Z",
    ]);
  });

  test("gives way to an event that changes or cancels one of it", async () => {
    const moved = event(
      "w",
      MAINTENANCE,
      "RECURRENCE-ID;TZID=Europe/Berlin:20260328T220000",
      "DTSTART:20260329T040000Z",
      "DURATION:PT1H",
    );
    const cancelled = event(
      "w",
      MAINTENANCE,
      "RECURRENCE-ID;TZID=Europe/Berlin:20260404T220000",
      "DTSTART:20260404T200000Z",
      "STATUS:CANCELLED",
    );
    expect(await starts(calendar(weekly("RRULE:FREQ=WEEKLY;COUNT=4"), moved, cancelled))).toEqual([
      "2026-03-21T21:00:00Z",
      "2026-03-29T04:00:00Z",
      "2026-04-11T20:00:00Z",
    ]);
  });

  test("without an end is read within the horizon, and shown until a year after as-of", async () => {
    const text = calendar(weekly("RRULE:FREQ=MONTHLY"));
    expect(await starts(text)).toHaveLength(13);
    const files = [{ path: "*.ics", from: "2026-05-01", until: "2026-07-01" }];
    expect(await starts(text, { files })).toEqual(["2026-05-21T20:00:00Z", "2026-06-21T20:00:00Z"]);
  });

  test("on a day that few months have skips the others", async () => {
    const text = calendar(
      event("1", MAINTENANCE, "DTSTART;VALUE=DATE:20260131", "RRULE:FREQ=MONTHLY;COUNT=3"),
    );
    expect(await starts(text)).toEqual([
      "2026-01-30T23:00:00Z",
      "2026-03-30T22:00:00Z",
      "2026-05-30T22:00:00Z",
    ]);
  });
});

describe("hostile calendars", () => {
  const read = async (text: string) => {
    const { records, rejected } = await collect(folder({ "c.ics": text }), { files: [{ path: "*" }] });
    const said = (records[0]?.payload as { said: { events: { occurrences: unknown[] }[] } } | undefined)
      ?.said;
    return {
      events: said?.events.map(({ occurrences }) => occurrences.length),
      rejected: rejected.map(({ line, reason }) => `${line}: ${reason}`),
    };
  };
  const day = "DTSTART:20260101T000000Z";

  test.each<[string, string[], string]>([
    [
      "repeats by the second",
      [day, "RRULE:FREQ=SECONDLY"],
      "4: expected something that repeats by the day at most",
    ],
    [
      "repeats every second of each day",
      [day, `RRULE:FREQ=DAILY;BYMINUTE=${[...Array(60).keys()].join(",")}`],
      "4: expected at most 24 times a day",
    ],
    ["ends before it starts", [day, "DTEND:20250101T000000Z"], "4: expected an end after the start"],
    [
      "is in a zone that nobody knows",
      ["DTSTART;TZID=Mars/Olympus:20260101T000000"],
      '4: expected a time zone of the calendar or of the IANA list, found "Mars/Olympus"',
    ],
    ["lasts for ages", [day, "DURATION:P999999999W"], "4: expected a duration of at most 100 years"],
    ["has two starts", [day, day], "4: expected DTSTART once"],
    ["has none", ["SUMMARY:x"], "4: expected DTSTART, found none"],
    [
      "is on a day that does not exist",
      ["DTSTART:20260230T000000Z"],
      "4: expected a time that exists in DTSTART",
    ],
    [
      "has a title of 100,000 characters",
      [day, `SUMMARY:${"x".repeat(100_000)}`],
      "4: expected at most 10000 characters in SUMMARY",
    ],
  ])("an event that %s is rejected with its line, the others are read", async (_, lines, reason) => {
    const { events, rejected } = await read(calendar(event("1", ...lines), event("2", day)));
    expect(events).toEqual([1]);
    expect(rejected).toHaveLength(1);
    expect(rejected[0]).toContain(reason);
  });

  test("endless rules are cut, and it is said; those that never come true end too", async () => {
    const never = event("2", day, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31");
    const { events, rejected } = await read(calendar(event("1", day, "RRULE:FREQ=DAILY"), never));
    expect(events).toEqual([5000, 1]);
    expect(rejected).toEqual(["4: repeats more than 5000 times: the first are read; set from and until"]);
  });

  test("40,000 dates in one line are cut like a rule", async () => {
    const dates = Array.from({ length: 40_000 }, (_, index) =>
      new Date(Date.UTC(2026, 0, 2, index)).toISOString().replaceAll(/[-:]|\.\d+/g, ""),
    );
    const { events, rejected } = await read(calendar(event("1", day, `RDATE:${dates.join(",")}`)));
    expect(events).toEqual([5000]);
    expect(rejected).toEqual(["4: repeats more than 5000 times: the first are read; set from and until"]);
  });

  const endless = (count: number, rule: string) =>
    calendar(...Array.from({ length: count }, (_, index) => event(String(index), day, rule)));

  const zone = (rule: string) =>
    [
      "BEGIN:VTIMEZONE",
      "TZID:X",
      "BEGIN:STANDARD",
      "DTSTART:19700101T000000",
      "TZOFFSETFROM:+0000",
      "TZOFFSETTO:+0100",
      `RRULE:${rule}`,
      "END:STANDARD",
      "END:VTIMEZONE",
    ].join("\r\n");

  test.each<[string, string, string]>([
    [
      "a time zone that changes by the second",
      calendar(zone("FREQ=SECONDLY"), event("1", "DTSTART;TZID=X:20260101T000000")),
      "1: expected time zones that change by the year",
    ],
    [
      "a calendar that is cut off",
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n",
      "3: expected END:VEVENT: the calendar is cut off",
    ],
    [
      "components that do not fit",
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VTODO\n",
      "3: expected END:VEVENT, found END:VTODO",
    ],
    ["a line of something else", calendar(event("1", day, "<html>")), "8: expected a property of a calendar"],
    [
      "21 endless rules",
      endless(21, "RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9"),
      "124: expected at most 100000 repetitions in all, found more; set from and until",
    ],
    [
      "1,001 rules",
      endless(1001, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
      "6004: expected at most 1000 events that repeat",
    ],
    ["deep nesting", "BEGIN:VCALENDAR\n".repeat(11), "11: expected at most 10 levels"],
    [
      "a property of 10 MB",
      calendar(event("1", day, `DESCRIPTION:${"x".repeat(10_000_000)}`)),
      "8: expected at most 1000000 characters in a property",
    ],
  ])("%s is refused as a whole", async (_, text, reason) => {
    const { events, rejected } = await read(text);
    expect(events).toBeUndefined();
    expect(rejected.join()).toContain(reason);
  });
});
