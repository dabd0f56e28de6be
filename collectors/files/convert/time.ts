import { DateTime } from "luxon";
import { Problem } from "../../reading/problem.ts";
import { shown } from "../../reading/words.ts";
import { instantOfLocal } from "./local-time.ts";

export interface TimeNotation {
  readonly format?: string | undefined;
  readonly zone?: string | undefined;
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?)?$/i;
const DAY = /^\d{4}-\d\d-\d\d(?:[T ]00:00:00(?:\.0+)?)?$/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
const FIRST_YEAR = 1900;
const LAST_YEAR = 9999;
/** A count of seconds read as milliseconds lands before this (1973), one of milliseconds read as seconds far after. */
const EARLIEST_UNIX_MS = 1e11;
const LATEST_UNIX = 1e10;

const NO_OFFSET = "no offset; set time.zone, such as `time: { zone: Europe/Berlin }`, where the file is named";

/** Times as ISO 8601 in UTC. ISO 8601 is read without a date library: it is the common case by far. */
export function asTimestamp({ format, zone }: TimeNotation): (text: string) => string | Problem {
  if (format === "unix" || format === "unix_ms") return (text) => fromUnix(text, format);
  return format === undefined ? (text) => fromIso(text, zone) : fromFormat(format, zone);
}

/** Days as ISO 8601. */
export function asDate(format: string | undefined): (text: string) => string | Problem {
  if (format !== undefined) return dayFromFormat(format);
  return (text) => {
    const day = text.slice(0, 10);
    if (!DAY.test(text)) return new Problem(`expected a day such as 2026-01-31, found ${shown(text)}`);
    return wallTime(ISO.exec(day)) === undefined
      ? new Problem(`expected a day that exists, found ${shown(text)}`)
      : day;
  };
}

function fromIso(text: string, zone: string | undefined): string | Problem {
  const match = ISO.exec(text);
  if (match === null) {
    const remedy = NUMBER.test(text)
      ? "; set format: unix or unix_ms"
      : "; set time.format if it is written otherwise";
    return new Problem(`expected a time such as 2026-01-31T12:00:00Z, found ${shown(text)}${remedy}`);
  }
  const wall = wallTime(match);
  const offset = match[8] === undefined ? undefined : offsetMinutes(match[8]);
  if (wall === undefined || Number.isNaN(offset)) return impossible(text);
  return offset === undefined ? fromLocal(wall, zone, text) : iso(wall - offset * 60_000, text);
}

/** The clock reading as if it were UTC, in milliseconds; undefined where no calendar or clock has it. */
function wallTime(match: RegExpExecArray | null): number | undefined {
  if (match === null) return undefined;
  const parts: (string | undefined)[] = match.slice(1, 7);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    Number(part ?? 0),
  );
  const milliseconds = Number((match[7] ?? "").padEnd(3, "0").slice(0, 3));
  if (hour > 23 || minute > 59 || second > 59 || year < FIRST_YEAR) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}

function offsetMinutes(text: string): number {
  if (/^[a-z]/i.test(text)) return 0;
  const digits = text.replaceAll(/\D/g, "").padEnd(4, "0");
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (hours > 15 || minutes > 59) return Number.NaN;
  return (text.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

function fromLocal(wall: number, zone: string | undefined, text: string): string | Problem {
  if (zone === undefined)
    return new Problem(`expected a time with an offset, found ${shown(text)}: ${NO_OFFSET}`);
  const instant = instantOfLocal(wall, zone);
  if (instant === undefined) {
    return new Problem(`expected a time that exists, found ${shown(text)}: clocks in ${zone} skipped it`);
  }
  return iso(instant, text);
}

function fromUnix(text: string, format: "unix" | "unix_ms"): string | Problem {
  if (!NUMBER.test(text)) return new Problem(`expected a time as ${format}, found ${shown(text)}`);
  const value = Number(text);
  const isOther = format === "unix" ? Math.abs(value) >= LATEST_UNIX : Math.abs(value) < EARLIEST_UNIX_MS;
  if (isOther) {
    const other = format === "unix" ? "unix_ms" : "unix";
    return new Problem(`expected a time as ${format}, found ${shown(text)}; did you mean \`${other}\`?`);
  }
  return iso(Math.round(format === "unix" ? value * 1000 : value), text);
}

function fromFormat(format: string, zone: string | undefined): (text: string) => string | Problem {
  const read = wallReader(format);
  const statesOffset = /[ZzXx]/.test(format.replaceAll(/'[^']*'/g, ""));
  return (text) => {
    const instant = read(text);
    if (instant === undefined) return new Problem(`expected a time written ${format}, found ${shown(text)}`);
    return statesOffset ? iso(instant, text) : fromLocal(instant, zone, text);
  };
}

function dayFromFormat(format: string): (text: string) => string | Problem {
  const read = wallReader(format);
  return (text) => {
    const wall = read(text);
    if (wall === undefined) return new Problem(`expected a day written ${format}, found ${shown(text)}`);
    const day = iso(wall, text);
    return typeof day === "string" ? day.slice(0, 10) : day;
  };
}

function wallReader(format: string): (text: string) => number | undefined {
  const parser = DateTime.buildFormatParser(format, { locale: "en" });
  return (text) => {
    const read = DateTime.fromFormatParser(text, parser, { zone: "utc", locale: "en" });
    return read.isValid ? read.toMillis() : undefined;
  };
}

function iso(milliseconds: number, text: string): string | Problem {
  const date = new Date(milliseconds);
  const year = date.getUTCFullYear();
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) return impossible(text);
  return date.toISOString().replace(".000Z", "Z");
}

const impossible = (text: string) =>
  new Problem(`expected a time that exists, from ${FIRST_YEAR} to ${LAST_YEAR}, found ${shown(text)}`);
