import type { Column } from "../catalogue/columns.ts";
import { Problem } from "../../reading/problem.ts";
import { shown } from "../../reading/words.ts";

const WHOLE = /^[+-]?\d+(?:\.0*)?$/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const GROUPED = /^[+-]?\d{1,3}(?:[,.'’_\s]\d{3})+(?:[.,]\d+)?$/;
const DECIMAL_COMMA = /^[+-]?\d+,\d+$/;

const BOOLEANS = new Map([
  ...["true", "yes", "y", "1"].map((word) => [word, true] as const),
  ...["false", "no", "n", "0"].map((word) => [word, false] as const),
]);

/** A whole number; `3.0`, as spreadsheets and data frames write it, is one too. */
export function asInteger(text: string): number | Problem {
  if (!WHOLE.test(text)) return new Problem(`expected a whole number, found ${shown(text)}${remedy(text)}`);
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    return new Problem(`expected a whole number below 2^53, found ${shown(text)}`);
  return value === 0 ? 0 : value;
}

export function asNumber(text: string): number | Problem {
  if (!DECIMAL.test(text)) return new Problem(`expected a number, found ${shown(text)}${remedy(text)}`);
  const value = Number(text);
  return Number.isFinite(value)
    ? value
    : new Problem(`expected a number that fits a double, found ${shown(text)}`);
}

const AMOUNT = /^([+-]?(?:\d+\.?\d*|\.\d+)) ?(%|[a-z]+)$/i;
const HOUR = 3600;
const UNITS = new Map([
  ["%", 0.01],
  ...["s", "second", "seconds"].map((word) => [word, 1] as const),
  ...["min", "mins", "minute", "minutes"].map((word) => [word, 60] as const),
  ...["h", "hour", "hours"].map((word) => [word, HOUR] as const),
  ...["d", "day", "days"].map((word) => [word, 24 * HOUR] as const),
  ...["w", "week", "weeks"].map((word) => [word, 7 * 24 * HOUR] as const),
]);

/** A number, or one with its unit: a time in seconds, a percentage as a share. */
export function asAmount(text: string): number | Problem {
  const [, written, unit = ""] = AMOUNT.exec(text) ?? [];
  const factor = UNITS.get(unit.toLowerCase());
  if (written === undefined || factor === undefined) {
    const read = asNumber(text);
    return read instanceof Problem ? new Problem(`${read.reason}; a unit may be %, min, h, days or weeks`) : read;
  }
  // Division, since 10 times a hundredth is not quite a tenth.
  return factor < 1 ? Number(written) / 100 : Number(written) * factor;
}

/** The number, where the column allows it. */
export function within(
  { least = -Infinity, most = Infinity }: Pick<Column, "least" | "most">,
  convert: (text: string) => number | Problem,
): (text: string) => number | Problem {
  const allowed = most < Infinity ? `from ${least} to ${most}` : `of at least ${least}`;
  return (text) => {
    const value = convert(text);
    if (value instanceof Problem || (value >= least && value <= most)) return value;
    return new Problem(`expected a number ${allowed}, found ${shown(text)}`);
  };
}

export function asBoolean(text: string): boolean | Problem {
  return (
    BOOLEANS.get(text.toLowerCase()) ??
    new Problem(`expected true or false (also yes, no, 1, 0), found ${shown(text)}: map it with \`values\``)
  );
}

function remedy(text: string): string {
  if (GROUPED.test(text)) return ": write it without grouping";
  return DECIMAL_COMMA.test(text) ? ": write it with a decimal point" : "";
}
