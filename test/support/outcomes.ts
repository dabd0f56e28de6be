import type { Warehouse } from "../../src/warehouse/open.ts";

export interface Outcome {
  readonly outcome: "known" | "pending" | "unknown";
  readonly is_failure: boolean;
  readonly failure_reasons: readonly string[];
  readonly failure_words: readonly string[];
  readonly is_rework: boolean;
  readonly rework_reasons: readonly string[];
  readonly carries_fix: boolean;
}

export interface Recovery {
  readonly recovery_seconds: number | null;
  readonly is_during_rollout: boolean;
  readonly is_open: boolean;
  readonly open_seconds: number | null;
  readonly restored_at: string | null;
}

export interface Link {
  readonly incident: string;
  readonly deployment: string;
  readonly class: "stated" | "strong" | "likely" | "weak";
  readonly confidence: number;
  readonly is_accepted: boolean;
}

/** Deployment, as the test named it, -> what became of it. */
export async function outcomes(warehouse: Warehouse): Promise<Record<string, Outcome>> {
  const rows = await warehouse.rows<Outcome & { wave_id: string }>(
    "select * from metrics.wave_outcome order by wave_id",
  );
  return Object.fromEntries(rows.map((row) => [ownName(row.wave_id), row]));
}

/** Deployments that failed, as the test named them. */
export async function failures(warehouse: Warehouse): Promise<string[]> {
  return where(await outcomes(warehouse), ({ is_failure }) => is_failure);
}

/** Deployments that are rework, as the test named them. */
export async function rework(warehouse: Warehouse): Promise<string[]> {
  return where(await outcomes(warehouse), ({ is_rework }) => is_rework);
}

/** Failed deployment, as the test named it, -> its recovery. */
export async function recoveries(warehouse: Warehouse): Promise<Record<string, Recovery>> {
  const rows = await warehouse.rows<Recovery & { wave_id: string }>(
    "select * from metrics.recovery_fact order by wave_id",
  );
  return Object.fromEntries(rows.map((row) => [ownName(row.wave_id), row]));
}

export function links(warehouse: Warehouse): Promise<Link[]> {
  return warehouse.rows<Link>(
    `select split_part(incident_id, ':', 2) as incident, split_part(wave_id, ':', 2) as deployment, class, confidence, is_accepted
     from correlation.incident_link
     order by incident, deployment`,
  );
}

/** `incident -> deployment` of the links that count. */
export async function accepted(warehouse: Warehouse): Promise<string[]> {
  return (await links(warehouse))
    .filter(({ is_accepted }) => is_accepted)
    .map(({ incident, deployment }) => `${incident} -> ${deployment}`);
}

const where = (all: Record<string, Outcome>, holds: (outcome: Outcome) => boolean) =>
  Object.keys(all).filter((name) => holds(all[name] as Outcome));

const ownName = (id: string) => id.slice(id.indexOf(":") + 1);
