import { onTestFinished } from "vitest";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { given, type History, type Table } from "../support/history.ts";

type Cells = Record<string, string>;

/** A history of the service `api` in January 2026: times are written `05 08:00`. */
export async function story(history: Partial<History>): Promise<Warehouse> {
  const warehouse = await given({ asOf: "2026-01-31T00:00:00Z", data: {}, ...history });
  onTestFinished(() => {
    warehouse.close();
  });
  return warehouse;
}

/** Commits: `sha | parents | at`, the one moment being both authored and committed; repository `api`. */
export const commits = (table: Table): Table =>
  filled(table, ({ at = "", ...cells }) => ({
    repository: "api",
    authored_at: at,
    committed_at: at,
    ...cells,
  }));

/** Where the main line of `api` ends. */
export const mainAt = (sha: string): Table => `repository | name | kind | sha\napi | main | main | ${sha}`;

/** Pull requests: `number | merge_sha | ...`; repository `api`. */
export const changes = (table: Table): Table =>
  filled(table, (cells) => ({ repository: "api", id: cells["number"] ?? "", ...cells }));

/** Attempts: `id | sha | at`; a success of `api` in production that took no time, unless its columns say otherwise. */
export const deployments = (table: Table): Table =>
  filled(table, ({ at = "", ...cells }) => ({
    service: "api",
    environment: "production",
    status: "success",
    started_at: at,
    finished_at: at,
    ...cells,
  }));

/** Any other table with short times. */
export const records = (table: Table): Table => filled(table, (cells) => cells);

/** Cells that are empty take the default. */
function filled(table: Table, complete: (cells: Cells) => Cells): Table {
  const [head = [], ...lines] = table
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  const rows = lines.map((cells) => {
    const pairs = head
      .map((column, index) => [column, cells[index] ?? ""] as const)
      .filter(([, cell]) => cell !== "");
    return complete(Object.fromEntries(pairs));
  });
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const text = (row: Cells) => columns.map((column) => inFull(row[column] ?? "")).join(" | ");
  return [columns.join(" | "), ...rows.map(text)].join("\n");
}

const inFull = (cell: string) => cell.replace(/^(\d\d) (\d\d:\d\d)$/, "2026-01-$1T$2:00Z");

/** Every production wave in order of time: `d3 rollback of d2`, `d4 redeployment`, `d5 deployment`. */
export async function waves(warehouse: Warehouse, service = "api"): Promise<string[]> {
  const rows = await warehouse.rows<{ told: string }>(
    `select replace(concat_ws(' of ', wave_id || ' ' || kind, failed_wave_id), 'data:', '') as told
     from model.wave where service = ? order by live_at, wave_id`,
    [service],
  );
  return rows.map(({ told }) => told);
}

/** Wave -> the changes that it shipped first; `?` behind those that may have shipped before the history. */
export async function shipped(warehouse: Warehouse, service = "api"): Promise<Record<string, string[]>> {
  const rows = await warehouse.rows<{ wave: string; changes: string[] | null }>(
    `select
       replace(w.wave_id, 'data:', '') as wave,
       list_sort(list(c.native_id || case when s.is_before_history then '?' else '' end) filter (c.native_id is not null)) as changes
     from model.wave as w
     left join model.wave_change as s on s.wave_id = w.wave_id
     left join model.change as c on c.change_id = s.change_id
     where w.service = ?
     group by all`,
    [service],
  );
  return Object.fromEntries(rows.map(({ wave, changes }) => [wave, changes ?? []]));
}

/** Waves that a rollback removed on its way: `d2 by d4`. */
export async function withdrawn(warehouse: Warehouse): Promise<string[]> {
  const rows = await warehouse.rows<{ told: string }>(
    `select replace(wave_id || ' by ' || rollback_wave_id, 'data:', '') as told
     from model.withdrawn_wave order by told`,
  );
  return rows.map(({ told }) => told);
}

const HOUR = 3600;

/** Change -> lead time and its stages in hours, with the basis. */
export async function leadTimes(warehouse: Warehouse, service = "api") {
  const rows = await warehouse.rows<Record<string, number> & { change: string; basis: string }>(
    `select c.native_id as change, f.basis, f.lead_seconds as lead, f.coding_seconds as coding, f.pickup_seconds as pickup,
       f.review_seconds as review, f.no_review_seconds as no_review, f.merge_to_live_seconds as merge_to_live
     from metrics.lead_time_fact as f join model.change as c on c.change_id = f.change_id
     where f.service = ?`,
    [service],
  );
  const stages = ["lead", "coding", "pickup", "review", "no_review", "merge_to_live"] as const;
  return Object.fromEntries(
    rows.map((row) => [
      row.change,
      { basis: row.basis, ...Object.fromEntries(stages.map((stage) => [stage, (row[stage] ?? 0) / HOUR])) },
    ]),
  );
}
