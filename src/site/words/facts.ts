import type { WaveRow } from "../rows.ts";
import { t } from "../text/message.ts";
import { named, type Names } from "./named.ts";

/** What people call a deployed state: its version, else the start of its commit. */
export function waveName({ version, sha, wave_id }: Pick<WaveRow, "version" | "sha" | "wave_id">): string {
  return version ?? (sha ? sha.slice(0, 10) : wave_id);
}

const OUTCOMES: Names = { known: "outcome.ok", pending: "outcome.pending", unknown: "outcome.unknown" };

/** Rework, and why it counts as such. */
const reworkWords = (reasons: readonly string[]): string =>
  reasons.length ? t("outcome.rework-because", { reasons: reasons.join(", ") }) : t("outcome.rework");

/** Everything known of a wave's outcome; that it failed is said by the table. */
export function outcomeWords({
  outcome,
  is_failure,
  failure_reasons,
  is_rework,
  rework_reasons,
  is_withdrawn,
}: WaveRow): string {
  const words: string[] = [];
  if (is_failure) words.push(failure_reasons.length ? `: ${failure_reasons.join(", ")}` : "");
  else words.push(named(OUTCOMES, outcome));
  if (outcome === "pending" && is_failure) words.push(t("outcome.pending"));
  if (is_rework) words.push(reworkWords(rework_reasons));
  if (is_withdrawn) words.push(t("outcome.withdrawn"));
  return words.filter((word) => word !== "").join("; ");
}
