import ICAL from "ical.js";
import { Problem } from "../../reading/problem.ts";
import { shown } from "../../reading/words.ts";
import { occurrencesOf, type Horizon } from "./recurrence.ts";
import { wallOf, type Zone, type Zones } from "./zones.ts";

const SECOND = 1000;
const DAY = 86_400_000;
/** Longer ones end after the years that times are read of. */
const LONGEST = 100 * 366 * DAY;

/** `2026-12-20`, `2026-12-20T10:00:00` (no zone is written) or `2026-12-20T10:00:00Z`. */
export interface Occurrence {
  /** When it was planned to begin, in its own notation: what tells it from the others. */
  readonly planned: string;
  readonly start: string;
  readonly end: string;
}

/** How an event writes times: as days, without zone, or in a zone. */
type Notation = "day" | "floating" | Zone;

interface Written {
  readonly wall: number;
  readonly notation: Notation;
}

/** When an event happens, worked out on the clocks of the zone that it begins in. */
export class EventTimes {
  readonly #event: ICAL.Component;
  readonly #zones: Zones;
  readonly #start: Written;

  private constructor(event: ICAL.Component, zones: Zones, start: Written) {
    this.#event = event;
    this.#zones = zones;
    this.#start = start;
  }

  static of(event: ICAL.Component, zones: Zones): EventTimes | Problem {
    const property = event.getFirstProperty("dtstart");
    if (property === null) return new Problem("expected DTSTART, found none");
    const start = written(property, property.getFirstValue(), zones);
    return start instanceof Problem ? start : new EventTimes(event, zones, start);
  }

  /** In order of time. Those that an event of their own replaces are left out. */
  occurrences(horizon: Horizon, replaced: readonly ICAL.Property[]): Occurrence[] | Problem {
    const walls = this.#walls(horizon);
    if (walls instanceof Problem) return walls;
    const excluded = this.#listed([...this.#event.getAllProperties("exdate"), ...replaced]);
    if (excluded instanceof Problem) return excluded;
    const isExcluded = new Set(
      excluded.map(({ wall, notation }) => (notation === "day" ? dayText(wall) : String(wall))),
    );
    const end = this.#end();
    if (end instanceof Problem) return end;
    const planned = this.#planned();
    if (planned instanceof Problem) return planned;
    return walls
      .filter((wall) => !isExcluded.has(String(wall)) && !isExcluded.has(dayText(wall)))
      .map((wall) => ({ planned: planned ?? this.#text(wall), start: this.#text(wall), end: end(wall) }));
  }

  /** Of an event that replaces an occurrence: when that was to begin. */
  #planned(): string | undefined | Problem {
    const property = this.#event.getFirstProperty("recurrence-id");
    if (property === null) return undefined;
    const value = written(property, property.getFirstValue(), this.#zones);
    return value instanceof Problem ? value : textOf(value.wall, value.notation);
  }

  #walls(horizon: Horizon): number[] | Problem {
    const rule = this.#event.getFirstPropertyValue("rrule") as ICAL.Recur | null;
    const dates = this.#listed(this.#event.getAllProperties("rdate"));
    if (dates instanceof Problem) return dates;
    const ruled = rule === null ? [] : occurrencesOf(rule, this.#start.wall, this.#until(rule), horizon);
    if (ruled instanceof Problem) return ruled;
    if (rule === null && dates.length === 0) return [this.#start.wall];
    const walls = new Set([this.#start.wall, ...ruled, ...dates.map(({ wall }) => wall)]);
    return [...walls].filter((wall) => isWithin(wall, horizon)).sort((a, b) => a - b);
  }

  /** The end of a rule is written in UTC, or as the start is; a day holds until it is over. */
  #until({ until }: ICAL.Recur): number | undefined {
    if (until === null) return undefined;
    const wall = wallOf(until);
    if (until.isDate) return wall + DAY - SECOND;
    const { notation } = this.#start;
    return typeof notation === "object" && until.zone === ICAL.Timezone.utcTimezone
      ? notation.toWall(wall)
      : wall;
  }

  #listed(properties: readonly ICAL.Property[]): Written[] | Problem {
    const found: Written[] = [];
    for (const property of properties) {
      const problem = problemOf(property);
      if (problem !== undefined) return problem;
      for (const value of property.getValues() as unknown[]) {
        const one = placed(property, value instanceof ICAL.Period ? value.start : value, this.#zones);
        if (one instanceof Problem) return one;
        found.push(this.#onOwnClock(one));
      }
    }
    return found;
  }

  #onOwnClock({ wall, notation }: Written): Written {
    const own = this.#start.notation;
    return typeof own === "object" && typeof notation === "object" && own !== notation
      ? { wall: own.toWall(notation.toInstant(wall)), notation: own }
      : { wall, notation };
  }

  /** When an occurrence ends. As long as the first where an end is written, by the calendar where a duration is. */
  #end(): ((wall: number) => string) | Problem {
    const property = this.#event.getFirstProperty("dtend");
    if (property === null) return this.#endByDuration();
    const end = written(property, property.getFirstValue(), this.#zones);
    if (end instanceof Problem) return end;
    const { wall: start, notation } = this.#start;
    const length = instantOf(end) - instantOf(this.#start);
    if (length < 0) return new Problem("expected an end after the start, found one before");
    if (typeof notation !== "object") return (wall) => textOf(wall + end.wall - start, notation);
    return (wall) => isoText(notation.toInstant(wall) + length);
  }

  #endByDuration(): ((wall: number) => string) | Problem {
    const { notation } = this.#start;
    const duration = this.#event.getFirstPropertyValue("duration") as ICAL.Duration | null;
    if (duration === null) return (wall) => textOf(wall + (notation === "day" ? DAY : 0), notation);
    if (duration.isNegative) return new Problem("expected a duration, found a negative one");
    const days = (duration.weeks * 7 + duration.days) * DAY;
    const rest = (duration.hours * 3600 + duration.minutes * 60 + duration.seconds) * SECOND;
    if (!(days + rest <= LONGEST))
      return new Problem(`expected a duration of at most 100 years, found ${shown(duration.toString())}`);
    if (typeof notation !== "object") return (wall) => textOf(wall + days + rest, notation);
    return (wall) => isoText(notation.toInstant(wall + days) + rest);
  }

  #text(wall: number): string {
    return textOf(wall, this.#start.notation);
  }
}

const isWithin = (wall: number, { from, until }: Horizon) =>
  (from === undefined || wall >= from) && (until === undefined || wall < until);

const written = (property: ICAL.Property, value: unknown, zones: Zones): Written | Problem =>
  problemOf(property) ?? placed(property, value, zones);

/** Of all its values at once: there may be thousands of them. */
function problemOf(property: ICAL.Property): Problem | undefined {
  const [, , , ...values] = property.toJSON() as unknown[];
  const impossible = values.map(textOfValue).find((text) => !isPossible(text));
  return impossible === undefined
    ? undefined
    : new Problem(
        `expected a time that exists in ${property.name.toUpperCase()}, found ${shown(impossible)}`,
      );
}

function placed(property: ICAL.Property, value: unknown, zones: Zones): Written | Problem {
  if (!(value instanceof ICAL.Time))
    return new Problem(`expected a time in ${property.name.toUpperCase()}, found another value`);
  const wall = wallOf(value);
  if (value.isDate) return { wall, notation: "day" };
  const name = value.zone === ICAL.Timezone.utcTimezone ? "UTC" : parameterOf(property, "tzid");
  if (name === undefined) return { wall, notation: "floating" };
  const zone = zones.named(name);
  return zone === undefined
    ? new Problem(`expected a time zone of the calendar or of the IANA list, found ${shown(name)}`)
    : { wall, notation: zone };
}

/** A period is written as a list: its start counts. */
const textOfValue = (value: unknown): string => {
  const [text] = Array.isArray(value) ? (value as unknown[]) : [value];
  return typeof text === "string" ? text : "";
};

/** The types of the parser have it that every parameter is there. */
export function parameterOf(property: ICAL.Property | null, name: string): string | undefined {
  return property?.getFirstParameter(name);
}

/** The parser makes 2 March of 30 February: look at what was written. */
function isPossible(text: string): boolean {
  const [, year = "", month = "", day = ""] = /^(\d{4})-(\d\d)-(\d\d)/.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return (
    Number(year) >= 1900 && Number(year) < 2200 && date.getUTCMonth() === Number(month) - 1 && Number(day) > 0
  );
}

const instantOf = ({ wall, notation }: Written) =>
  typeof notation === "object" ? notation.toInstant(wall) : wall;

const textOf = (wall: number, notation: Notation): string => {
  if (notation === "day") return dayText(wall);
  return notation === "floating" ? isoText(wall).slice(0, -1) : isoText(notation.toInstant(wall));
};

const dayText = (wall: number) => new Date(wall).toISOString().slice(0, 10);

const isoText = (instant: number) => new Date(instant).toISOString().replace(".000", "");
