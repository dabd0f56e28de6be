import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import type { Json } from "../../../collectors/contract.ts";
import { converterOf, type Notation } from "../../../collectors/files/convert/index.ts";
import { entities, type ColumnType } from "../../../collectors/files/entities.ts";
import { exampleActions } from "../../../src/site/empty-actions.ts";
import { Problem } from "../../../collectors/reading/problem.ts";

/** The value that a column of the type takes, or the reason why it takes none. */
function read(type: ColumnType, value: Json, notation: Notation = {}, values?: readonly string[]): unknown {
  const column = { type, description: "", ...(values === undefined ? {} : { values }) };
  const result = converterOf(column, notation)(value);
  return result instanceof Problem ? result.reason : result;
}

describe("text", () => {
  test.each<[Json, unknown]>([
    ["  api ", "api"],
    ["", undefined],
    ["   ", undefined],
    [null, undefined],
    [42, "42"],
    [true, "true"],
    [{ a: 1 }, "expected one value, found an object: map a value inside it with a dotted path"],
  ])("%j -> %j", (value, expected) => {
    expect(read("text", value)).toEqual(expected);
  });

  test("of a fixed set names what is allowed and what is close", () => {
    const status = ["success", "failure"];
    expect(read("text", "success", {}, status)).toBe("success");
    expect(read("text", "Success", {}, status)).toBe("success");
    expect(read("text", "Succes", {}, status)).toBe(
      'expected success or failure, found "Succes"; did you mean `success`?',
    );
    expect(read("text", "kaputt", {}, status)).toBe('expected success or failure, found "kaputt"');
  });

  test("of a form names an example", () => {
    const read = converterOf(entities.action.columns.quarter, {});
    expect(read("2026-Q2")).toBe("2026-Q2");
    for (const typed of ["Q2 2026", "q2-2026", "2026 Q2", "2026q2"]) expect(read(typed)).toBe("2026-Q2");
    expect(read("Q5 2026")).toEqual(new Problem('expected it as in 2026-Q2, found "Q5 2026"'));
  });

  test("goes through the value map first", () => {
    const values = { OK: "success", "": "failure", "n/a": "" };
    expect(read("text", "OK", { values })).toBe("success");
    expect(read("text", "", { values })).toBe("failure");
    expect(read("text", "n/a", { values })).toBeUndefined();
    expect(read("text", "other", { values })).toBe("other");
    expect(read("text", "toString", { values })).toBe("toString");
  });

  test("is shown short and without control characters", () => {
    expect(read("integer", `\u001b[31m${"x".repeat(200)}`)).toBe(
      `expected a whole number, found "\\u001b[31m${"x".repeat(75)}..."`,
    );
  });
});

test("the example rows of actions that pages show are read as they stand", () => {
  const rows: Record<string, string>[] = parse(exampleActions({ team: "core", quarter: "2026-Q2" }), { columns: true });
  const target = converterOf(entities.action.columns.target, {});
  expect(rows.map((row) => [row["team"], row["quarter"], row["status"], target(row["target"] ?? "")])).toEqual([
    ["core", "2026-Q2", "open", 259_200],
    ["core", "2026-Q2", "open", 0.1],
  ]);
  for (const [name, column] of Object.entries(entities.action.columns))
    for (const row of rows) expect(converterOf(column, {})(row[name] ?? "")).not.toBeInstanceOf(Problem);
});

describe("numbers", () => {
  test.each<[string, unknown]>([
    ["259200", 259_200],
    ["3 days", 259_200],
    ["3d", 259_200],
    ["1.5 H", 5400],
    ["10 %", 0.1],
    ["7%", 0.07],
    ["0.1", 0.1],
    ["3 moons", 'expected a number, found "3 moons"; a unit may be %, min, h, days or weeks'],
  ])("of an amount that may say its unit: %s -> %j", (value, expected) => {
    const result = converterOf(entities.action.columns.target, {})(value);
    expect(result instanceof Problem ? result.reason : result).toEqual(expected);
  });

  test.each<[ColumnType, Json, unknown]>([
    ["integer", "12", 12],
    ["integer", "-0", 0],
    ["integer", "3.0", 3],
    ["integer", 7, 7],
    ["integer", "1,234", 'expected a whole number, found "1,234": write it without grouping'],
    ["integer", "1 234 567", 'expected a whole number, found "1 234 567": write it without grouping'],
    ["integer", "1.5", 'expected a whole number, found "1.5"'],
    ["integer", "12345678901234567890", 'expected a whole number below 2^53, found "12345678901234567890"'],
    ["number", "0.85", 0.85],
    ["number", "1e-3", 0.001],
    ["number", "0,85", 'expected a number, found "0,85": write it with a decimal point'],
    ["number", "1,234.5", 'expected a number, found "1,234.5": write it without grouping'],
    ["number", "NaN", 'expected a number, found "NaN"'],
    ["number", "1e999", 'expected a number that fits a double, found "1e999"'],
    ["number", "85 %", 'expected a number, found "85 %"'],
    ["boolean", "Yes", true],
    ["boolean", 0, false],
    ["boolean", false, false],
    ["boolean", "on", 'expected true or false (also yes, no, 1, 0), found "on": map it with `values`'],
  ])("%s %j -> %j", (type, value, expected) => {
    expect(read(type, value)).toEqual(expected);
  });
});

describe("lists and objects", () => {
  test.each<[ColumnType, Json, Notation, unknown]>([
    ["list", "a; b;;c", {}, ["a", "b", "c"]],
    ["list", "a, b", { separator: "," }, ["a", "b"]],
    ["list", ["a;b", 1, null], {}, ["a;b", "1"]],
    ["list", "", {}, undefined],
    ["list", [], {}, undefined],
    ["list", [["a"]], {}, "expected a list of texts, found a list in it"],
    ["list", "p1;x", { values: { p1: "urgent", x: "" } }, ["urgent"]],
    ["json", '{"a":[1]}', {}, { a: [1] }],
    ["json", { a: null }, {}, { a: null }],
    ["json", "[1]", {}, "expected a JSON object, found a list"],
    ["json", "{", {}, 'expected a JSON object, found "{"'],
    ["json", { a: "\ud800" }, {}, "expected text, found half a character (a lone surrogate)"],
    ["json", { a: "\\ud800" }, {}, { a: "\\ud800" }],
  ])("%s %j %j -> %j", (type, value, notation, expected) => {
    expect(read(type, value, notation)).toEqual(expected);
  });
});

describe("times", () => {
  const exists = (found: string) =>
    `expected a time that exists, from 1900 to 9999, found ${JSON.stringify(found)}`;

  test.each<[Json, Notation, unknown]>([
    ["2026-01-31T12:00:00Z", {}, "2026-01-31T12:00:00Z"],
    ["2026-01-31t12:00:00z", {}, "2026-01-31T12:00:00Z"],
    ["2026-01-31T12:00:00.000Z", {}, "2026-01-31T12:00:00Z"],
    ["2026-01-31T12:00:00.5Z", {}, "2026-01-31T12:00:00.500Z"],
    ["2026-01-31 12:00:00,123456 +0200", {}, "2026-01-31T10:00:00.123Z"],
    ["2026-01-31 12:00-05", {}, "2026-01-31T17:00:00Z"],
    ["2026-01-31 12:00:00 UTC", {}, "2026-01-31T12:00:00Z"],
    ["2024-02-29T00:00:00+05:30", {}, "2024-02-28T18:30:00Z"],
    ["2026-02-29T00:00:00Z", {}, exists("2026-02-29T00:00:00Z")],
    ["2026-13-01T00:00:00Z", {}, exists("2026-13-01T00:00:00Z")],
    ["2026-01-31T24:00:00Z", {}, exists("2026-01-31T24:00:00Z")],
    ["2026-01-31T12:00:00+25:00", {}, exists("2026-01-31T12:00:00+25:00")],
    ["0001-01-01T00:00:00Z", {}, exists("0001-01-01T00:00:00Z")],
    ["9999-12-31T23:59:59Z", {}, "9999-12-31T23:59:59Z"],
    [
      "2026-01-31T12:00:00",
      {},
      'expected a time with an offset, found "2026-01-31T12:00:00": no offset; set time.zone, such as `time: { zone: Europe/Berlin }`, where the file is named',
    ],
    [
      "31.01.2026",
      {},
      'expected a time such as 2026-01-31T12:00:00Z, found "31.01.2026"; set time.format if it is written otherwise',
    ],
    [
      1769860800,
      {},
      'expected a time such as 2026-01-31T12:00:00Z, found "1769860800"; set format: unix or unix_ms',
    ],
    ["2026-01-31", { zone: "Europe/Berlin" }, "2026-01-30T23:00:00Z"],
    ["2026-07-01 12:00:00", { zone: "Europe/Berlin" }, "2026-07-01T10:00:00Z"],
    ["2026-07-01 12:00:00Z", { zone: "Europe/Berlin" }, "2026-07-01T12:00:00Z"],
    [
      "2026-03-29 02:30:00",
      { zone: "Europe/Berlin" },
      'expected a time that exists, found "2026-03-29 02:30:00": clocks in Europe/Berlin skipped it',
    ],
    ["2026-10-25 02:30:00", { zone: "Europe/Berlin" }, "2026-10-25T00:30:00Z"],
    ["2026-04-05 01:45:00", { zone: "Australia/Lord_Howe" }, "2026-04-04T14:45:00Z"],
    ["1769860800", { format: "unix" }, "2026-01-31T12:00:00Z"],
    [1769860800.25, { format: "unix" }, "2026-01-31T12:00:00.250Z"],
    [1769860800123, { format: "unix_ms" }, "2026-01-31T12:00:00.123Z"],
    [
      1769860800123,
      { format: "unix" },
      'expected a time as unix, found "1769860800123"; did you mean `unix_ms`?',
    ],
    [
      1769860800,
      { format: "unix_ms" },
      'expected a time as unix_ms, found "1769860800"; did you mean `unix`?',
    ],
    ["soon", { format: "unix" }, 'expected a time as unix, found "soon"'],
    ["31.01.2026 13:00", { format: "dd.MM.yyyy HH:mm", zone: "Europe/Berlin" }, "2026-01-31T12:00:00Z"],
    [
      "31.01.2026 13:00",
      { format: "dd.MM.yyyy HH:mm" },
      'expected a time with an offset, found "31.01.2026 13:00": no offset; set time.zone, such as `time: { zone: Europe/Berlin }`, where the file is named',
    ],
    [
      "31.02.2026 13:00",
      { format: "dd.MM.yyyy HH:mm", zone: "UTC" },
      'expected a time written dd.MM.yyyy HH:mm, found "31.02.2026 13:00"',
    ],
    ["25.10.2026 02:30", { format: "dd.MM.yyyy HH:mm", zone: "Europe/Berlin" }, "2026-10-25T00:30:00Z"],
    [
      "31/Jan/2026 13:00 +0100",
      { format: "dd/MMM/yyyy HH:mm ZZZ", zone: "America/New_York" },
      "2026-01-31T12:00:00Z",
    ],
    ["at 2026-01-31 13:00", { format: "'at' yyyy-MM-dd HH:mm", zone: "UTC" }, "2026-01-31T13:00:00Z"],
  ])("%j %j -> %j", (value, notation, expected) => {
    expect(read("timestamp", value, notation)).toEqual(expected);
  });

  test.each<[Json, Notation, unknown]>([
    ["2026-01-31", {}, "2026-01-31"],
    ["2026-01-31 00:00:00", {}, "2026-01-31"],
    ["2026-02-30", {}, 'expected a day that exists, found "2026-02-30"'],
    ["2026-01-31T12:00:00Z", {}, 'expected a day such as 2026-01-31, found "2026-01-31T12:00:00Z"'],
    ["31.01.2026", { format: "dd.MM.yyyy" }, "2026-01-31"],
    ["2026-01-31", { format: "dd.MM.yyyy" }, 'expected a day written dd.MM.yyyy, found "2026-01-31"'],
  ])("day %j %j -> %j", (value, notation, expected) => {
    expect(read("date", value, notation)).toEqual(expected);
  });
});
