import type { Warehouse } from "../warehouse/open.ts";
import type { SiteRows } from "./data.ts";
import type { ReleaseStripRow } from "./control-rows.ts";
import { lastOnly } from "./last-only.ts";
import { reader } from "./read-all.ts";
import type * as releases from "./release-rows.ts";
import type * as rows from "./rows.ts";

type ReleaseLists = Pick<
  SiteRows,
  "releases" | "releaseQuarters" | "releaseTrains" | "releaseSources" | "latestReleases"
>;

/** The lists of releases. What is known of each is read service by service. */
export async function readReleaseLists(warehouse: Warehouse): Promise<ReleaseLists> {
  const all = reader(warehouse);
  const [releaseSources] = await all<releases.ReleaseSources>("reports.site_release_source");
  if (!releaseSources) throw new Error("reports.site_release_source is empty");
  return {
    releases: await all<releases.ReleaseRow>("reports.site_release"),
    releaseQuarters: await all<releases.ReleaseQuarterRow>("reports.site_release_quarter"),
    releaseTrains: await all<releases.ReleaseTrainRow>("reports.site_release_train"),
    releaseSources,
    latestReleases: await all<rows.LatestReleaseRow>("reports.latest_release"),
  };
}

type FactsByVersion = ReadonlyMap<string, releases.ReleaseFacts>;

export function readReleases(warehouse: Warehouse): (service: string) => Promise<FactsByVersion> {
  return lastOnly((service) => releasesOf(warehouse, service));
}

async function releasesOf(warehouse: Warehouse, service: string): Promise<FactsByVersion> {
  const by = <Row extends { version: string }>(relation: string) =>
    byVersion<Row>(warehouse, relation, service);
  const summaries = await by<releases.SummaryRow>("reports.release_summary");
  const lists = {
    leadTimes: await by<releases.LeadTimeSummaryRow>("reports.release_lead_time_summary"),
    changes: await by<releases.ReleaseChangeRow>("reports.site_release_change"),
    branchCommits: await by<releases.BranchCommitRow>("reports.release_branch_commits"),
    tickets: await by<releases.ReleaseTicketRow>("reports.release_tickets"),
    requests: await by<releases.ReleaseRequestRow>("reports.release_change_requests"),
    approvals: await by<releases.ApprovalRow>("reports.release_approvals"),
    tests: await by<releases.TestRow>("reports.release_tests"),
    deployments: await by<releases.ReleaseDeploymentRow>("reports.site_release_deployment"),
    waves: await by<releases.ReleaseWaveRow>("reports.site_release_wave"),
    incidents: await by<releases.ReleaseIncidentRow>("reports.site_release_incident"),
    windows: await by<releases.ReleaseWindowRow>("reports.release_windows"),
    scorecard: await by<releases.ScorecardRow>("reports.release_scorecard"),
    premortem: await by<releases.PremortemRow>("reports.release_premortem"),
    flags: await by<releases.FlagRow>("reports.release_flags"),
    experiments: await by<releases.ExperimentRow>("reports.release_experiments"),
    judged: await by<ReleaseStripRow>("reports.site_release_control"),
  };
  return new Map([...summaries.values()].flat().map((summary) => [summary.version, factsOf(summary, lists)]));
}

async function byVersion<Row extends { version: string }>(
  warehouse: Warehouse,
  relation: string,
  service: string,
): Promise<ReadonlyMap<string, Row[]>> {
  const found = await warehouse.rows<Row>(`from ${relation} where service = $1 order by rowid`, [service]);
  return Map.groupBy(found, ({ version }) => version);
}

type ReleaseTables = {
  readonly [List in Exclude<keyof releases.ReleaseFacts, "summary">]: ReadonlyMap<
    string,
    releases.ReleaseFacts[List]
  >;
};

function factsOf(summary: releases.SummaryRow, tables: ReleaseTables): releases.ReleaseFacts {
  const of = <Row>(table: ReadonlyMap<string, Row[]>) => table.get(summary.version) ?? [];
  return {
    summary,
    leadTimes: of(tables.leadTimes),
    changes: of(tables.changes),
    branchCommits: of(tables.branchCommits),
    tickets: of(tables.tickets),
    requests: of(tables.requests),
    approvals: of(tables.approvals),
    tests: of(tables.tests),
    deployments: of(tables.deployments),
    waves: of(tables.waves),
    incidents: of(tables.incidents),
    windows: of(tables.windows),
    scorecard: of(tables.scorecard),
    premortem: of(tables.premortem),
    flags: of(tables.flags),
    experiments: of(tables.experiments),
    judged: tables.judged.get(summary.version) ?? [],
  };
}
