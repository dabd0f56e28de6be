import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const MB = 1 << 20;

/** More than any pack of ours has; a file that is larger is not read. */
export const limits = {
  files: 100_000,
  /** A file that is hashed only. */
  file: 4096 * MB,
  pdf: 512 * MB,
  /** A file that is read at once: sums, manifest, statement. */
  text: 64 * MB,
  signature: 4096,
  log: 512 * MB,
  /** All files of a zip together, and how many times its size that may be. */
  unpacked: 4096 * MB,
  ratio: 200,
} as const;

export class TooLarge extends Error {}

/** The bytes of a file of the pack, which is known to be a plain one. */
export function readWithin(folder: string, file: string, limit: number): Buffer {
  const { size } = statSync(join(folder, file));
  if (size > limit) throw new TooLarge(`is larger than ${limit} bytes: not read`);
  return readFileSync(join(folder, file));
}
