import type { WaveRow } from "../rows.ts";

/** What people call a deployed state: its version, else the start of its commit. */
export function waveName({ version, sha, wave_id }: Pick<WaveRow, "version" | "sha" | "wave_id">): string {
  return version ?? (sha ? sha.slice(0, 10) : wave_id);
}

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
  else if (outcome !== "known") words.push(outcome);
  else words.push("ok");
  if (outcome === "pending" && is_failure) words.push("pending");
  if (is_rework) words.push(rework_reasons.length ? `rework: ${rework_reasons.join(", ")}` : "rework");
  if (is_withdrawn) words.push("withdrawn by a later rollback");
  return words.filter((word) => word !== "").join("; ");
}
