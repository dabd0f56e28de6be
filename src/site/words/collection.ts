import { duration, plural } from "../format.ts";
import type { RunRow } from "../rows.ts";

/** What asking a source cost; empty for files, which nobody asks. */
export function costWords({
  calls,
  points,
  retries,
  waited_seconds: waited,
}: Pick<RunRow, "calls" | "points" | "retries" | "waited_seconds">): string {
  if (calls === null) return "";
  return [
    plural(calls, "request", "requests"),
    points !== null && plural(points, "point", "points"),
    retries !== null && retries > 0 && plural(retries, "retry", "retries"),
    waited !== null && waited > 0 && `waited ${duration(waited)}`,
  ]
    .filter((part) => part !== false)
    .join(", ");
}
