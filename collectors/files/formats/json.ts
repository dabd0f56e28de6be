import type { Json } from "../../contract.ts";
import { FileProblem } from "../../reading/problem.ts";
import { kind, shortened } from "../../reading/words.ts";
import { utf8Text } from "../../reading/decode.ts";
import { repeatedKey } from "../../reading/json-keys.ts";
import { parseJson } from "../../reading/json-text.ts";
import { valueAt, visitRecord } from "./records.ts";
import type { RowVisitor } from "./rows.ts";

/** Reads a JSON document: an array of objects, or an array at the dotted path `records`. */
export function readJson(file: Buffer, records: string | undefined, visitor: RowVisitor): void {
  const document = parseDocument(utf8Text(file));
  const found = records === undefined ? document : valueAt(document, records);
  if (!Array.isArray(found)) throw noArray(document, found, records);
  found.forEach((record, index) => {
    visitRecord(visitor, record, index + 1, index === 0);
  });
}

function parseDocument(text: string): Json {
  if (text.trim() === "") throw new FileProblem(1, "expected a JSON document, found an empty file");
  const document = parsed(text);
  const problem = repeatedKey(text, document);
  if (problem !== undefined) throw new FileProblem(problem.line + 1, problem.reason);
  return document;
}

function parsed(text: string): Json {
  try {
    return parseJson(text, { numbers: "as written" });
  } catch (error) {
    throw brokenJson(text, error);
  }
}

/** V8 names the position of what it did not expect, except at the end of the text. */
function brokenJson(text: string, error: unknown): FileProblem {
  if (error instanceof RangeError)
    return new FileProblem(1, "expected JSON, found objects nested too deeply");
  const message = error instanceof Error ? error.message : String(error);
  const position = /at position (\d+)/.exec(message)?.[1];
  const length = text.trimEnd().length;
  const end = Math.min(length, position === undefined ? length : Number(position));
  const line = text.slice(0, end).split("\n").length;
  const words = end === length ? "the end of the file: it is cut off" : `a slip: ${shortened(message)}`;
  return new FileProblem(
    line,
    `expected JSON, found ${words}`,
    shortened(text.slice(Math.max(0, end - 100), end + 100)),
  );
}

function noArray(document: Json, found: Json | undefined, records: string | undefined): FileProblem {
  const place = records === undefined ? "" : ` at ${records}`;
  const arrays = Object.entries(document ?? {}).filter(([, value]) => Array.isArray(value));
  const remedy =
    arrays.length === 0
      ? ""
      : ` (arrays of the document: ${arrays
          .map(([name]) => name)
          .slice(0, 5)
          .join(", ")})`;
  return new FileProblem(
    1,
    `expected an array of records${place}, found ${found === undefined ? "nothing" : kind(found)}; set records${remedy}`,
  );
}
