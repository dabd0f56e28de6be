import { count, plural, quantity } from "../format.ts";
import type { LinkSummaryRow } from "../rows.ts";

export const share = (value: number): string => quantity(value, "ratio");

/** How many incidents found a deployment, and what people said. */
export function linkSentences(row: LinkSummaryRow): string[] {
  const { incidents, with_cause: caused, too_weak: weak, without_candidate: none, rejected } = row;
  if (incidents === 0) return ["No incident is known, so that nothing is linked."];
  return [
    `Of ${plural(incidents, "incident", "incidents")} a deployment counts as the cause of ${count(caused)}; for ${count(weak + none)} no change was found, ${count(weak)} of them with candidates that are too weak.`,
    ...(rejected > 0 ? [`People rejected what evidence says of ${count(rejected)}.`] : []),
  ];
}

/** How right that is, where people said what the causes were. */
export function qualityWords(row: LinkSummaryRow): string {
  const { labelled, precision, precision_low, precision_high, recall, recall_low, recall_high } = row;
  if (labelled === 0)
    return "Nobody has confirmed, named or ruled out a cause yet, so that it is not known how many links are right.";
  const within = (value: number | null, low: number | null, high: number | null) =>
    value === null || low === null || high === null
      ? "not known"
      : `${share(value)} (${share(low)} to ${share(high)})`;
  return `Held against ${plural(labelled, "incident", "incidents")} whose cause people said, evidence alone: precision ${within(precision, precision_low, precision_high)}, recall ${within(recall, recall_low, recall_high)}. People mostly judge what is in doubt, so that this may be worse than the whole.`;
}
