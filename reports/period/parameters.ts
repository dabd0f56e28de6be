import type { Warehouse } from "../../src/warehouse/open.ts";

/** What a period pack is about, in days of the organisation's time zone. */
export interface PeriodScope {
  /** First day. */
  readonly from: string;
  /** The day after the last. */
  readonly until: string;
  /** Empty = all. */
  readonly services: readonly string[];
  readonly framework?: string | undefined;
}

/** Sets what the queries of the period read with `getvariable`. */
export async function setPeriod(
  warehouse: Warehouse,
  { from, until, services, framework }: PeriodScope,
): Promise<void> {
  const instant = "timezone(getvariable('time_zone'), ?::timestamp)";
  await warehouse.run(`set variable period_from = ${instant}`, [from]);
  await warehouse.run(`set variable period_until = ${instant}`, [until]);
  await warehouse.run(`set variable period_services = from_json(?::json, '["VARCHAR"]')`, [
    JSON.stringify(services),
  ]);
  await warehouse.run("set variable period_framework = ?", [framework ?? ""]);
}
