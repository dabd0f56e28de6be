import type { Json } from "../contract.ts";
import { utf8Bytes } from "./decode.ts";
import { repeatedKey } from "./json-keys.ts";
import { type Line, linesOf, parsedLine } from "./lines.ts";
import { FileProblem } from "./problem.ts";
import { unpacked } from "./unpack.ts";
import { shortened } from "./words.ts";

/** One JSON value of a file. */
export interface Value {
  /** Undefined where the text is no JSON, or says two things under one key. */
  readonly value: Json | undefined;
  /** Why there is no value, of a text that is complete. */
  readonly reason: string;
  readonly line: number;
  readonly text: string;
  /** False for the last line of a file that is still written. */
  readonly isComplete: boolean;
}

/**
 * The values of a file: one per line, or the one document of a file that ends in .json. Unpacks gzip.
 * @throws {FileProblem} when nothing of it may be taken in, before the first value
 */
export function* valuesOf(path: string, packed: Buffer): Generator<Value> {
  const bytes = utf8Bytes(unpacked(packed));
  if (/\.json(\.gz)?$/i.test(path)) {
    yield document(bytes);
    return;
  }
  for (const line of linesOf(bytes)) {
    if (line.text.trim() !== "") yield { ...line, ...valueOf(line) };
  }
}

function valueOf({ text, isComplete }: Line): Pick<Value, "value" | "reason" | "isComplete"> {
  const value = parsedLine(text);
  const repeated = value === undefined ? undefined : repeatedKey(text, value);
  if (repeated !== undefined) return { value: undefined, reason: repeated.reason, isComplete: true };
  return { value, reason: "expected JSON on the line", isComplete };
}

function document(bytes: Buffer): Value {
  const text = bytes.toString("utf8");
  const value = parsedLine(text);
  if (value === undefined) {
    throw new FileProblem(1, "expected one JSON document; a file of lines ends in .ndjson", shortened(text));
  }
  const repeated = repeatedKey(text, value);
  if (repeated !== undefined) throw new FileProblem(repeated.line + 1, repeated.reason, shortened(text));
  return { value, reason: "", line: 1, text, isComplete: true };
}
