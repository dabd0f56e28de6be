import { hash } from "node:crypto";
import type { Json, RawRecord, RejectedRow } from "../contract.ts";
import { bytesOf } from "../reading/append.ts";
import type { FoundFile } from "./find.ts";
import { readFormat } from "./formats/index.ts";
import type { TrustedKey } from "./keys.ts";

const MOST_BYTES = 200_000_000;

/** Raised when the same bytes give another record than before. */
export const READING_VERSION = 1;

/**
 * The one record of a file: what it said, with its path and hash.
 * @throws {FileProblem} when nothing of it may be taken in
 */
export function readFile(
  file: FoundFile,
  bytes: Buffer,
  keys: readonly TrustedKey[],
): { record: RawRecord; rejected: RejectedRow[] } {
  const { path, entry, given } = file;
  const { format, said, problems = [] } = readFormat(bytes, { path, entry, keys });
  const payload = { format, path, sha256: hash("sha256", bytes), given, options: optionsOf(file), said };
  return {
    record: { key: path, payload },
    rejected: problems.map((problem) => ({ file: path, ...problem })),
  };
}

/** What of the configuration decides what the content means. */
const optionsOf = ({ entry: { zone, properties, kinds } }: FoundFile): Json => ({ zone, properties, kinds });

/** @throws {FileProblem} for a file that cannot be read, or that nobody would write */
export const contentOf = (file: FoundFile): Buffer => bytesOf(file, MOST_BYTES);
