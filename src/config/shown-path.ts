import { isAbsolute, relative } from "node:path";

/** A path as a reader would write it: relative where it lies below the working folder, else in full. */
export function shownPath(path: string, cwd: string): string {
  const below = relative(cwd, path);
  return below.startsWith("..") || isAbsolute(below) ? path : below || ".";
}
