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

const PEOPLE: Names = { withheld: "word.withheld", "not recorded": "word.not-recorded" };
/** A person as the queries name one, or why they do not. */
export const personWord = (person: string): string => named(PEOPLE, person);

const REVIEWS: Names = {
  approved: "review.approved",
  "approved after merge": "review.approved-after-merge",
  "reviewed, not approved": "review.not-approved",
  "approved, reviewer not recorded": "review.reviewer-not-recorded",
  "not collected": "word.not-collected",
  "no pull request known": "review.no-pull-request",
  "no review by somebody else": "review.by-nobody-else",
};
export const reviewWord = (review: string): string => named(REVIEWS, review);

const DECISIONS: Names = { approved: "approval.approved", rejected: "approval.rejected" };
export const decisionWord = (decision: string): string => named(DECISIONS, decision);

const DECIDED: Names = {
  "before the start": "approval.before-start",
  "after the start": "approval.after-start",
  "time not recorded": "approval.no-time",
  rejected: "approval.rejected",
  "none known": "approval.none-known",
};
/** When a deployment was approved, against its start. */
export const decidedWord = (timing: string): string => named(DECIDED, timing);

const WINDOWS: Names = {
  "not in production": "outcome.not-in-production",
  "no window recorded": "planned-window.not-recorded",
  "before its window": "planned-window.before",
  "within its window": "planned-window.within",
  "after its window": "planned-window.after",
};
/** When production began, against the window that the change request plans. */
export const windowWord = (timing: string): string => named(WINDOWS, timing);

const TESTS: Names = { passed: "word.passed", failed: "word.failed", "not known": "word.not-known" };
export const testWord = (outcome: string): string => named(TESTS, outcome);

const RISKS: Names = {
  "came true": "risk-state.came-true",
  "may have come true": "risk-state.may-have-come-true",
  "not foreseen": "risk-state.not-foreseen",
  pending: "outcome.pending",
  "not known": "word.not-known",
  "not seen": "risk-state.not-seen",
  "not live": "risk-state.not-live",
};
/** What became of a risk that was written down before a release. */
export const riskWord = (state: string): string => named(RISKS, state);

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
