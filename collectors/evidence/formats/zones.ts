import ICAL from "ical.js";
import { DateTime, IANAZone } from "luxon";
import { instantOfLocal } from "../../files/convert/local-time.ts";
import { FileProblem } from "../../reading/problem.ts";
import { shown } from "../../reading/words.ts";

/** Clock readings are milliseconds since 1970, as if they were UTC. */
export interface Zone {
  /** Of two instants at which clocks showed it the earlier; where they skipped it, as if they had not. */
  toInstant(wall: number): number;
  toWall(instant: number): number;
}

const UTC: Zone = { toInstant: (wall) => wall, toWall: (instant) => instant };

const MOST_ZONES = 100;

/** The zones that a calendar defines, and those of the IANA list. */
export class Zones {
  readonly #zones = new Map<string, Zone | undefined>([["UTC", UTC]]);

  constructor(calendars: readonly ICAL.Component[]) {
    for (const component of calendars.flatMap((calendar) => calendar.getAllSubcomponents("vtimezone"))) {
      checkZone(component);
      this.#zones.set(String(component.getFirstPropertyValue("tzid")), definedZone(component));
    }
    if (this.#zones.size > MOST_ZONES)
      throw new FileProblem(1, `expected at most ${MOST_ZONES} time zones, found more`);
  }

  /** Undefined for a zone that neither the calendar nor the IANA list has. */
  named(name: string): Zone | undefined {
    if (!this.#zones.has(name)) this.#zones.set(name, listedZone(name));
    return this.#zones.get(name);
  }
}

const ORDINARY_DAY = /^(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)$/;

/** Clocks change by the year; a rule that says otherwise, or a day that no year has, would be looked for without end. */
function checkZone(zone: ICAL.Component): void {
  if (zone.getFirstProperty("tzid") === null)
    throw new FileProblem(1, "expected a TZID in every time zone, found none");
  const observances = ["standard", "daylight"].flatMap((name) => zone.getAllSubcomponents(name));
  if (observances.length > MOST_ZONES)
    throw new FileProblem(1, `expected at most ${MOST_ZONES} changes in a time zone, found more`);
  for (const rule of observances
    .flatMap((one) => one.getAllProperties("rrule"))
    .map((one) => one.getFirstValue())) {
    const { freq, parts } = rule as ICAL.Recur;
    const listed = parts as Record<string, (string | number)[] | undefined>;
    const isOrdinary =
      freq === "YEARLY" &&
      (listed["BYMONTHDAY"] ?? []).every((day) => Math.abs(Number(day)) <= 28) &&
      (listed["BYDAY"] ?? []).every((day) => ORDINARY_DAY.test(String(day)));
    if (!isOrdinary)
      throw new FileProblem(1, `expected time zones that change by the year, found ${shown(String(rule))}`);
  }
}

function definedZone(component: ICAL.Component): Zone {
  const zone = new ICAL.Timezone(component);
  const converted = (wall: number, from: ICAL.Timezone, to: ICAL.Timezone) =>
    wallOf(timeOf(wall, from).convertToZone(to));
  return {
    toInstant: (wall) => converted(wall, zone, ICAL.Timezone.utcTimezone),
    toWall: (instant) => converted(instant, ICAL.Timezone.utcTimezone, zone),
  };
}

function timeOf(wall: number, zone: ICAL.Timezone): ICAL.Time {
  const date = new Date(wall);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const [hour, minute, second] = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
  return new ICAL.Time({ year, month, day, hour, minute, second, isDate: false }, zone);
}

export const wallOf = ({ year, month, day, hour, minute, second }: ICAL.Time): number =>
  Date.UTC(year, month - 1, day, hour, minute, second);

function listedZone(name: string): Zone | undefined {
  if (!/^[a-z]/i.test(name) || !IANAZone.isValidZone(name)) return undefined;
  const zone = IANAZone.create(name);
  return {
    toInstant: (wall) =>
      instantOfLocal(wall, name) ??
      DateTime.fromMillis(wall, { zone: "utc" }).setZone(zone, { keepLocalTime: true }).toMillis(),
    toWall: (instant) => instant + zone.offset(instant) * 60_000,
  };
}
