import type { Effects } from "../effects.ts";
import { didYouMean } from "../config/suggest.ts";
import { UsageError } from "../errors.ts";
import { queryFiles } from "../warehouse/model.ts";
import type { QueryFile } from "../warehouse/query-file.ts";
import { readArguments } from "./command.ts";
import { explain as command } from "./help/explain.ts";
import { printRows, type Row } from "./output.ts";
import { openSession, type Session } from "./session.ts";

/** Metric -> the relation that states its rule, and the one that holds the rows behind it. */
const METRICS: Readonly<Record<string, { readonly rule: string; readonly facts: string }>> = {
  deployment_frequency: { rule: "metrics.deployment_frequency", facts: "model.wave" },
  change_lead_time: { rule: "metrics.change_lead_time", facts: "metrics.lead_time_fact" },
  change_fail_rate: { rule: "metrics.wave_outcome", facts: "metrics.wave_outcome" },
  failed_deployment_recovery_time: { rule: "metrics.recovery_fact", facts: "metrics.recovery_fact" },
  deployment_rework_rate: { rule: "metrics.wave_outcome", facts: "metrics.wave_outcome" },
};

/** Prints what a metric or relation means, its SQL, and its rows. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  const limit = Number(values.limit ?? 20);
  if (!Number.isInteger(limit) || limit < 0) throw new UsageError("--limit: expected a whole number");
  const session = await openSession(values, effects);
  try {
    const files = queryFiles(session.localQueries);
    const name = positionals[0];
    if (name === undefined) {
      effects.stdout(catalogue(files));
      return 0;
    }
    const { rule, facts } = relationsOf(name, files);
    const definition = files.find(({ relation }) => relation === rule);
    if (definition === undefined) throw new UsageError(`there is nothing named ${name}`);
    const rows = await rowsOf(session, facts, values.service, limit);
    if (values.json === true) printJson(name, definition, facts, rows, effects);
    else printText(name, definition, facts, rows, effects);
    return 0;
  } finally {
    session.warehouse.close();
  }
}

function relationsOf(name: string, files: readonly QueryFile[]): { rule: string; facts: string } {
  const metric = METRICS[name];
  if (metric) return metric;
  const file = files.find(({ relation }) => relation === name || relation.endsWith(`.${name}`));
  if (file) return { rule: file.relation, facts: file.relation };
  const names = [...Object.keys(METRICS), ...files.map(({ relation }) => relation)];
  throw new UsageError(`there is nothing named ${name}${didYouMean(name, names) || "; `quarterdeck explain` lists what there is"}`);
}

async function rowsOf({ warehouse }: Session, facts: string, service: string | undefined, limit: number): Promise<Row[]> {
  const columns = await warehouse.rows<{ column_name: string }>(`describe ${facts}`);
  const hasService = columns.some(({ column_name }) => column_name === "service");
  if (service !== undefined && !hasService) throw new UsageError(`${facts} has no rows by service`);
  return service === undefined
    ? warehouse.rows<Row>(`select * from ${facts} order by rowid limit ?`, [limit])
    : warehouse.rows<Row>(`select * from ${facts} where service = ? order by rowid limit ?`, [service, limit]);
}

function catalogue(files: readonly QueryFile[]): string {
  const lines = files.map(({ relation, header }) => `  ${relation.padEnd(38)} ${header.title}`);
  const metrics = Object.keys(METRICS).map((name) => `  ${name}`);
  return ["Metrics:", ...metrics, "", "Relations:", ...lines, ""].join("\n");
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
