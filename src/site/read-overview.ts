import type { Warehouse } from "../warehouse/open.ts";
import type * as overview from "./overview-rows.ts";
import { reader } from "./read-all.ts";

export async function readOverview(warehouse: Warehouse): Promise<overview.OverviewLists> {
  const all = reader(warehouse);
  const [now] = await all<overview.NowRow>("reports.site_now");
  if (!now) throw new Error("reports.site_now is empty");
  return {
    findings: await all<overview.FindingRow>("reports.site_finding"),
    adherence: await all<overview.AdherencePeriodRow>("reports.site_adherence_period"),
    reach: await all<overview.ControlReachRow>("reports.site_control_reach"),
    worst: await all<overview.ControlWorstRow>("reports.site_control_worst"),
    past: await all<overview.PastFigureRow>("reports.site_past_figure"),
    now,
  };
}
