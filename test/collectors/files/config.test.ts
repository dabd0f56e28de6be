import { expect, test } from "vitest";
import { problems } from "./support.ts";

const file = (columns: object, more: object = {}) => [
  { path: "d.csv", entity: "deployment", columns, ...more },
];

test.each<[string, object[], string[]]>([
  [
    "a good mapping",
    file({
      id: "Id",
      service: { from: "app" },
      environment: { value: "production" },
      labels: { from: "tags", separator: "," },
    }),
    [],
  ],
  [
    "an unknown column",
    file({ enviroment: "env" }),
    ["files.0.columns.enviroment: expected a column of deployment; did you mean `environment`?"],
  ],
  [
    "an inherited name",
    file({ constructor: "env" }),
    [
      expect.stringMatching(
        /^files.0.columns.constructor: expected a column of deployment; it has id, /,
      ) as string,
    ],
  ],
  [
    "neither from nor value",
    file({ sha: {} }),
    ["files.0.columns.sha: expected exactly one of `from` and `value`"],
  ],
  [
    "a value map to nowhere",
    file({ status: { from: "s", values: { OK: "sucess" } } }),
    [
      "files.0.columns.status.values.OK: expected success, failure, cancelled, skipped or in_progress; did you mean `success`?",
    ],
  ],
  [
    "a constant that is not allowed",
    file({ status: { value: "ok" } }),
    [
      'files.0.columns.status.value: expected success, failure, cancelled, skipped or in_progress, found "ok"',
    ],
  ],
  [
    "an empty constant for a required column",
    file({ service: { value: "" } }),
    ["files.0.columns.service.value: expected a value: the column is required"],
  ],
  ["an empty constant elsewhere", file({ url: { value: "" } }), []],
  [
    "options of another type",
    file({ sha: { from: "s", format: "yyyy", zone: "UTC", separator: "," } }),
    [
      "files.0.columns.sha.format: is for times and days; the column is text",
      "files.0.columns.sha.zone: is for times; the column is text",
      "files.0.columns.sha.separator: is for lists; the column is text",
    ],
  ],
  [
    "a zone that does not exist",
    file({}, { time: { zone: "Europe/Berln" } }),
    ["files.0.time.zone: expected a time zone of the IANA list, such as Europe/Berlin"],
  ],
  [
    "another language's format",
    file({}, { time: { format: "%Y-%m-%d" } }),
    [expect.stringMatching(/^files.0.time.format: expected Luxon tokens/) as string],
  ],
  [
    "hours that may be of the morning or the afternoon",
    file({}, { time: { format: "dd.MM.yyyy hh:mm" } }),
    ["files.0.time.format: expected `a` (AM or PM) beside `h`, or `HH` for hours from 00 to 23"],
  ],
  [
    "minutes where months stand",
    file({}, { time: { format: "dd.mm.yyyy HH:MM" } }),
    ["files.0.time.format: expected hours before minutes; months are MM, minutes mm"],
  ],
  ["seconds since 1970 in milliseconds", file({}, { time: { format: "unix_ms" } }), []],
  ["an hour with AM or PM", file({}, { time: { format: "dd/MMM/yy h:mm a" } }), []],
  [
    "two modes for one entity",
    [...file({}), ...file({}, { mode: "snapshot" })],
    ["files.1.mode: expected append, as in the first file of deployment: files of one entity share a mode"],
  ],
])("%s", (_, files, expected) => {
  expect(problems(files)).toEqual(expected);
});

test("a completeness assertion ends after it begins", () => {
  const assertion = { entity: "incident", from: "2026-01-01", until: "2026-01-01", asserted_by: "ann" };
  expect(problems(file({}), [assertion])).toEqual(["complete.0.until: expected a day after `from`"]);
  expect(problems(file({}), [{ ...assertion, until: "2026-02-01", services: ["api"] }])).toEqual([]);
});
