import { didYouMean, oneOf } from "../config/suggest.ts";
import { day } from "../config/scalars.ts";
import { SEVERITIES, type Severity } from "../controls/entry.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { unseenEscaped } from "../printable.ts";
import { check, type CheckedControl, type CheckFilter } from "../warehouse/check.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { junit } from "./check/junit.ts";
import { sarif } from "./check/sarif.ts";
import { table } from "./check/table.ts";
import { readArguments } from "./command.ts";
import { check as command } from "./help/check.ts";
import { openSession } from "./session.ts";
import { wholeNumber } from "./whole-number.ts";

const FORMATS = ["table", "json", "junit", "sarif"] as const;

/** Prints what controls find; ends with 1 where something fails that is as severe as asked. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values } = readArguments(command, args);
  const format = oneAmong("--format", values.format ?? "table", FORMATS);
  const failOn = oneAmong("--fail-on", values["fail-on"] ?? "low", SEVERITIES);
  const limit = wholeNumber("--limit", values.limit, 20);
  checkDay(values.since);
  const { service, release, since, control = [], framework } = values;
  const session = await openSession(values, effects);
  try {
    const filter = { service, release, since, controls: control.map((id) => id.toUpperCase()), framework };
    await checkNames(session.warehouse, filter);
    const controls = await check(session.warehouse, filter);
    effects.stdout(printed(format, controls, { asOf: session.asOf, failOn, limit }));
    noteCut(controls, effects);
    return controls.some((one) => one.failed > 0 && isAsSevere(one.severity, failOn)) ? 1 : 0;
  } finally {
    session.warehouse.close();
  }
}

const isAsSevere = (severity: Severity, failOn: Severity) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);

interface Asked {
  readonly asOf: string;
  readonly failOn: Severity;
  readonly limit: number;
}

function printed(format: (typeof FORMATS)[number], controls: readonly CheckedControl[], asked: Asked): string {
  switch (format) {
    case "table":
      return table(controls, asked.limit);
    case "json":
      return json({ as_of: asked.asOf, fail_on: asked.failOn, controls });
    case "junit":
      return junit(controls, asked.asOf);
    case "sarif":
      return json(sarif(controls));
  }
}

const json = (document: object) => `${unseenEscaped(JSON.stringify(document, null, 2))}\n`;

function noteCut(controls: readonly CheckedControl[], effects: Effects): void {
  const listed = controls.reduce((sum, { findings }) => sum + findings.length, 0);
  const found = controls.reduce((sum, { failed, unknown, exempt }) => sum + failed + unknown + exempt, 0);
  if (found > listed) effects.stderr(`note: ${listed} of ${found} units are listed, what fails first; the counts are of all\n`);
}

function oneAmong<Word extends string>(option: string, word: string, words: readonly Word[]): Word {
  const found = words.find((one) => one === word);
  if (found !== undefined) return found;
  throw new UsageError(`${option}: expected ${oneOf(words)}, found ${JSON.stringify(word)}`);
}

function checkDay(since: string | undefined): void {
  if (since === undefined || day.safeParse(since).success) return;
  throw new UsageError(`--since: expected a day such as 2026-01-31, found ${JSON.stringify(since)}`);
}

/** A name that nothing has would find nothing, which reads as if all were well. */
async function checkNames(warehouse: Warehouse, { service, release, controls, framework }: CheckFilter): Promise<void> {
  const known = async (sql: string) => (await warehouse.rows<{ name: string }>(sql)).map(({ name }) => name);
  const checks: [string, readonly (string | undefined)[], string][] = [
    ["service", [service], "select service as name from model.service order by name"],
    ["release", [release], "select distinct release_id as name from reports.release_unit order by name"],
    ["control", controls, "select control as name from controls.control order by name"],
    ["framework", [framework], "select distinct framework as name from controls.control_clause order by name"],
  ];
  for (const [kind, names, sql] of checks) {
    for (const name of names) if (name !== undefined) refuseUnknown(kind, name, await known(sql));
  }
}

const MOST_NAMES = 60;

function refuseUnknown(kind: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const names = known.length === 0 ? "none" : known.slice(0, MOST_NAMES).join(", ");
  const hint = didYouMean(name, known) || `; known: ${names}${known.length > MOST_NAMES ? " ..." : ""}`;
  throw new UsageError(`there is no ${kind} ${JSON.stringify(name)}${hint}`);
}
