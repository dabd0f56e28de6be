import type { Json } from "../contract.ts";
import { parsedLine } from "../reading/lines.ts";

const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/** The JSON object that a text holds as base64; undefined where it holds something else. */
export function decoded(text: string): { [key: string]: Json } | undefined {
  if (!BASE64.test(text)) return undefined;
  const value = parsedLine(Buffer.from(text, "base64").toString("utf8"));
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
}
