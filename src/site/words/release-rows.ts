import { duration } from "../format.ts";
import type { ReleaseChangeRow, ReleaseWaveRow } from "../release-rows.ts";
import { t } from "../text/message.ts";
import { named, type Names } from "./named.ts";

/** `#12`; for a commit its short hash. */
export function shortName({ number, native_id }: ReleaseChangeRow): string {
  const native = native_id.slice(native_id.lastIndexOf("@") + 1);
  if (number !== null) return `#${number}`;
  return /^[0-9a-f]{40,}$/.test(native) ? native.slice(0, 10) : native;
}

/** `#12 Title` */
export function changeName(change: ReleaseChangeRow): string {
  return change.title === null ? shortName(change) : `${shortName(change)} ${change.title}`;
}

/** Whether a person may be named: the queries say so in the person's place. */
export function isShown(person: string): boolean {
  return person !== "withheld" && person !== "not recorded";
}

const OUTCOMES: Names = { pending: "outcome.pending", unknown: "outcome.unknown" };

/** What became of a production deployment; that it failed is said by the table. */
export function waveOutcome(wave: ReleaseWaveRow): string {
  const { rolled_back_seconds: after, outcome, rework_reasons: why } = wave;
  const fate = outcome === "known" ? t("outcome.no-failure") : "";
  const words = [
    after === null ? "" : t("outcome.rolled-back-after", { time: duration(after) }),
    wave.is_failure ? (wave.failure_reasons ?? []).join(", ") : fate,
    outcome === "known" ? "" : named(OUTCOMES, outcome ?? "unknown"),
    wave.is_rework ? reworkWords(why ?? []) : "",
  ];
  return words.filter((word) => word !== "").join("; ");
}

const reworkWords = (reasons: readonly string[]): string =>
  reasons.length > 0 ? t("outcome.rework-because", { reasons: reasons.join(": ") }) : t("outcome.rework");
