import type { Json } from "../contract.ts";

const LONG_DIGITS = /\d{16}/;

/**
 * Parses JSON. Whole numbers too large for a double are kept as text: an identifier must not lose digits.
 * @throws {SyntaxError}
 */
export function parseJson(text: string): Json {
  return (LONG_DIGITS.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)) as Json;
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const isRounded = typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
  return isRounded ? (context?.source ?? value) : value;
}
