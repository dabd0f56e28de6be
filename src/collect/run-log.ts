import type { RejectedRow, Usage } from "../../collectors/contract.ts";
import type { Effects } from "../effects.ts";
import { inTransaction, type Stored, type StreamTarget } from "../warehouse/store.ts";
import type { Warehouse } from "../warehouse/open.ts";

export interface StreamEnd {
  /** `stopped`: the run was not to cost more; the next goes on. */
  readonly status: "completed" | "failed" | "stopped";
  readonly pages: number;
  readonly counts: Stored;
  readonly rejected: number;
  /** The first of them. */
  readonly rejectedRows?: readonly RejectedRow[];
  readonly declaredTotal?: number | undefined;
  readonly message?: string | undefined;
  readonly usage: Usage;
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
  target: StreamTarget,
  finishedAt: Date,
  end: StreamEnd,
): Promise<void> {
  const { source, stream, runId, fetchedAt } = target;
  const { status, pages, counts, rejected, declaredTotal, message } = end;
  await recordUsage(warehouse, target, end.usage);
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

/** Nothing stands there for what is not asked, such as files. */
async function recordUsage(warehouse: Warehouse, { source, stream, runId }: StreamTarget, usage: Usage): Promise<void> {
  const { calls, points, retries, waited } = usage;
  if (calls === 0 && waited === 0) return;
  await warehouse.run("insert into raw.source_usage values (?, ?, ?, ?, ?, ?, ?)", [
    ...[runId, source, stream, calls],
    points ?? null,
    retries,
    waited,
  ]);
}

/** Whether every one of these streams was read to its end in some run. */
export async function wereReadToTheirEnd(warehouse: Warehouse, source: string, streams: readonly string[]): Promise<boolean> {
  const read = await warehouse.rows<{ stream: string }>(
    "select distinct stream from raw.source_run where source = ? and status = 'completed'",
    [source],
  );
  const names = new Set(read.map(({ stream }) => stream));
  return streams.every((name) => names.has(name));
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
