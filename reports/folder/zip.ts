import { zipSync, type Zippable } from "fflate";
import { byPath, type PackFile } from "./files.ts";

/** The same in every time zone: a zip holds local time. */
const NOON = new Date(1980, 0, 1, 12);
const READABLE_BY_ALL = 0o100644;
const UNIX = 3;

/** The files below one folder as a zip, the same bytes for the same files. */
export function zipOf(folder: string, files: readonly PackFile[]): Uint8Array {
  const entries: Zippable = {};
  for (const { path, content } of files.toSorted(byPath)) {
    entries[`${folder}/${path}`] = [content, { mtime: NOON, os: UNIX, attrs: READABLE_BY_ALL << 16 }];
  }
  return zipSync(entries, { level: 6 });
}
