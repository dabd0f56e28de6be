import type { Json } from "../contract.ts";
import { fingerprintOf, type Fingerprint } from "../reading/fingerprint.ts";
import type { FileEntry } from "./config.ts";
import { entityOf } from "./entities.ts";

/** Raised when reading the same bytes with the same mapping gives other records than before. */
const READING_VERSION = 3;

/** Bytes of a file and all that is read from them. */
export const fingerprintOfEntries = (bytes: Buffer, entries: readonly FileEntry[]): Fingerprint =>
  fingerprintOf(bytes, entries.map(readingOf));

/** Whatever decides what a file's rows become; the path does not. */
export function readingOf({ path: _, ...entry }: FileEntry): Json {
  const columns = Object.entries(entityOf(entry.entity).columns).map(
    ([name, { type, required, values, form, least, most }]) => ({
      name,
      type,
      required: required ?? false,
      values: values === undefined ? null : [...values],
      form,
      least,
      most,
    }),
  );
  const { spans, parts } = entityOf(entry.entity);
  return JSON.parse(JSON.stringify({ version: READING_VERSION, entry, columns, spans, parts })) as Json;
}
