import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import ICAL from "ical.js";
import { printable, printableLine } from "../printable.ts";
import type { Warehouse } from "../warehouse/open.ts";
import type { Row } from "../warehouse/rows.ts";
import { CALENDAR_FILE } from "./links.ts";

export type CalendarEventRow = Row<"reports.calendar_event", "ends">;

interface About {
  readonly organisation: string;
  /** Said of every event as the time at which it was written down, so that the same database gives the same bytes. */
  readonly asOf: string;
}

/** Writes the calendar beside the tables; RFC 5545 knows no calendar without an entry, so of none there is no file. */
export async function writeCalendar(warehouse: Warehouse, folder: string, about: About): Promise<void> {
  const rows = await warehouse.rows<CalendarEventRow>("from reports.calendar_event order by position");
  if (rows.length > 0) await writeFile(join(folder, CALENDAR_FILE), calendarText(rows, about));
}

/** Events as RFC 5545 has them, escaped and folded by the library that reads calendars too. */
export function calendarText(rows: readonly CalendarEventRow[], { organisation, asOf }: About): string {
  // It counts the blank that begins a folded line not at all, and 75 octets are the most.
  ICAL.foldLength = 74;
  const calendar = new ICAL.Component("vcalendar");
  calendar.updatePropertyWithValue("version", "2.0");
  calendar.updatePropertyWithValue("prodid", "-//Quarterdeck//Calendar//EN");
  calendar.updatePropertyWithValue("x-wr-calname", printableLine(organisation));
  for (const row of rows) calendar.addSubcomponent(eventOf(row, organisation, instant(asOf)));
  return `${calendar.toString()}\r\n`;
}

function eventOf(row: CalendarEventRow, organisation: string, writtenAt: ICAL.Time): ICAL.Component {
  const event = new ICAL.Component("vevent");
  const timed = row.is_whole_days ? day : basicInstant;
  event.updatePropertyWithValue("uid", `${identity(organisation, row.uid)}@quarterdeck`);
  event.updatePropertyWithValue("dtstamp", writtenAt);
  event.updatePropertyWithValue("dtstart", timed(row.starts));
  if (row.ends !== null) event.updatePropertyWithValue("dtend", timed(row.ends));
  event.updatePropertyWithValue("summary", printable(row.summary));
  event.updatePropertyWithValue("description", printable(row.description));
  event.updatePropertyWithValue("categories", printable(row.kind));
  event.updatePropertyWithValue("status", row.status);
  event.updatePropertyWithValue("transp", "TRANSPARENT");
  return event;
}

/** The same in every build, other in every organisation, and nothing that a source wrote. */
const identity = (organisation: string, uid: string) =>
  createHash("sha256")
    .update(JSON.stringify([organisation, uid]))
    .digest("hex")
    .slice(0, 32);

const instant = (iso: string) => ICAL.Time.fromDateTimeString(iso.replace(/\.\d+/, ""));

const dashed = (text: string) => text.replace(/^(\d{4})(\d{2})(\d{2})/, "$1-$2-$3");

const day = (text: string) => ICAL.Time.fromDateString(dashed(text));

const basicInstant = (text: string) =>
  instant(dashed(text).replace(/T(\d{2})(\d{2})(\d{2})Z$/, "T$1:$2:$3Z"));
