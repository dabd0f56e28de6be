import { gunzipSync } from "node:zlib";
import { FileProblem } from "./problem.ts";

const MOST_BYTES = 1_000_000_000;

/**
 * The file, unpacked where it is gzip: old logs are packed.
 * @throws {FileProblem} for a broken archive, or one that would fill the memory
 */
export function unpacked(bytes: Buffer): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    const isTooLong = error instanceof RangeError;
    throw new FileProblem(
      1,
      isTooLong
        ? "unpacked it is more than 1 GB: split it"
        : "expected gzip, found an archive that is cut off or broken",
    );
  }
}
