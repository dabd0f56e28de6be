import { statSync } from "node:fs";
import type { Json, Stream, StreamContext } from "../contract.ts";
import {
  appended,
  brokenFile,
  bytesOf,
  checkFound,
  stateOf,
  type FilePage,
  type Printer,
} from "../reading/append.ts";
import { findPaths, type ReadableFile } from "../reading/find.ts";
import { cursorOf, fingerprintOf } from "../reading/fingerprint.ts";
import { counted, size } from "../reading/words.ts";
import type { EventsConfig } from "./config.ts";
import { readEvents } from "./read-file.ts";

const NAME = "event";

/** Raised when the same bytes give other records than before. */
const READING_VERSION = 1;

/** Every event of the files, as it was said. One file is one page. */
export const eventStream: Stream<EventsConfig> = {
  name: NAME,
  async *pages({ paths }, cursor, context) {
    const found = await findPaths(paths, context.baseDirectory);
    checkFound("events", found, context);
    const reader = { ...printer, read: (file: ReadableFile) => readPage(file, context) };
    yield* appended(found.files, cursorOf(cursor), reader);
  },
};

const printer: Printer<ReadableFile> = {
  fingerprint: (_, bytes) => fingerprintOf(bytes, READING_VERSION),
};

function readPage(file: ReadableFile, context: StreamContext): FilePage {
  try {
    const bytes = bytesOf(file);
    const { records, rejected, repeated, warnings } = readEvents(file.path, bytes);
    for (const warning of warnings) context.warn(warning);
    if (repeated > 0) context.report(`${file.path}: ${counted(repeated, "event")} delivered more than once`);
    context.report(`${file.path}: ${counted(records.length, "event")}, ${rejected.length} rejected`);
    return { page: { records, rejected, file: file.path }, fingerprint: printer.fingerprint(file, bytes) };
  } catch (error) {
    return brokenFile(file, error, context);
  }
}

/** One line per file that a run would look at: size, and whether it is new, changed or unchanged. */
export async function planOf(
  { paths }: EventsConfig,
  { baseDirectory }: StreamContext,
  cursors: Readonly<Record<string, Json | undefined>>,
): Promise<string[]> {
  const { files, missing } = await findPaths(paths, baseDirectory);
  return [
    ...files.map((file) => {
      const bytes = size(statSync(file.absolute).size);
      return [file.path, bytes, stateOf(file, cursors[NAME], printer)].join(", ");
    }),
    ...missing.map((pattern) => `${pattern}, no such file in ${baseDirectory}`),
  ];
}
