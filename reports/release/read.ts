import { UsageError } from "../../src/errors.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";
import type { PackQuery } from "../pack-queries.ts";
import type * as rows from "./data.ts";

/** What a release pack reads; the method section prints and attaches their queries. */
export const releaseRelations = [
  "reports.release_summary",
  "reports.release_waves",
  "reports.release_changes",
  "reports.release_branch_commits",
  "reports.release_approvals",
  "reports.release_control",
  "reports.release_tests",
  "reports.release_deployments",
  "reports.release_lead_times",
  "reports.release_lead_time_summary",
  "reports.release_incidents",
  "reports.release_scorecard",
  "reports.release_premortem",
  "reports.release_flags",
  "reports.release_experiments",
  "reports.release_sources",
  "reports.release_completeness",
  "reports.provenance",
] as const;

type Relation = (typeof releaseRelations)[number];

/**
 * Reads the rows of one release.
 * @throws {UsageError} when no release of that name is known
 */
export async function readReleaseData(
  warehouse: Warehouse,
  key: rows.ReleaseKey,
  queries: readonly PackQuery[],
): Promise<rows.ReleasePackData> {
  const of = <Row extends object>(relation: Relation) =>
    warehouse.rows<Row>(`select * from ${relation} where service = ? and version = ? order by rowid`, [
      key.service,
      key.version,
    ]);
  const [summary] = await of<rows.SummaryRow>("reports.release_summary");
  if (!summary) throw new UsageError(await unknownRelease(warehouse, key));
  return {
    summary,
    provenance: await readProvenance(warehouse),
    waves: await of("reports.release_waves"),
    changes: await of("reports.release_changes"),
    branchCommits: await of("reports.release_branch_commits"),
    approvals: await of("reports.release_approvals"),
    // A view: as a table it would repeat the largest of all.
    controls: await warehouse.rows(
      "select * from reports.release_control where service = ? and version = ? order by control, unit_kind, unit",
      [key.service, key.version],
    ),
    tests: await of("reports.release_tests"),
    deployments: await of("reports.release_deployments"),
    leadTimes: await of("reports.release_lead_times"),
    leadTimeSummary: await of("reports.release_lead_time_summary"),
    incidents: await of("reports.release_incidents"),
    scorecard: await of("reports.release_scorecard"),
    premortem: await of("reports.release_premortem"),
    flags: await of("reports.release_flags"),
    experiments: await of("reports.release_experiments"),
    completeness: await of("reports.release_completeness"),
    sources: await warehouse.rows("select * from reports.release_sources order by rowid"),
    queries,
    collectionLog: await warehouse.rows("select * from reports.collection_log order by rowid"),
  };
}

export async function readProvenance(warehouse: Warehouse): Promise<rows.Provenance> {
  const [row] = await warehouse.rows<rows.Provenance>("select * from reports.provenance");
  if (!row) throw new UsageError("nothing was built yet: run `quarterdeck build` first");
  return row;
}

async function unknownRelease(warehouse: Warehouse, { service, version }: rows.ReleaseKey): Promise<string> {
  const [tagged] = await warehouse.rows<{ version: string }>(
    "select version from model.release where service = ? and tag = ? order by version limit 1",
    [service, version],
  );
  const hint = tagged
    ? `did you mean ${JSON.stringify(tagged.version)}?`
    : "`quarterdeck query model.release` lists the releases";
  return `no release ${JSON.stringify(version)} of ${JSON.stringify(service)} is known: neither a release nor a deployment has that version; ${hint}`;
}
