import { UsageError } from "../../src/errors.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { dossiersOf, readDossiers } from "../dossier/read.ts";
import { makeOwnTables, ownQueries, type OwnQueries } from "../own-queries.ts";
import type { PackQuery } from "../pack-queries.ts";
import type { Provenance } from "../release/data.ts";
import type { SampleRequest } from "../sampling/parameters.ts";
import { readSample } from "../sampling/read.ts";
import type { PeriodPackData } from "./data.ts";
import { setPeriod, type PeriodScope } from "./parameters.ts";
import type { Period } from "./range.ts";

/** What is read besides the pack's own queries. */
export const periodRelations = ["reports.provenance", "reports.site_rejected"] as const;

export interface PeriodRequest {
  readonly period: Period;
  readonly services: readonly string[];
  readonly framework?: string | undefined;
  readonly isFull?: boolean | undefined;
  readonly sample?: SampleRequest | undefined;
}

/** The pack's own queries: those of samples and dossiers only where they are asked for. */
export const periodQueries = ({ sample }: Pick<PeriodRequest, "sample">): OwnQueries[] => [
  ownQueries("period"),
  ...(sample === undefined ? [] : [ownQueries("sampling"), ownQueries("dossier")]),
];

/** Runs the queries of the period and reads what they found. */
export async function readPeriodData(
  warehouse: Warehouse,
  { period, services, framework, isFull = false, sample: asked }: PeriodRequest,
  queries: readonly PackQuery[],
): Promise<PeriodPackData> {
  const scope: PeriodScope = { from: period.from, until: period.until, services, framework };
  await setPeriod(warehouse, scope);
  await makeOwnTables(warehouse, [ownQueries("period")]);
  const sample = asked && (await readSample(warehouse, asked));
  const dossierTables =
    sample &&
    (await readDossiers(
      warehouse,
      sample.rows.map(({ unit }) => unit),
    ));
  // The order in which a table was filled is the query's own.
  const all = <Row extends object>(relation: string) =>
    warehouse.rows<Row>(`select * from ${relation} order by rowid`);
  const one = async <Row extends object>(relation: string) => {
    const [row] = await all<Row>(relation);
    if (!row) throw new UsageError("nothing was built yet: run `quarterdeck build` first");
    return row;
  };
  return {
    period,
    isFull,
    provenance: await one<Provenance>("reports.provenance"),
    scope: await one("period_scope"),
    services: await all("period_service"),
    changedSettings: await all("period_changed_setting"),
    causes: await all("period_cause"),
    mappings: await all("period_mapping"),
    records: await all("period_record"),
    leftOut: await all("period_left_out"),
    controls: await all("period_control"),
    totals: await all("period_total"),
    deviations: await all("period_deviation"),
    unknowns: await all("period_unknown"),
    openUnits: await all("period_open_unit"),
    notJudged: await all("period_not_judged"),
    settings: await all("period_setting"),
    sources: await all("period_source"),
    sourceVerdicts: await all("period_source_verdict"),
    rejected: await all("reports.site_rejected"),
    populations: await all("period_population"),
    excluded: await all("period_excluded"),
    deployments: await all("period_deployment"),
    requests: await all("period_request"),
    reconciliation: await all("period_reconciliation"),
    unreconciled: await all("period_unreconciled"),
    exemptions: await all("period_exemption"),
    exemptUnits: await all("period_exempt_unit"),
    emergencies: await all("period_emergency"),
    decisions: await all("period_decision"),
    separation: await all("period_separation"),
    selfApproved: await all("period_self_approved"),
    tests: await all("period_test"),
    testSummary: await all("period_test_summary"),
    incidents: await all("period_incident"),
    clauses: await all("period_clause"),
    frameworks: await all("period_unverified"),
    sample,
    dossiers: dossierTables ? dossiersOf(dossierTables) : [],
    dossierTables,
    queries,
    collectionLog: await warehouse.rows("select * from reports.collection_log order by rowid"),
  };
}
