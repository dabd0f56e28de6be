import type { Warehouse } from "../warehouse/open.ts";
import type * as practices from "./practice-rows.ts";
import { reader } from "./read-all.ts";

/** What pages of practices show. */
export async function readPractices(warehouse: Warehouse): Promise<practices.PracticeLists> {
  const all = reader(warehouse);
  const counted = async (relation: string) =>
    (await warehouse.rows<{ entries: number }>(`select count(*) as entries from ${relation}`))[0]?.entries ?? 0;
  const highest = async (relation: string, position: string) =>
    (await warehouse.rows<{ entries: number }>(`select coalesce(max(${position}), 0) as entries from ${relation}`))[0]?.entries ?? 0;
  return {
    measures: await all<practices.MeasureRow>("reports.site_measure"),
    quarters: await all<practices.MeasureQuarterRow>("reports.site_measure_quarter"),
    parts: await all<practices.MeasurePartRow>("reports.site_measure_part"),
    places: await all<practices.PracticePlaceRow>("reports.site_practice"),
    calendar: await warehouse.rows<practices.CalendarRow>("from reports.site_calendar where is_near order by position"),
    calendarEntries: await counted("reports.site_calendar"),
    together: await warehouse.rows<practices.ReleaseConflictRow>(
      "from reports.site_release_conflict where is_listed order by position",
    ),
    togetherInAll: await counted("reports.site_release_conflict"),
    rigour: await all<practices.RigourRow>("reports.site_rigour"),
    environments: await warehouse.rows<practices.EnvironmentRow>(
      "from reports.site_environment where is_listed order by position",
    ),
    environmentsInAll: await counted("reports.site_environment"),
    pipelineChanges: await warehouse.rows<practices.PipelineChangeRow>(
      "from reports.site_pipeline_change where change_position <= 8 order by position",
    ),
    pipelineChangeCount: await highest("reports.site_pipeline_change", "change_position"),
    flagSwitches: await warehouse.rows<practices.FlagSwitchRow>(
      "from reports.site_flag where position <= 40 order by position, occurred_at",
    ),
    flagCount: await highest("reports.site_flag", "position"),
    experiments: await warehouse.rows<practices.ExperimentListRow>("from reports.site_experiment where position <= 40 order by position"),
    experimentCount: await counted("reports.site_experiment"),
  };
}
