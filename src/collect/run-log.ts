import type { RejectedRow } from "../../collectors/contract.ts";
import type { Effects } from "../effects.ts";
import { inTransaction, type Stored, type StreamTarget } from "../warehouse/store.ts";
import type { Warehouse } from "../warehouse/open.ts";

export interface StreamEnd {
  readonly status: "completed" | "failed";
  readonly pages: number;
  readonly counts: Stored;
  readonly rejected: number;
  readonly firstRejected?: RejectedRow | undefined;
  readonly declaredTotal?: number | undefined;
  readonly message?: string | undefined;
}

/** Opens a run. One that never ended was interrupted: what it had stored stays, and the cursor with it. */
export function beginRun(warehouse: Warehouse, startedAt: Date, version: string): Promise<number> {
  return inTransaction(warehouse, async () => {
    await warehouse.run("update raw.run set status = 'interrupted' where status = 'running'");
    const [row] = await warehouse.rows<{ run: number }>("select coalesce(max(run_id), 0) + 1 as run from raw.run");
    const runId = row?.run ?? 1;
    await warehouse.run("insert into raw.run values (?, ?, null, 'running', ?)", [
      runId,
      startedAt.toISOString(),
      version,
    ]);
    return runId;
  });
}

export async function endRun(
  warehouse: Warehouse,
  effects: Effects,
  runId: number,
  status: "completed" | "incomplete",
): Promise<void> {
  await warehouse.run("update raw.run set finished_at = ?, status = ? where run_id = ?", [
    effects.now().toISOString(),
    status,
    runId,
  ]);
}

export async function recordStream(
  warehouse: Warehouse,
  { source, stream, runId, fetchedAt }: StreamTarget,
  finishedAt: Date,
  { status, pages, counts, rejected, declaredTotal, message }: StreamEnd,
): Promise<void> {
  await warehouse.run("insert into raw.source_run values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [
    runId,
    source,
    stream,
    fetchedAt.toISOString(),
    finishedAt.toISOString(),
    status,
    pages,
    counts.stored,
    counts.unchanged,
    counts.deleted,
    rejected,
    declaredTotal ?? null,
    message ?? null,
  ]);
}

/**
 * The instant up to which figures look by default: the start of the last run that ended.
 * @returns undefined when nothing was collected yet
 */
export async function lastRunStart(warehouse: Warehouse): Promise<string | undefined> {
  const [row] = await warehouse.rows<{ started_at: string }>(
    "select started_at from raw.run where status in ('completed', 'incomplete') order by run_id desc limit 1",
  );
  return row?.started_at;
}
