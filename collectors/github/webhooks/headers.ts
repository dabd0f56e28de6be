import type { Json } from "../../contract.ts";
import { bytesOf } from "../../reading/append.ts";
import { parsedLine } from "../../reading/lines.ts";
import type { DeliveryFile } from "./files.ts";
import type { JsonObject } from "./envelope.ts";

/**
 * The headers of a delivery, from the file beside it: a JSON object, or `Name: value` on each line.
 * @throws {FileProblem} where that file cannot be read
 */
export function headersIn({ path, headers }: DeliveryFile): JsonObject | undefined {
  if (headers === undefined) return undefined;
  const text = bytesOf({ path, absolute: headers }).toString("utf8");
  const value: Json | undefined = parsedLine(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  return Object.fromEntries([...text.matchAll(/^([\w-]+):[ \t]*(.*?)\r?$/gm)].map(([, name = "", given = ""]) => [name, given]));
}
