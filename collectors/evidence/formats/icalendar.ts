import ICAL from "ical.js";
import type { Json } from "../../contract.ts";
import { FileProblem, Problem } from "../../reading/problem.ts";
import { counted, shortened, shown } from "../../reading/words.ts";
import type { FileEntry } from "../config.ts";
import { eventLines } from "./calendar-lines.ts";
import { EventTimes, parameterOf } from "./event-times.ts";
import { MOST_OCCURRENCES, type Horizon } from "./recurrence.ts";
import { Zones } from "./zones.ts";

const MOST_EVENTS = 20_000;
/** Of one calendar: each takes as long as thousands of others. */
const MOST_REPEATED = 1_000;
const MOST_IN_ALL = 100_000;
const LONGEST_TEXT = 10_000;

interface Place {
  readonly line: number;
  readonly reason: string;
  readonly text: string;
}

/**
 * The events of a calendar with every time at which they happen. Days and times without zone stay as they are written.
 * @throws {FileProblem} when it is no calendar
 */
export function calendarReport(text: string, { from, until }: FileEntry): { said: Json; problems: Place[] } {
  const lines = eventLines(text);
  const calendars = parsedCalendars(text);
  const horizon = { from: dayOf(from), until: dayOf(until) };
  const events = calendars.flatMap((calendar) => calendar.getAllSubcomponents("vevent"));
  if (events.length > MOST_EVENTS)
    throw new FileProblem(lines[MOST_EVENTS] ?? 1, `expected at most ${MOST_EVENTS} events, found more`);
  const repeated = events.findIndex(atMost(MOST_REPEATED));
  if (repeated !== -1)
    throw new FileProblem(
      lines[repeated] ?? 1,
      `expected at most ${MOST_REPEATED} events that repeat, found more`,
    );
  const zones = parsing(() => new Zones(calendars), (reason) => new FileProblem(1, `expected time zones, found ${reason}`));
  if (zones instanceof FileProblem) throw zones;
  const reader = new Reader(zones, horizon, overridden(events));
  const problems: Place[] = [];
  let happenings = 0;
  const said = events.flatMap((event, index): Json[] => {
    const place = (reason: string): Place => ({
      line: lines[index] ?? 1,
      reason,
      text: textOf(event, "summary").slice(0, 200),
    });
    const read = parsing(() => reader.read(event), (reason) => new Problem(`expected an event, found ${reason}`));
    if (read instanceof Problem) {
      problems.push(place(read.reason));
      return [];
    }
    happenings += read.count;
    if (happenings > MOST_IN_ALL)
      throw new FileProblem(
        lines[index] ?? 1,
        `expected at most ${MOST_IN_ALL} repetitions in all, found more; set from and until`,
      );
    if (read.isCut)
      problems.push(
        place(
          `repeats more than ${counted(MOST_OCCURRENCES, "time")}: the first are read; set from and until`,
        ),
      );
    return [read.event];
  });
  return { said: { events: said }, problems };
}

/** The parser looks at a value when it is asked for, and throws plain errors at what it cannot read. Others are bugs of ours. */
function parsing<Read, Broken>(read: () => Read, broken: (reason: string) => Broken): Read | Broken {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error) || !["Error", "ParserError"].includes(error.name) || error instanceof FileProblem) throw error;
    return broken(shortened(error.message));
  }
}

/** Tells the event that repeats when so many before it did. */
function atMost(most: number): (event: ICAL.Component) => boolean {
  let count = 0;
  return (event) => event.hasProperty("rrule") && (count += 1) > most;
}

const dayOf = (day: string | undefined) => (day === undefined ? undefined : Date.parse(`${day}T00:00:00Z`));

function parsedCalendars(text: string): ICAL.Component[] {
  try {
    const parsed = ICAL.parse(text) as unknown[];
    return (typeof parsed[0] === "string" ? [parsed] : parsed).map((one) => new ICAL.Component(one as never));
  } catch (error) {
    throw new FileProblem(
      1,
      `expected an iCalendar, found ${error instanceof Error ? error.message.slice(0, 200) : String(error)}`,
    );
  }
}

const textOf = (event: ICAL.Component, name: string): string =>
  String(event.getFirstPropertyValue(name) ?? "");

/** Events that change one occurrence of another, by the identifier that they share. */
function overridden(events: readonly ICAL.Component[]): Map<string, ICAL.Property[]> {
  const found = new Map<string, ICAL.Property[]>();
  for (const event of events) {
    const property = event.getFirstProperty("recurrence-id");
    if (property === null) continue;
    const uid = textOf(event, "uid");
    found.set(uid, [...(found.get(uid) ?? []), property]);
  }
  return found;
}

const SINGLE = ["uid", "dtstart", "dtend", "duration", "summary", "status", "recurrence-id", "rrule"];

interface Happening {
  readonly event: Json;
  readonly count: number;
  /** Whether it repeats more often than is kept. */
  readonly isCut: boolean;
}

class Reader {
  readonly #zones: Zones;
  readonly #horizon: Horizon;
  readonly #overrides: ReadonlyMap<string, ICAL.Property[]>;

  constructor(zones: Zones, horizon: Horizon, overrides: ReadonlyMap<string, ICAL.Property[]>) {
    this.#zones = zones;
    this.#horizon = horizon;
    this.#overrides = overrides;
  }

  read(event: ICAL.Component): Happening | Problem {
    const problem = eventProblem(event);
    if (problem !== undefined) return problem;
    const uid = textOf(event, "uid");
    const times = EventTimes.of(event, this.#zones);
    if (times instanceof Problem) return times;
    const found = times.occurrences(
      this.#horizon,
      event.hasProperty("recurrence-id") ? [] : (this.#overrides.get(uid) ?? []),
    );
    if (found instanceof Problem) return found;
    const kept = found.slice(0, MOST_OCCURRENCES);
    return {
      event: { ...wordsOf(event), uid, occurrences: kept as unknown as Json },
      count: kept.length,
      isCut: found.length > MOST_OCCURRENCES,
    };
  }
}

function eventProblem(event: ICAL.Component): Problem | undefined {
  const repeated = SINGLE.find((name) => event.getAllProperties(name).length > 1);
  if (repeated !== undefined) return new Problem(`expected ${repeated.toUpperCase()} once, found it again`);
  if (textOf(event, "uid") === "") return new Problem("expected a UID, found none");
  const long = ["uid", "summary", "location", "url"].find(
    (name) => textOf(event, name).length > LONGEST_TEXT,
  );
  if (long !== undefined)
    return new Problem(`expected at most ${LONGEST_TEXT} characters in ${long.toUpperCase()}, found more`);
  const range = parameterOf(event.getFirstProperty("recurrence-id"), "range");
  if (range !== undefined)
    return new Problem(`expected a change of one occurrence, found RANGE=${shown(range)}`);
  return undefined;
}

const wordsOf = (event: ICAL.Component): Record<string, Json> => ({
  summary: textOf(event, "summary"),
  status: textOf(event, "status").toUpperCase(),
  url: textOf(event, "url"),
  categories: event.getAllProperties("categories").flatMap((one) => one.getValues().map(String)),
  is_repeated: ["rrule", "rdate", "recurrence-id"].some((name) => event.hasProperty(name)),
});
