import type { Json, RawRecord, RejectedRow } from "../contract.ts";
import { utf8Bytes } from "../reading/decode.ts";
import { KeyRegister } from "../reading/keys.ts";
import { linesOf, parsedLine } from "../reading/lines.ts";
import { FileProblem } from "../reading/problem.ts";
import { shortened } from "../reading/words.ts";
import { openedEvent, type EventProblem, type OpenedEvent } from "./envelope.ts";
import { unpacked } from "./unpack.ts";

/** What came of the events of one file. */
export interface Reading {
  readonly records: RawRecord[];
  readonly rejected: RejectedRow[];
  /** Events that were delivered again. */
  repeated: number;
  readonly warnings: string[];
}

/**
 * Reads the events of a file: one JSON value per line, or one document. A value is an event or a batch of them.
 * @throws {FileProblem} when nothing of it may be taken in
 */
export function readEvents(path: string, packed: Buffer): Reading {
  const reading: Reading = { records: [], rejected: [], repeated: 0, warnings: [] };
  const keys = new KeyRegister();
  for (const { value, line, text } of valuesOf(path, utf8Bytes(unpacked(packed)), reading)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      const row = {
        file: path,
        line,
        text: shortened(value === item ? text : (JSON.stringify(item) ?? text)),
      };
      take(openedEvent(item), row, reading, keys);
    }
  }
  return reading;
}

interface Value {
  readonly value: Json;
  readonly line: number;
  readonly text: string;
}

function* valuesOf(path: string, bytes: Buffer, reading: Reading): Generator<Value> {
  if (/\.json(\.gz)?$/i.test(path)) return yield document(bytes);
  for (const { text, line, isComplete } of linesOf(bytes)) {
    if (text.trim() === "") continue;
    const value = parsedLine(text);
    if (value !== undefined) yield { value, line, text };
    else if (isComplete)
      reading.rejected.push({ file: path, line, reason: "expected JSON on the line", text: shortened(text) });
    // Whoever writes events appends to the file while it is read: the rest of the line comes with the next run.
    else reading.warnings.push(`${path}:${line}: the last line is not complete yet; it is read once it is`);
  }
}

function document(bytes: Buffer): Value {
  const text = bytes.toString("utf8");
  const value = parsedLine(text);
  if (value === undefined) {
    throw new FileProblem(1, "expected one JSON document; a file of lines ends in .ndjson", shortened(text));
  }
  return { value, line: 1, text };
}

function take(
  event: OpenedEvent | EventProblem,
  row: Pick<RejectedRow, "file" | "line" | "text">,
  reading: Reading,
  keys: KeyRegister,
): void {
  if ("reason" in event) {
    reading.rejected.push({ ...row, ...event });
    return;
  }
  const { record, said } = event;
  const known = keys.add({ key: record.key, payload: said }, `${row.file}:${row.line}`);
  if (known === undefined) reading.records.push(record);
  else if (known.isIdentical) reading.repeated += 1;
  else {
    const reason = `an event of this source and id was there already, at ${known.firstSeen}, and said something else`;
    reading.rejected.push({ ...row, reason });
  }
}
