import type { RawRecord, RejectedRow } from "../contract.ts";
import { jsonText } from "../reading/json-text.ts";
import { KeyRegister } from "../reading/keys.ts";
import { type Value, valuesOf } from "../reading/values.ts";
import { shortened } from "../reading/words.ts";
import { openedEvent, type EventProblem, type OpenedEvent } from "./envelope.ts";

/** Logs may be long: so many events are held and stored at once. */
const MOST_RECORDS = 20_000;

/** What came of a part of a file. */
export interface Reading {
  readonly records: RawRecord[];
  readonly rejected: RejectedRow[];
  /** Events that were delivered again. */
  repeated: number;
  readonly warnings: string[];
}

const nothing = (): Reading => ({ records: [], rejected: [], repeated: 0, warnings: [] });

/**
 * Reads the events of a file: one JSON value per line, or one document. A value is an event or a batch of them.
 * @throws {FileProblem} when nothing of it may be taken in, before the first part
 */
export function* readEvents(path: string, packed: Buffer): Generator<Reading> {
  const keys = new KeyRegister();
  let reading = nothing();
  for (const value of valuesOf(path, packed)) {
    takeValue(value, path, reading, keys);
    if (reading.records.length < MOST_RECORDS) continue;
    yield reading;
    reading = nothing();
  }
  yield reading;
}

function takeValue(
  { value, reason, line, text, isComplete }: Value,
  file: string,
  reading: Reading,
  keys: KeyRegister,
) {
  if (value === undefined && isComplete) {
    reading.rejected.push({ file, line, reason, text: shortened(text) });
  } else if (value === undefined) {
    // Whoever writes events appends to the file while it is read: the rest of the line comes with the next run.
    reading.warnings.push(`${file}:${line}: the last line is not complete yet; it is read once it is`);
  } else {
    for (const item of Array.isArray(value) ? value : [value]) {
      const event = openedEvent(item);
      const words = () => shortened(value === item ? text : jsonText(item));
      take(event, { file, line, words }, reading, keys);
    }
  }
}

interface Place {
  readonly file: string;
  readonly line: number;
  readonly words: () => string;
}

function take(
  event: OpenedEvent | EventProblem,
  { file, line, words }: Place,
  reading: Reading,
  keys: KeyRegister,
): void {
  if ("reason" in event) {
    reading.rejected.push({ file, line, text: words(), ...event });
    return;
  }
  const { record, said } = event;
  const known = keys.add({ key: record.key, payload: said }, `${file}:${line}`);
  if (known === undefined) reading.records.push(record);
  else if (known.isIdentical) reading.repeated += 1;
  else {
    const reason = `an event of this source and id was there already, at ${known.firstSeen}, and said something else`;
    reading.rejected.push({ file, line, reason, text: words() });
  }
}
