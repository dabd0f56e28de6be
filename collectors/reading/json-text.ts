import type { Json } from "../contract.ts";

/** What a double may not hold. */
const LONG_DIGITS = /\d{16}|[[:,]\s*-?\d[\d.]*e/i;
/** What may come out written otherwise. A text that only looks so is read more slowly, and no otherwise. */
const WRITTEN_OTHERWISE = /[[:,]\s*-?(?:0\.0{6}|\d*\.\d*0|\d[\d.]*e|[\d.]{16})/i;

type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown;

/**
 * Parses JSON. Numbers that a double cannot hold (whole ones that are too large, and 1e400) are kept as text: an identifier must not
 * lose digits. `as written`, so are decimals that would read otherwise than they are written, such as a version 1.10.
 * @throws {SyntaxError}
 */
export function parseJson(text: string, { numbers = "values" }: { numbers?: "values" | "as written" } = {}): Json {
  if (numbers === "as written") return revived(text, WRITTEN_OTHERWISE, keepDecimals);
  return revived(text, LONG_DIGITS, keepDigits);
}

const revived = (text: string, needed: RegExp, reviver: Reviver) =>
  (needed.test(text) ? JSON.parse(text, reviver) : JSON.parse(text)) as Json;

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  const isFraction = Number.isFinite(value) && !Number.isInteger(value);
  return isFraction ? value : (context?.source ?? value);
}

/** 12.0 is how data frames write 12, and an exponent how programs write what they count: neither is a version. */
function keepDecimals(key: string, value: unknown, context?: { source?: string }): unknown {
  const isDecimal = typeof value === "number" && !Number.isInteger(value) && /^[-\d.]+$/.test(context?.source ?? "");
  return isDecimal && String(value) !== context?.source ? context?.source : keepDigits(key, value, context);
}

/** JSON text; empty where nesting exhausts the stack. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "";
  }
}
