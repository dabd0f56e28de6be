import { lineToAdd } from "../config/line-to-add.ts";
import type { Config } from "../config/schema.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { queryFiles } from "../warehouse/model.ts";
import type { QueryFile } from "../warehouse/query-file.ts";
import { verifyChain } from "../warehouse/verify.ts";
import type { IncidentLinks, Risk, SiteRows } from "./data.ts";
import type { DeploymentMonthRow, EvidenceRow, IncidentMonthRow, IncidentRow } from "./deployment-rows.ts";
import { lastOnly } from "./last-only.ts";
import { publishedTables } from "./machine-form/tables.ts";
import { METRICS } from "./metrics.ts";
import { reader } from "./read-all.ts";
import { readControls } from "./read-controls.ts";
import { readOverview } from "./read-overview.ts";
import { readPractices } from "./read-practices.ts";
import { readRetrospectiveLists } from "./read-retrospectives.ts";
import { readReleaseLists } from "./read-releases.ts";
import { slim } from "./slim.ts";
import type { Row } from "../warehouse/rows.ts";
import type * as rows from "./rows.ts";

/** Reads what pages show, one relation after the other. All meaning is in queries/. */
export async function readSite(
  warehouse: Warehouse,
  config: Config,
  chain: Promise<rows.ChainRow> = readChain(warehouse),
): Promise<SiteRows> {
  const all = reader(warehouse);
  const [context] = await all<rows.ContextRow>("reports.site_context");
  const [publication] = await all<rows.PublicationRow>("reports.publication");
  const [evidence] = await all<EvidenceRow>("reports.site_evidence");
  if (!context || !publication || !evidence)
    throw new Error("reports.site_context, reports.publication or reports.site_evidence is empty");
  const files = queryFiles(config.queries);
  return {
    context,
    figures: await readFigures(warehouse),
    comparisons: await all<rows.ComparisonRow>("reports.site_comparison"),
    moves: await all<rows.MoveRow>("reports.site_move"),
    headlines: await all<rows.HeadlineRow>("reports.site_headline"),
    overview: await readOverview(warehouse),
    stages: await all<rows.StageRow>("reports.site_stage"),
    quickChecks: await all<rows.QuickCheckRow>("metrics.quick_check"),
    services: await all<rows.ServiceRow>("reports.site_service"),
    teams: await all<rows.TeamRow>("reports.site_team"),
    ownership: await all<rows.OwnershipRow>("reports.site_ownership"),
    ...(await readReleaseLists(warehouse)),
    sources: await all<rows.SourceRow>("reports.site_source"),
    streams: await all<rows.StreamRow>("reports.site_stream"),
    rejected: await all<rows.RejectedRow>("reports.site_rejected"),
    runs: await all<rows.RunRow>("reports.site_run"),
    issues: await readIssues(warehouse),
    evidence,
    weekdays: await all<rows.WeekdayRow>("reports.site_weekday"),
    risk: await readRisk(warehouse),
    incidentLinks: await readLinks(warehouse),
    process: await readControls(warehouse),
    practices: await readPractices(warehouse),
    retrospectives: await readRetrospectiveLists(warehouse),
    annotations: await all<rows.AnnotationRow>("reports.site_annotation"),
    deploymentMonths: await all<DeploymentMonthRow>("reports.site_deployment_month"),
    incidentMonths: await all<IncidentMonthRow>("reports.site_incident_month"),
    openIncidents: await warehouse.rows<IncidentRow>(
      "from reports.site_incident where is_open order by started_at, incident_id",
    ),
    chain: await chain,
    judgements: await all<rows.JudgementRow>("reports.site_judgement"),
    publication,
    steps: await all<rows.StepRow>("reports.site_publication"),
    restatements: await all<rows.RestatementRow>("reports.site_restatement"),
    restated: await all<rows.RestatedRow>("reports.site_restated"),
    changesBetween: await all<rows.ChangeBetweenRow>("reports.site_change_between"),
    queries: files.map(queryRow),
    published: await publishedTables(warehouse, files),
  };
}

async function readRisk(warehouse: Warehouse): Promise<Risk> {
  const all = reader(warehouse);
  const [summary] = await all<rows.RiskSummaryRow>("reports.site_risk_summary");
  if (!summary) throw new Error("reports.site_risk_summary is empty");
  return {
    summary,
    patterns: await all<rows.RiskPatternRow>("reports.site_risk_pattern"),
    deployments: await all<rows.RiskDeploymentRow>("reports.site_risk_deployment"),
    carried: await all<rows.ChangeRiskRow>("reports.site_change_risk"),
    rates: await all<rows.ScopeDifferenceRow>("reports.site_scope_difference"),
  };
}

async function readLinks(warehouse: Warehouse): Promise<IncidentLinks> {
  const all = reader(warehouse);
  const [summary] = await all<rows.LinkSummaryRow>("reports.site_link_summary");
  if (!summary) throw new Error("reports.site_link_summary is empty");
  return {
    summary,
    classes: await all<rows.LinkClassRow>("reports.site_link_class"),
    causes: await all<rows.IncidentClassRow>("reports.site_incident_class"),
    records: await all<rows.RecordQualityRow>("correlation.incident_record_quality"),
  };
}

/** By far the most rows: read metric by metric, so that they need not fit in memory twice. */
async function readFigures(warehouse: Warehouse): Promise<rows.FigureRow[]> {
  const texts = new Map<string, string>();
  const parts = [];
  for (const { key } of METRICS) {
    const sql = "from reports.site_figure where metric = $1 order by rowid";
    parts.push(slim(await warehouse.rows<rows.FigureRow>(sql, [key]), texts));
  }
  return parts.flat();
}

async function readIssues(warehouse: Warehouse): Promise<rows.IssueRow[]> {
  const issues = await warehouse.rows<Row<"reports.site_issue", "add_to" | "add_path" | "add_value">>(
    "from reports.site_issue order by rowid",
  );
  return issues.map((issue) => ({ ...issue, line_to_add: lineToAdd(issue) }));
}

export async function readChain(warehouse: Warehouse): Promise<rows.ChainRow> {
  const { batches, head, problems } = await verifyChain(warehouse);
  const [first] = problems;
  return {
    batches,
    is_verified: !first,
    head_sha256: batches ? head : null,
    problem: first?.problem ?? null,
  };
}

/** Facts of one service at a time, so that a large company fits in memory. */
export function readFacts(warehouse: Warehouse): (service: string) => Promise<rows.ServiceFacts> {
  return lastOnly((service) => factsOf(warehouse, service));
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

const queryRow = ({ relation, header, sql, isLocal, file }: QueryFile): rows.QueryRow => ({
  relation,
  title: header.title,
  description: header.description ?? null,
  grain: header.grain ?? null,
  rule: header.rule ?? null,
  version: header.version ?? null,
  is_local: isLocal,
  file,
  sql,
});
