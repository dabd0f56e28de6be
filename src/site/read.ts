import { lineToAdd } from "../config/line-to-add.ts";
import type { Config } from "../config/schema.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { queryFiles } from "../warehouse/model.ts";
import { verifyChain } from "../warehouse/verify.ts";
import type { SiteRows } from "./data.ts";
import type { Row } from "../warehouse/rows.ts";
import type * as rows from "./rows.ts";

/** Reads what pages show, one relation after the other. All meaning is in queries/. */
export async function readSite(warehouse: Warehouse, config: Config): Promise<SiteRows> {
  const all = <Row extends object>(relation: string) =>
    warehouse.rows<Row>(`from ${relation} order by rowid`);
  const [context] = await all<rows.ContextRow>("reports.site_context");
  if (!context) throw new Error("reports.site_context is empty");
  return {
    context,
    figures: await all<rows.FigureRow>("reports.site_figure"),
    stages: await all<rows.StageRow>("reports.site_stage"),
    quickChecks: await all<rows.QuickCheckRow>("metrics.quick_check"),
    services: await all<rows.ServiceRow>("reports.site_service"),
    teams: await all<rows.TeamRow>("reports.site_team"),
    sources: await all<rows.SourceRow>("reports.site_source"),
    streams: await all<rows.StreamRow>("reports.site_stream"),
    rejected: await all<rows.RejectedRow>("reports.site_rejected"),
    runs: await all<rows.RunRow>("reports.site_run"),
    issues: await readIssues(warehouse),
    chain: await readChain(warehouse),
    queries: readQueries(config),
  };
}

async function readIssues(warehouse: Warehouse): Promise<rows.IssueRow[]> {
  const issues = await warehouse.rows<Row<"reports.site_issue", "add_to" | "add_path" | "add_value">>(
    "from reports.site_issue order by rowid",
  );
  return issues.map((issue) => ({ ...issue, line_to_add: lineToAdd(issue) }));
}

async function readChain(warehouse: Warehouse): Promise<rows.ChainRow> {
  const { batches, head, problems } = await verifyChain(warehouse);
  const [first] = problems;
  return {
    batches,
    is_verified: !first,
    head_sha256: batches ? head : null,
    problem: first?.problem ?? null,
  };
}

/** Facts of one service at a time; pages ask for the same service in a row. */
export function readFacts(warehouse: Warehouse): (service: string) => Promise<rows.ServiceFacts> {
  let last: { service: string; facts: Promise<rows.ServiceFacts> } | undefined;
  return (service) => {
    if (last?.service !== service) last = { service, facts: factsOf(warehouse, service) };
    return last.facts;
  };
}

async function factsOf(warehouse: Warehouse, service: string): Promise<rows.ServiceFacts> {
  const of = <Row extends object>(relation: string) =>
    warehouse.rows<Row>(`from ${relation} where service = $1 order by position`, [service]);
  return {
    waves: await of<rows.WaveRow>("reports.site_wave"),
    changes: await of<rows.ChangeRow>("reports.site_change"),
    failures: await of<rows.FailureRow>("reports.site_failure"),
    waiting: await of<rows.WaitingRow>("reports.site_waiting"),
    attempts: await of<rows.AttemptRow>("reports.site_attempt"),
  };
}

function readQueries(config: Config): rows.QueryRow[] {
  return queryFiles(config.queries).map(({ relation, header, sql, isLocal, file }) => ({
    relation,
    title: header.title,
    description: header.description ?? null,
    grain: header.grain ?? null,
    rule: header.rule ?? null,
    version: header.version ?? null,
    is_local: isLocal,
    file,
    sql,
  }));
}
