import type { Warehouse } from "../warehouse/open.ts";
import type * as practices from "./practice-rows.ts";
import { reader } from "./read-all.ts";

/** What pages of practices show. */
export async function readPractices(warehouse: Warehouse): Promise<practices.PracticeLists> {
  const all = reader(warehouse);
  const [counted] = await warehouse.rows<{ entries: number }>("select count(*) as entries from reports.site_calendar");
  return {
    measures: await all<practices.MeasureRow>("reports.site_measure"),
    quarters: await all<practices.MeasureQuarterRow>("reports.site_measure_quarter"),
    parts: await all<practices.MeasurePartRow>("reports.site_measure_part"),
    places: await all<practices.PracticePlaceRow>("reports.site_practice"),
    calendar: await warehouse.rows<practices.CalendarRow>("from reports.site_calendar where is_near order by position"),
    calendarEntries: counted?.entries ?? 0,
  };
}
