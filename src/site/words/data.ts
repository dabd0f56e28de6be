import { count, duration } from "../format.ts";
import type { ChainRow, SourceRow } from "../rows.ts";

const STALE = 2 * 86_400;

/** Whether the data can be trusted, in two or three sentences. */
export function dataSentences(sources: readonly SourceRow[], rejected: number, chain: ChainRow): string[] {
  if (!sources.length) return ["No source is configured: there is nothing to show yet."];
  const early = sources.filter(({ collected_until }) => collected_until !== null);
  const missing = sources.filter(({ is_collected }) => !is_collected);
  const stale = sources.filter(({ stale_seconds }) => (stale_seconds ?? 0) > STALE);
  const records = sources.reduce((sum, source) => sum + source.records, 0);
  const sentences = [
    `${count(records)} records from ${count(sources.length)} ${sources.length === 1 ? "source" : "sources"}.`,
  ];
  if (missing.length) sentences.push(`${names(missing)} was not read to its end yet.`);
  if (early.length) sentences.push(`What is known of ${names(early)} ends before as-of.`);
  if (stale.length)
    sentences.push(
      `${names(stale)}: nothing new for ${duration(Math.max(...stale.map((source) => source.stale_seconds ?? 0)))}.`,
    );
  if (rejected)
    sentences.push(
      `${count(rejected)} ${rejected === 1 ? "row was" : "rows were"} rejected and ${rejected === 1 ? "is" : "are"} listed below.`,
    );
  if (!chain.is_verified) sentences.push("The chain of evidence does not verify.");
  return sentences;
}

function names(sources: readonly SourceRow[]): string {
  return sources.map(({ source }) => source).join(", ");
}
