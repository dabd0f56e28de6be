import { count, duration } from "../format.ts";
import type { ChainRow, SourceRow } from "../rows.ts";
import { t } from "../text/message.ts";

const STALE = 2 * 86_400;

/** Whether the data can be trusted, in two or three sentences. */
export function dataSentences(sources: readonly SourceRow[], rejected: number, chain: ChainRow): string[] {
  if (!sources.length) return [t("data.no-source")];
  const early = sources.filter(({ collected_until }) => collected_until !== null);
  const missing = sources.filter(({ is_collected }) => !is_collected);
  const stale = sources.filter(({ stale_seconds }) => (stale_seconds ?? 0) > STALE);
  const records = sources.reduce((sum, source) => sum + source.records, 0);
  const sentences = [t("data.records", { records: count(records), sources: sources.length })];
  if (missing.length) sentences.push(t("data.unfinished", { sources: names(missing) }));
  if (early.length) sentences.push(t("data.ends-early", { sources: names(early) }));
  if (stale.length) {
    const age = duration(Math.max(...stale.map((source) => source.stale_seconds ?? 0)));
    sentences.push(t("data.stale", { sources: names(stale), age }));
  }
  if (rejected) sentences.push(t("data.rejected", { rows: rejected }));
  if (!chain.is_verified) sentences.push(t("data.chain-broken"));
  return sentences;
}

function names(sources: readonly SourceRow[]): string {
  return sources.map(({ source }) => source).join(", ");
}
