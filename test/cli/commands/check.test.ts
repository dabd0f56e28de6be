import Ajv from "ajv-draft-04";
import { SaxesParser } from "saxes";
import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { CONFIG, tinyWorld, type World } from "./world.ts";

// The first question, and each of a new configuration, builds the model with all controls.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

// Ends a comment of HTML and CDATA, begins markup, speaks to the terminal, shows text backwards, and is no character of XML.
const HOSTILE = "]]><script>\u001b[2J\u202e&\u0001\uffff'\"";

/** A control that says of each unit what the row beside it says. */
const control = (id: string, severity: string, rows: readonly string[]) => `/*
control: ${id}
title: What ${id} says
question: Is it so?
grain: one row per row
units: [deployment]
severity: ${severity}
owner: Test
needs:
  - { of: change_request, as: supporting }
parameters: {}
frameworks: { soc2: [CC8.1] }
remedy: Do it.
*/
with said (unit, service, occurred_at, verdict, reason) as (values ${rows.join(", ")})
select
  'deployment' as unit_kind, unit, service, 'production' as environment, occurred_at::timestamptz as occurred_at, null as due_at, verdict, reason,
  [unit] as evidence, []::varchar[] as missing, []::varchar[] as findings
from said order by unit`;

const row = (...cells: (string | null)[]) => `(${cells.map((cell) => (cell === null ? "null" : `'${cell.replaceAll("'", "''")}'`)).join(", ")})`;

let world: World;

beforeAll(async () => {
  world = tinyWorld({ keep: true, controls: true, config: `${CONFIG}time_zone: Europe/Berlin\n` });
  world.write(
    "queries/controls/own/own_01.sql",
    control("OWN-01", "medium", [
      row("data:d1", "api", "2026-01-05T10:00:00Z", "pass", "So it is."),
      row("data:d2", "api", "2026-02-05T10:00:00Z", "fail", "It is not so."),
      row("data:d3", "web", "2026-01-31T23:30:00Z", "fail", HOSTILE),
      row("data:d4", "web", "2026-03-03T10:00:00Z", "unknown", "Who knows."),
      row("data:d5", null, null, "not_applicable", "Not asked."),
      row("data:d6", "web", "2026-03-04T10:00:00Z", "not_due", "Later."),
    ]),
  );
  world.write("queries/controls/own/own_02.sql", control("OWN-02", "low", [row("data:d1", "api", "2026-01-05T10:00:00Z", "pass", "So it is.")]));
  world.write("queries/controls/own/own_03.sql", control("OWN-03", "critical", [row("data:d1", "api", "2026-01-05T10:00:00Z", "not_applicable", "Not asked.")]));
  await world.run("collect");
});

afterAll(() => world.remove());

const own = ["--control", "OWN-01", "--control", "own-02", "--control", "OWN-03"];
const run = (...args: string[]) => world.run("check", ...own, ...args);

interface Answer {
  readonly controls: readonly { readonly control: string; readonly failed: number; readonly findings: readonly { readonly unit: string; readonly reason: string }[] }[];
}

async function found(...args: string[]): Promise<string[]> {
  const { out } = await run("--format", "json", ...args);
  return (JSON.parse(out) as Answer).controls.flatMap(({ findings }) => findings.map(({ unit }) => unit));
}

describe("the table", () => {
  test("has all counts, then what fails first, with its reason and the remedy", async () => {
    const { code, out, err } = await run();
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toBe(
      [
        "OWN-01 What OWN-01 says (medium, local rule): 1 pass, 2 fail, 1 unknown, 0 exempt, 1 not applicable, 1 not due",
        "  fail     data:d2  api  2026-02-05 11:00",
        "           It is not so.",
        "  fail     data:d3  web  2026-02-01 00:30",
        "           ]]><script>\ufffd[2J\ufffd&\ufffd\uffff'\"",
        "  unknown  data:d4  web  2026-03-03 11:00",
        "           Who knows.",
        "  remedy   Do it.",
        "",
        "OWN-02 What OWN-02 says (low, local rule): 1 pass, 0 fail, 0 unknown, 0 exempt, 0 not applicable, 0 not due",
        "OWN-03 What OWN-03 says (critical, local rule): 0 pass, 0 fail, 0 unknown, 0 exempt, 1 not applicable, 0 not due",
        "",
      ].join("\n"),
    );
  });

  test("lists so many, and says how many more there are", async () => {
    expect((await run("--limit", "1")).out).toContain("  2 more: quarterdeck check --control OWN-01 --limit 3\n");
  });
});

describe("the exit code", () => {
  test.each([
    [["--fail-on", "high"], 0],
    [["--fail-on", "medium"], 1],
    [["--fail-on", "low"], 1],
    [["--since", "2026-02-06"], 0],
    [["--since", "2026-02-01"], 1],
  ])("of %j is %i", async (args, code) => {
    expect((await run(...args)).code).toBe(code);
  });
});

describe("filters", () => {
  test.each([
    [["--service", "api"], ["data:d2"]],
    [["--service", "web"], ["data:d3", "data:d4"]],
    // The day begins at 23:00 UTC of the day before.
    [["--since", "2026-02-01"], ["data:d2", "data:d3", "data:d4"]],
    [["--since", "2026-02-02"], ["data:d2", "data:d4"]],
    [["--release", "api@1.1.0"], ["data:d2"]],
    [["--release", "web@1.1.0", "--service", "api"], []],
    [["--framework", "soc2"], ["data:d2", "data:d3", "data:d4"]],
  ])("%j", async (args, units) => {
    expect(await found(...args)).toEqual(units);
  });

  test.each([
    [["--service", "apj"], 'there is no service "apj"; did you mean `api`?'],
    [["--release", "api@9"], 'there is no release "api@9"; known: api@1.0.0, api@1.1.0, web@1.0.0, web@1.1.0'],
    [["--control", "OWN-1"], 'there is no control "OWN-1"; did you mean `OWN-01`?'],
    [["--framework", "soc-2"], 'there is no framework "soc-2"; did you mean `soc2`?'],
    [["--since", "yesterday"], '--since: expected a day such as 2026-01-31, found "yesterday"'],
    [["--fail-on", "worst"], '--fail-on: expected critical, high, medium or low, found "worst"'],
    [["--format", "xml"], '--format: expected table, json, junit or sarif, found "xml"'],
    [["--limit", "-"], '--limit: expected a whole number, found "-"'],
  ])("%j is said to be wrong", async (args, message) => {
    expect(await run(...args)).toEqual({ code: 2, out: "", err: `quarterdeck: ${message}\n` });
  });
});

test("JSON has the counts and findings of each control, and nothing that speaks to a terminal", async () => {
  const { out } = await run("--format", "json");
  expect(JSON.parse(out)).toMatchObject({
    as_of: "2026-04-01T00:00:00Z",
    fail_on: "low",
    controls: [{ control: "OWN-01", passed: 1, failed: 2, unknown: 1, not_applicable: 1, not_due: 1 }, { control: "OWN-02" }, { control: "OWN-03" }],
  });
  expect((JSON.parse(out) as Answer).controls[0]?.findings[1]?.reason).toBe(HOSTILE);
  for (const character of ["\u001b", "\u0001", "\u202e"]) expect(out).not.toContain(character);
});

interface Element {
  readonly name: string;
  readonly attributes: Record<string, string>;
}

/** Read by a strict parser, which refuses what XML cannot hold. */
function elements(xml: string): Element[] {
  const found: Element[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => found.push({ name, attributes: attributes }));
  parser.write(xml).close();
  return found;
}

test("JUnit counts what fails and what is unknown, and holds hostile text as text", async () => {
  const all = elements((await run("--format", "junit")).out);
  const suites = all.filter(({ name }) => name === "testsuite").map(({ attributes }) => attributes);
  expect(suites).toMatchObject([
    { name: "OWN-01 What OWN-01 says", tests: "3", failures: "2", skipped: "1", errors: "0" },
    { name: "OWN-02 What OWN-02 says", tests: "1", failures: "0", skipped: "0" },
    { name: "OWN-03 What OWN-03 says", tests: "1", failures: "0", skipped: "1" },
  ]);
  const failures = all.filter(({ name }) => name === "failure").map(({ attributes }) => attributes["message"]);
  expect(failures).toEqual(["It is not so.", "]]><script>\ufffd[2J\ufffd&\ufffd\ufffd'\""]);
  expect(all.map(({ name }) => name)).not.toContain("script");
});

interface SarifLog {
  readonly runs: readonly [{ readonly results: readonly { readonly ruleId: string; readonly kind: string; readonly level: string; readonly message: { readonly text: string } }[] }];
}

test("SARIF is valid against its schema; what is unknown is open, not a result", async () => {
  const log = JSON.parse((await run("--format", "sarif")).out) as SarifLog;
  const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false });
  ajv.validate(sarifSchema, log);
  expect(ajv.errors).toBeNull();
  expect(log.runs[0].results.map(({ ruleId, kind, level, message }) => [ruleId, kind, level, message.text])).toEqual([
    ["OWN-01", "fail", "warning", "It is not so."],
    ["OWN-01", "fail", "warning", HOSTILE],
    ["OWN-01", "open", "none", "Who knows."],
  ]);
});
