import { duration } from "../format.ts";
import type { RunRow } from "../rows.ts";
import { t } from "../text/message.ts";

/** What asking a source cost; empty for files, which nobody asks. */
export function costWords({
  calls,
  points,
  retries,
  waited_seconds: waited,
}: Pick<RunRow, "calls" | "points" | "retries" | "waited_seconds">): string {
  if (calls === null) return "";
  return [
    t("collection.requests", { requests: calls }),
    points !== null && t("collection.points", { points }),
    retries !== null && retries > 0 && t("collection.retries", { retries }),
    waited !== null && waited > 0 && t("collection.waited", { waited: duration(waited) }),
  ]
    .filter((part) => part !== false)
    .join(", ");
}
