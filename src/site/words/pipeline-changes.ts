import { plural, type Clock } from "../format.ts";
import type { PipelineChangeRow } from "../practice-rows.ts";
import { amount, between } from "./practices.ts";

const COMPARED: Readonly<Record<string, string>> = {
  "run time": "Time of a run",
  queue: "Time in the queue",
  provisioning: "Wait for provisioning",
  "failed runs": "Runs that fail",
  "lead time": "Change lead time",
};
export const comparedTitle = (aspect: string): string => COMPARED[aspect] ?? aspect;

/** What was changed where and when, what is compared, and what of it nothing is known. */
export function changedSentence(rows: readonly PipelineChangeRow[], clock: Clock): string {
  const [row] = rows;
  if (row === undefined) return "";
  const where = [row.service_title ?? "every service", ...(row.workflow === null ? [] : [`pipeline ${row.workflow}`])].join(", ");
  const parts = [
    `${where}, from ${clock.day(row.changed_at)} on${row.action === null ? "" : `, asked for by action ${row.action}`}.`,
    row.days === 0
      ? "No day on both sides of it is on record."
      : `${plural(row.days, "day", "days")} before and as many after.`,
    row.other_changes > 0 && `${plural(row.other_changes, "other change", "other changes")} of the same pipelines in that time.`,
    silent(rows),
  ];
  return parts.filter((part) => typeof part === "string").join(" ");
}

function silent(rows: readonly PipelineChangeRow[]): string | false {
  const none = rows.filter(({ verdict }) => verdict === "no data").map(({ aspect }) => comparedTitle(aspect).toLowerCase());
  return none.length > 0 && `No data: ${none.join(", ")}.`;
}

interface Side {
  readonly value: string;
  readonly interval: string;
}

/** The figure of one side and its interval; a share of few is counted. */
export function sideWords(row: PipelineChangeRow, side: "before" | "after"): Side {
  const [value, n, hits, low, high] =
    side === "before"
      ? [row.before_value, row.before_n, row.before_hits, row.before_low, row.before_high]
      : [row.after_value, row.after_n, row.after_hits, row.after_low, row.after_high];
  if (value === null) return { value: "no data", interval: "" };
  return { value: amount({ value, unit: row.unit, n, hits }), interval: between(row.unit, low, high) };
}
