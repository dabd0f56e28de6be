import type { Warehouse } from "../warehouse/open.ts";
import type { DeploymentDeviationRow, DeploymentStripRow } from "./control-rows.ts";
import type * as rows from "./deployment-rows.ts";
import { lastOnly } from "./last-only.ts";

type OfWave = { readonly wave_id: string };

/** Deployments of one service at a time; pages ask for the same service in a row. */
export function readDeployments(warehouse: Warehouse) {
  return lastOnly((service: string) => deploymentsOf(warehouse, service));
}

async function deploymentsOf(warehouse: Warehouse, service: string): Promise<rows.ServiceDeployments> {
  const of = <Row extends object>(relation: string) =>
    warehouse.rows<Row>(`from reports.${relation} where service = $1 order by position`, [service]);
  const byWave = async <Row extends OfWave>(relation: string) =>
    Map.groupBy(await of<Row>(relation), ({ wave_id }) => wave_id);
  const changes = await byWave<rows.DeploymentChangeRow>("site_deployment_change");
  const commits = await byWave<rows.DeploymentCommitRow>("site_deployment_commit");
  const tickets = await byWave<rows.DeploymentTicketRow>("site_deployment_ticket");
  const runs = await byWave<rows.DeploymentRunRow>("site_deployment_run");
  const approvals = await byWave<rows.DeploymentApprovalRow>("site_deployment_approval");
  const requests = await byWave<rows.DeploymentRequestRow>("site_deployment_request");
  const windows = await byWave<rows.DeploymentWindowRow>("site_deployment_window");
  const incidents = await byWave<rows.DeploymentIncidentRow>("site_deployment_incident");
  const strips = await byWave<DeploymentStripRow>("site_deployment_control");
  const deviations = await byWave<DeploymentDeviationRow>("site_deployment_deviation");
  const waves = await of<rows.DeploymentRow>("site_deployment");
  return {
    entries: waves.map((wave) => ({
      wave,
      changes: changes.get(wave.wave_id) ?? [],
      commits: commits.get(wave.wave_id) ?? [],
      tickets: tickets.get(wave.wave_id) ?? [],
      runs: runs.get(wave.wave_id) ?? [],
      approvals: approvals.get(wave.wave_id) ?? [],
      requests: requests.get(wave.wave_id) ?? [],
      windows: windows.get(wave.wave_id) ?? [],
      incidents: incidents.get(wave.wave_id) ?? [],
      judged: strips.get(wave.wave_id)?.[0] ?? null,
      deviations: deviations.get(wave.wave_id) ?? [],
    })),
    attempts: await of<rows.DeploymentAttemptRow>("site_deployment_attempt"),
  };
}

/** Incidents of one month at a time. */
export function readIncidents(warehouse: Warehouse) {
  return lastOnly((month: string) => incidentsOf(warehouse, month));
}

async function incidentsOf(warehouse: Warehouse, month: string): Promise<rows.IncidentEntry[]> {
  const of = <Row extends object>(relation: string) =>
    warehouse.rows<Row>(`from reports.${relation} where month = $1 order by position`, [month]);
  const candidates = Map.groupBy(
    await of<rows.CandidateRow>("site_incident_candidate"),
    ({ incident_id }) => incident_id,
  );
  const steps = Map.groupBy(
    await of<rows.IncidentStepRow>("site_incident_step"),
    ({ incident_id }) => incident_id,
  );
  const incidents = await of<rows.IncidentRow>("site_incident");
  return incidents.map((incident) => ({
    incident,
    candidates: candidates.get(incident.incident_id) ?? [],
    steps: steps.get(incident.incident_id) ?? [],
  }));
}
