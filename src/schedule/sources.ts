import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LoadedConfig } from "../config/load.ts";
import { UsageError } from "../errors.ts";
import { packageRoot } from "../package-root.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { ticksOf } from "./cron.ts";
import type { Scheduled } from "./due.ts";
import { jitterOf } from "./jitter.ts";

export interface ScheduleOptions {
  /** Whether each source starts later by its part of the jitter. */
  readonly jitter: boolean;
}

/**
 * The sources that have a time, in the order of the configuration.
 * @throws {UsageError} when there is none
 */
export function scheduledSources(
  { config }: LoadedConfig,
  lastCompleted: ReadonlyMap<string, Date>,
  { jitter }: ScheduleOptions,
): Scheduled[] {
  const { organisation, time_zone, schedule, sources } = config;
  const scheduled = Object.entries(sources).flatMap(([source, { schedule: own }]) => {
    const expression = own ?? schedule.default;
    if (expression === undefined) return [];
    const delay = jitter ? jitterOf(organisation, source, schedule.jitter) : 0;
    return [{ source, ticks: ticksOf(expression, time_zone, delay), served: lastCompleted.get(source) }];
  });
  if (scheduled.length === 0) {
    throw new UsageError(
      'nothing is scheduled: write `schedule: "17 4 * * *"` below a source, or `schedule: { default: "17 4 * * *" }` for all',
    );
  }
  return scheduled;
}

const LAST_COMPLETED = join(packageRoot, "src/warehouse/sql/last_completed.sql");

/** When each source was last read to its end. */
export async function lastCompletedRuns(warehouse: Warehouse): Promise<ReadonlyMap<string, Date>> {
  const rows = await warehouse.rows<{ source: string; finished_at: string }>(readFileSync(LAST_COMPLETED, "utf8"));
  return new Map(rows.map(({ source, finished_at }) => [source, new Date(finished_at)]));
}
