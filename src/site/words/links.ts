import { count, quantity } from "../format.ts";
import type { LinkSummaryRow } from "../rows.ts";
import { t } from "../text/message.ts";

export const share = (value: number): string => quantity(value, "ratio");

/** How many incidents found a deployment, and what people said. */
export function linkSentences(row: LinkSummaryRow): string[] {
  const { incidents, with_cause: caused, too_weak: weak, without_candidate: none, rejected } = row;
  if (incidents === 0) return [t("links.no-incident")];
  return [
    t("links.found", { incidents, caused: count(caused), none: count(weak + none), weak: count(weak) }),
    ...(rejected > 0 ? [t("links.rejected", { rejected: count(rejected) })] : []),
  ];
}

/** How right that is, where people said what the causes were. */
export function qualityWords(row: LinkSummaryRow): string {
  const { labelled, precision, precision_low, precision_high, recall, recall_low, recall_high } = row;
  if (labelled === 0) return t("links.never-judged");
  const within = (value: number | null, low: number | null, high: number | null) =>
    value === null || low === null || high === null
      ? t("word.not-known")
      : t("links.share-within", { share: share(value), low: share(low), high: share(high) });
  return t("links.quality", {
    labelled,
    precision: within(precision, precision_low, precision_high),
    recall: within(recall, recall_low, recall_high),
  });
}
