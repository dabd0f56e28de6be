import type { Json, Stream, StreamContext } from "../contract.ts";
import {
  appended,
  brokenFile,
  bytesOf,
  checkFound,
  sizeOf,
  stateOf,
  unfound,
  type FilePage,
  type Printer,
} from "../reading/append.ts";
import { findPaths, type ReadableFile } from "../reading/find.ts";
import { cursorOf, fingerprintOf } from "../reading/fingerprint.ts";
import { counted } from "../reading/words.ts";
import type { EventsConfig } from "./config.ts";
import { readEvents, type Reading } from "./read-file.ts";

const NAME = "event";

/** Raised when the same bytes give other records than before. */
const READING_VERSION = 1;

/** Every event of the files, as it was said. */
export const eventStream: Stream<EventsConfig> = {
  name: NAME,
  async *pages({ paths }, cursor, context) {
    const found = await findPaths(paths, context.baseDirectory);
    checkFound("events", found, context);
    const reader = { ...printer, read: (file: ReadableFile) => readPages(file, context) };
    yield* appended(found.files, cursorOf(cursor), reader);
  },
};

const printer: Printer<ReadableFile> = {
  fingerprint: (_, bytes) => fingerprintOf(bytes, READING_VERSION),
};

function* readPages(file: ReadableFile, context: StreamContext): Generator<FilePage> {
  try {
    const bytes = bytesOf(file);
    let last: Reading | undefined;
    for (const reading of readEvents(file.path, bytes)) {
      if (last !== undefined) yield { page: pageOf(file, last, context) };
      last = reading;
    }
    // Only with its last part is a file read: a run that was cut short begins it again.
    if (last !== undefined)
      yield { page: pageOf(file, last, context), fingerprint: printer.fingerprint(file, bytes) };
  } catch (error) {
    yield brokenFile(file, error, context);
  }
}

function pageOf({ path }: ReadableFile, reading: Reading, { report, warn }: StreamContext): FilePage["page"] {
  const { records, rejected, repeated, warnings } = reading;
  warnings.forEach(warn);
  if (repeated > 0) report(`${path}: ${counted(repeated, "event")} delivered more than once`);
  report(`${path}: ${counted(records.length, "event")}, ${rejected.length} rejected`);
  return { records, rejected, files: [{ file: path, accepted: records.length }] };
}

/** One line per file that a run would look at: size, and whether it is new, changed or unchanged. */
export async function planOf(
  { paths }: EventsConfig,
  { baseDirectory }: StreamContext,
  cursors: Readonly<Record<string, Json | undefined>>,
): Promise<string[]> {
  const { files, ...others } = await findPaths(paths, baseDirectory);
  return [
    ...files.map((file) => [file.path, sizeOf(file), stateOf(file, cursors[NAME], printer)].join(", ")),
    ...unfound(others, baseDirectory),
  ];
}
