import type { Warehouse } from "../warehouse/open.ts";
import type * as practices from "./practice-rows.ts";
import { reader } from "./read-all.ts";

/** What pages of practices show. */
export async function readPractices(warehouse: Warehouse): Promise<practices.PracticeLists> {
  const all = reader(warehouse);
  const [counted] = await warehouse.rows<{ entries: number; changes: number; flags: number; experiments: number }>(
    `select
       (select count(*) from reports.site_calendar) as entries,
       (select coalesce(max(change_position), 0) from reports.site_pipeline_change) as changes,
       (select coalesce(max(position), 0) from reports.site_flag) as flags,
       (select count(*) from reports.site_experiment) as experiments`,
  );
  return {
    measures: await all<practices.MeasureRow>("reports.site_measure"),
    quarters: await all<practices.MeasureQuarterRow>("reports.site_measure_quarter"),
    parts: await all<practices.MeasurePartRow>("reports.site_measure_part"),
    places: await all<practices.PracticePlaceRow>("reports.site_practice"),
    calendar: await warehouse.rows<practices.CalendarRow>("from reports.site_calendar where is_near order by position"),
    calendarEntries: counted?.entries ?? 0,
    pipelineChanges: await warehouse.rows<practices.PipelineChangeRow>(
      "from reports.site_pipeline_change where change_position <= 8 order by position",
    ),
    pipelineChangeCount: counted?.changes ?? 0,
    flagSwitches: await warehouse.rows<practices.FlagSwitchRow>(
      "from reports.site_flag where position <= 40 order by position, occurred_at",
    ),
    flagCount: counted?.flags ?? 0,
    experiments: await warehouse.rows<practices.ExperimentListRow>("from reports.site_experiment where position <= 40 order by position"),
    experimentCount: counted?.experiments ?? 0,
  };
}
