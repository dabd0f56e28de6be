import { isUtf8 } from "node:buffer";
import { FileProblem } from "./problem.ts";
import { shortened } from "./words.ts";

const LF = 10;

const FOREIGN: readonly (readonly [magic: readonly number[], words: string])[] = [
  [[0xff, 0xfe], "UTF-16; save it as UTF-8"],
  [[0xfe, 0xff], "UTF-16; save it as UTF-8"],
  [[0x1f, 0x8b], "gzip; unpack it first"],
  [[0x50, 0x4b, 0x03, 0x04], "a zip archive or spreadsheet; save it as CSV"],
  [[0x50, 0x41, 0x52, 0x31], "Parquet; set format: parquet"],
];

/**
 * Bytes of a text file without the byte order mark.
 * @throws {FileProblem} naming the encoding, or the line with the first invalid byte
 */
export function utf8Bytes(bytes: Buffer): Buffer {
  for (const [magic, words] of FOREIGN) {
    if (magic.every((byte, index) => bytes[index] === byte))
      throw new FileProblem(1, `expected UTF-8 text, found ${words}`);
  }
  if (bytes.subarray(0, 4).includes(0))
    throw new FileProblem(1, "expected UTF-8 text, found NUL bytes as in UTF-16; save it as UTF-8");
  if (!isUtf8(bytes)) throw invalidByte(bytes);
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** Text of a file, without the byte order mark. */
export function utf8Text(bytes: Buffer): string {
  try {
    return utf8Bytes(bytes).toString("utf8");
  } catch (error) {
    if (error instanceof FileProblem) throw error;
    throw new FileProblem(
      1,
      "the file is too long for one JSON document; export it as NDJSON, CSV or Parquet",
    );
  }
}

function invalidByte(bytes: Buffer): FileProblem {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(LF, start);
    const row = bytes.subarray(start, end === -1 ? bytes.length : end);
    if (!isUtf8(row)) {
      return new FileProblem(
        line,
        "expected UTF-8 text, found other bytes; save it as UTF-8",
        shortened(row.toString("latin1")),
      );
    }
    start = end === -1 ? bytes.length : end + 1;
  }
  return new FileProblem(line, "expected UTF-8 text, found other bytes; save it as UTF-8");
}

/** How often `byte` occurs from `start` to before `end`. */
export function occurrences(bytes: Buffer, byte: number, start: number, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(byte, start); at !== -1 && at < end; at = bytes.indexOf(byte, at + 1)) count++;
  return count;
}
