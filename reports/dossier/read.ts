import type { Warehouse } from "../../src/warehouse/open.ts";
import { makeOwnTables, ownQueries } from "../own-queries.ts";
import type { Dossier, DossierTables } from "./data.ts";
import { setDossiers } from "./parameters.ts";

/** Reads the dossiers of deployments and change requests, in the order given. */
export async function readDossiers(warehouse: Warehouse, units: readonly string[]): Promise<DossierTables> {
  await setDossiers(warehouse, units);
  await makeOwnTables(warehouse, [ownQueries("dossier")]);
  const all = <Row extends object>(relation: string) =>
    warehouse.rows<Row>(`select * from ${relation} order by rowid`);
  return {
    dossiers: await all("dossier"),
    deployments: await all("dossier_deployment"),
    requests: await all("dossier_request"),
    decisions: await all("dossier_decision"),
    changes: await all("dossier_change"),
    reviews: await all("dossier_review"),
    tests: await all("dossier_test"),
    evidence: await all("dossier_evidence"),
    controls: await all("dossier_control"),
    incidents: await all("dossier_incident"),
    steps: await all("dossier_step"),
  };
}

/** The tables taken apart, dossier by dossier. */
export function dossiersOf(tables: DossierTables): Dossier[] {
  const by = <Row extends { readonly unit: string }>(rows: readonly Row[]) => {
    const groups = Map.groupBy(rows, ({ unit }) => unit);
    return (unit: string): readonly Row[] => groups.get(unit) ?? [];
  };
  const [deployments, requests, decisions, changes] = [
    by(tables.deployments),
    by(tables.requests),
    by(tables.decisions),
    by(tables.changes),
  ];
  const [reviews, tests, evidence, controls] = [
    by(tables.reviews),
    by(tables.tests),
    by(tables.evidence),
    by(tables.controls),
  ];
  const [incidents, steps] = [by(tables.incidents), by(tables.steps)];
  return tables.dossiers.map((dossier) => ({
    dossier,
    deployments: deployments(dossier.unit),
    requests: requests(dossier.unit),
    decisions: decisions(dossier.unit),
    changes: changes(dossier.unit),
    reviews: reviews(dossier.unit),
    tests: tests(dossier.unit),
    evidence: evidence(dossier.unit),
    controls: controls(dossier.unit),
    incidents: incidents(dossier.unit),
    steps: steps(dossier.unit),
  }));
}
