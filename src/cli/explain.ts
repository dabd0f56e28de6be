import type { Effects } from "../effects.ts";
import { didYouMean } from "../config/suggest.ts";
import { UsageError } from "../errors.ts";
import { queryFiles } from "../warehouse/model.ts";
import type { Warehouse } from "../warehouse/open.ts";
import type { QueryFile } from "../warehouse/query-file.ts";
import { readArguments } from "./command.ts";
import { controlNamed, explainControl } from "./explain/control.ts";
import { explainUnit, nearUnits } from "./explain/unit.ts";
import { explain as command } from "./help/explain.ts";
import { printRows, type Row } from "./output.ts";
import { openSession, type Session } from "./session.ts";
import { wholeNumber } from "./whole-number.ts";

/** Metric -> the relation that states its rule, and the one that holds the rows behind it. */
const METRICS = new Map([
  ["deployment_frequency", { rule: "metrics.deployment_frequency", facts: "model.wave" }],
  ["change_lead_time", { rule: "metrics.change_lead_time", facts: "metrics.lead_time_fact" }],
  ["change_fail_rate", { rule: "metrics.wave_outcome", facts: "metrics.wave_outcome" }],
  ["failed_deployment_recovery_time", { rule: "metrics.recovery_fact", facts: "metrics.recovery_fact" }],
  ["deployment_rework_rate", { rule: "metrics.wave_outcome", facts: "metrics.wave_outcome" }],
  ["deployment_days_per_week", { rule: "metrics.deployment_rhythm", facts: "model.wave" }],
  ["median_time_between_deployments", { rule: "metrics.deployment_rhythm", facts: "model.wave" }],
]);

/** Prints what a metric or relation means, its SQL, and its rows. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  const limit = wholeNumber("--limit", values.limit, 20);
  const session = await openSession(values, effects);
  try {
    const files = queryFiles(session.localQueries);
    const asked = positionals[0];
    if (asked === undefined) {
      effects.stdout(catalogue(files));
      return 0;
    }
    const name = isDefined(asked, files) ? asked : (metricCalled(asked) ?? asked);
    const control = controlNamed(name, files);
    if (control !== undefined) {
      await explainControl(session.warehouse, control, positionals[1], { effects, isJson: values.json === true, isWithSql: values.sql === true });
      return 0;
    }
    if (positionals[1] !== undefined) throw noControl(name, files);
    if (!isDefined(name, files)) {
      if (await explainUnit(session.warehouse, name, { effects, isJson: values.json === true })) return 0;
      throw await nothingNamed(name, files, session.warehouse);
    }
    const { rule, facts } = relationsOf(name, files);
    const definition = files.find(({ relation }) => relation === rule);
    if (definition === undefined) throw new UsageError(`no query makes ${rule}, which states ${name}`);
    const rows = await rowsOf(session, facts, values.service, limit);
    if (values.json === true) printJson(name, definition, facts, rows, effects);
    else printText(name, definition, facts, rows, effects);
    return 0;
  } finally {
    session.warehouse.close();
  }
}

const isDefined = (name: string, files: readonly QueryFile[]): boolean =>
  METRICS.has(name) || files.some((file) => file.relation === name || file.name === name);

/** A metric by what people call it: `lead time` is `change_lead_time`, where no other has it in its name. */
function metricCalled(words: string): string | undefined {
  const called = words.trim().toLowerCase().replaceAll(/[\s-]+/g, "_");
  const [metric, ...others] = [...METRICS.keys()].filter((key) => called !== "" && `_${key}_`.includes(`_${called}_`));
  return others.length === 0 ? metric : undefined;
}

function noControl(name: string, files: readonly QueryFile[]): UsageError {
  if (isDefined(name, files)) return new UsageError(`only controls judge units, and ${JSON.stringify(name)} is none`);
  const hint = didYouMean(name, files.flatMap(({ header }) => header.control ?? [])) || "; `quarterdeck explain` lists what there is";
  return new UsageError(`there is no control ${JSON.stringify(name)}${hint}`);
}

function relationsOf(name: string, files: readonly QueryFile[]): { rule: string; facts: string } {
  const metric = METRICS.get(name);
  if (metric) return metric;
  const found = files.filter((file) => file.relation === name || file.name === name).map(({ relation }) => relation);
  if (found[0] !== undefined && found.length === 1) return { rule: found[0], facts: found[0] };
  if (found.length > 1) throw new UsageError(`${name} is one of ${found.join(", ")}: name the one you mean`);
  throw new UsageError(`there is nothing named ${JSON.stringify(name)}`);
}

async function nothingNamed(name: string, files: readonly QueryFile[], warehouse: Warehouse): Promise<UsageError> {
  const controls = files.flatMap(({ header }) => header.control ?? []);
  const known = [...METRICS.keys(), ...controls, ...files.map((file) => (name.includes(".") ? file.relation : file.name))];
  const near = didYouMean(name, known) || (await nearUnits(warehouse, name).then((units) => units && `; ${units}`));
  return new UsageError(`there is nothing named ${JSON.stringify(name)}${near || "; `quarterdeck explain` lists what there is"}`);
}

async function rowsOf({ warehouse }: Session, facts: string, service: string | undefined, limit: number): Promise<Row[]> {
  if (service === undefined) return warehouse.rows<Row>(`select * from ${facts} order by rowid limit ?`, [limit]);
  const columns = await warehouse.rows<{ column_name: string }>(`describe ${facts}`);
  const hasService = columns.some(({ column_name }) => column_name === "service");
  if (!hasService) throw new UsageError(`${facts} has no rows by service: leave out --service`);
  await checkService(warehouse, service);
  return warehouse.rows<Row>(`select * from ${facts} where service = ? order by rowid limit ?`, [service, limit]);
}

async function checkService(warehouse: Warehouse, service: string): Promise<void> {
  const rows = await warehouse.rows<{ service: string }>("select service from model.service order by service");
  const known = rows.map((row) => row.service);
  if (known.includes(service)) return;
  const hint = didYouMean(service, known) || `; known: ${known.join(", ") || "none"}`;
  throw new UsageError(`there is no service ${JSON.stringify(service)}${hint}`);
}

function catalogue(files: readonly QueryFile[]): string {
  const byName = files.toSorted((a, b) => (a.relation < b.relation ? -1 : 1));
  const lines = byName.map(
    ({ relation, header, isLocal }) => `  ${relation.padEnd(38)} ${header.title}${isLocal ? " (local rule)" : ""}`,
  );
  const metrics = [...METRICS.keys()].map((name) => `  ${name}`);
  const controls = files
    .flatMap(({ header: { control, title }, isLocal }) => (control === undefined ? [] : [`  ${control} ${title}${isLocal ? " (local rule)" : ""}`]))
    .toSorted();
  return ["Metrics:", ...metrics, "", "Controls:", ...controls, "", "Relations:", ...lines, ""].join("\n");
}

function printText(name: string, definition: QueryFile, facts: string, rows: readonly Row[], effects: Effects): void {
  const { header, relation, isLocal, sha256, sql } = definition;
  const facets = [
    ["Rule", header.rule],
    ["Version", header.version],
    ["Grain", header.grain],
    ["Note", header.description],
    ["Source", header.source],
    ["Relation", `${relation}${isLocal ? ` (local rule, SHA-256 ${sha256})` : ""}`],
  ].flatMap(([label, text]) => (text === undefined ? [] : [`${label}: ${text.trim()}`]));
  effects.stdout(`${header.title} (${name})\n\n${facets.join("\n")}\n\n${sql}\n\nRows of ${facts}:\n`);
  printRows(rows, {}, effects);
}

function printJson(name: string, definition: QueryFile, facts: string, rows: readonly Row[], effects: Effects): void {
  const { header, relation, isLocal, sha256, sql } = definition;
  const document = { name, relation, ...header, is_local_rule: isLocal, sha256, sql, facts, rows };
  effects.stdout(`${JSON.stringify(document, null, 2)}\n`);
}
