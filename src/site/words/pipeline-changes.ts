import type { Clock } from "../format.ts";
import type { PipelineChangeRow } from "../practice-rows.ts";
import { t } from "../text/message.ts";
import { inSentence, named, type Names } from "./named.ts";
import { amount, between } from "./practices.ts";

const COMPARED: Names = {
  "run time": "pipeline-change.run-time",
  queue: "pipeline-change.queue",
  provisioning: "pipeline-change.provisioning",
  "failed runs": "pipeline-change.failed-runs",
  "lead time": "pipeline-change.lead-time",
};
export const comparedTitle = (aspect: string): string => named(COMPARED, aspect);

/** What was changed where and when, what is compared, and what of it nothing is known. */
export function changedSentence(rows: readonly PipelineChangeRow[], clock: Clock): string {
  const [row] = rows;
  if (row === undefined) return "";
  const { workflow: pipeline, days, other_changes: others } = row;
  const service = row.service_title ?? t("pipeline-change.every-service");
  const sentences = [
    t("pipeline-change.made", {
      where: pipeline === null ? service : t("pipeline-change.pipeline-of", { service, pipeline }),
      day: clock.day(row.changed_at),
      action: row.action === null ? "" : t("pipeline-change.asked-for", { action: row.action }),
    }),
    days === 0 ? t("pipeline-change.no-day") : t("pipeline-change.days", { days }),
    others > 0 ? t("pipeline-change.others", { changes: others }) : "",
    silent(rows),
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

function silent(rows: readonly PipelineChangeRow[]): string {
  const none = rows
    .filter(({ verdict }) => verdict === "no data")
    .map(({ aspect }) => inSentence(comparedTitle(aspect)));
  return none.length > 0 ? t("pipeline-change.no-data", { aspects: none.join(", ") }) : "";
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
  if (value === null) return { value: t("word.no-data"), interval: "" };
  return { value: amount({ value, unit: row.unit, n, hits }), interval: between(row.unit, low, high) };
}
