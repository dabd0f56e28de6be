import { duration } from "../format.ts";
import type { ReleaseChangeRow, ReleaseWaveRow } from "../release-rows.ts";

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

/** What became of a production deployment; that it failed is said by the table. */
export function waveOutcome(wave: ReleaseWaveRow): string {
  const words = [
    wave.rolled_back_seconds === null ? "" : `rolled back after ${duration(wave.rolled_back_seconds)}`,
    wave.is_failure
      ? (wave.failure_reasons ?? []).join(", ")
      : wave.outcome === "known"
        ? "no failure known"
        : "",
    wave.outcome === "known" ? "" : (wave.outcome ?? "unknown"),
    wave.is_rework ? ["rework", ...(wave.rework_reasons ?? [])].join(": ") : "",
  ];
  return words.filter((word) => word !== "").join("; ");
}
