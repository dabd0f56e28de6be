import { reviewSentence } from "../../../reports/release/words.ts";
import { count, duration } from "../format.ts";
import type { Clock } from "../format.ts";
import type { ReleaseFacts, ReleaseQuarterRow, ReleaseRow, ReleaseWaveRow } from "../release-rows.ts";

export function some(number: number, noun: string, plural = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : plural}`;
}

/** What happened with a release, how it turned out and what supports it, in three or four sentences. */
export function releaseSentences(release: ReleaseRow, facts: ReleaseFacts, clock: Clock): string[] {
  const name = `${release.service_title} ${release.version}`;
  if (release.live_at === null) return [notLive(release, name)];
  const brought =
    release.changes > 0
      ? `${name} brought ${some(release.changes, "change")} to production on ${clock.day(release.live_at)}`
      : `${name} went live in production on ${clock.day(release.live_at)}; no change is known that it was the first to bring`;
  return [
    `${brought}${promotion(release)}.`,
    outcomeSentence(release, facts.waves),
    leadSentence(facts),
    reviewSentence(facts.summary),
  ].filter((sentence) => sentence !== "");
}

function notLive({ outcome, attempts }: ReleaseRow, name: string): string {
  if (outcome === "not deployed") return `${name} is named by a source; no deployment of it is known.`;
  const tried = `${some(attempts, "deployment attempt")} ${attempts === 1 ? "is" : "are"} known`;
  return outcome === "never went live"
    ? `${name} never went live in production: ${tried}.`
    : `${name} has not reached production: ${tried}, none in production.`;
}

function promotion({ promotion_seconds: after, tried_in: place }: ReleaseRow): string {
  return after === null ? "" : `, ${duration(after)} after it first ran in ${place ?? "another environment"}`;
}

function outcomeSentence(release: ReleaseRow, waves: readonly ReleaseWaveRow[]): string {
  const recovery = waves.find(({ recovery_seconds: seconds }) => seconds !== null)?.recovery_seconds;
  const restored = recovery == null ? "" : `; service was restored after ${duration(recovery)}`;
  switch (release.outcome) {
    case "rolled back":
      return release.rolled_back_seconds === null
        ? "It was rolled back."
        : `It was rolled back after ${duration(release.rolled_back_seconds)}.`;
    case "failed":
      return `It counts as a change failure${restored}.`;
    case "failed, still open":
      return "It counts as a change failure, and service is not restored yet.";
    case "withdrawn by a later rollback":
      return "It was taken back with a later release that failed.";
    case "pending":
      return "Its outcome is still pending.";
    case "unknown":
      return "How it turned out is not known: no incident source covers it.";
    default:
      return "No failure is linked to it.";
  }
}

function leadSentence({ leadTimes }: ReleaseFacts): string {
  const known = leadTimes.map(
    ({ basis, median_seconds, n }) =>
      `${duration(median_seconds)} from ${basis} to production (n = ${count(n)})`,
  );
  return known.length > 0 ? `Median lead time: ${known.join("; ")}.` : "";
}

/** How the plan was kept. */
export function planWords({ late_seconds: late }: ReleaseRow): string {
  if (late === null || late === 0) return "";
  return late > 0 ? `live ${duration(late)} later` : `live ${duration(-late)} earlier`;
}

/** What an outcome is called in a list. */
export function outcomeWords({ outcome, rolled_back_seconds: after }: ReleaseRow): string {
  return outcome === "rolled back" && after !== null ? `rolled back after ${duration(after)}` : outcome;
}

export function isFailed({ outcome }: ReleaseRow): boolean {
  return outcome === "rolled back" || outcome === "failed" || outcome === "failed, still open";
}

/** What the list of releases says first. */
export function releasesSentences(
  releases: readonly ReleaseRow[],
  quarters: readonly ReleaseQuarterRow[],
  clock: Clock,
): string[] {
  const newest = releases.find(({ live_at }) => live_at !== null);
  const failed = quarters.reduce((sum, quarter) => sum + quarter.failed, 0);
  const live = quarters.reduce((sum, quarter) => sum + quarter.live, 0);
  if (releases.length === 0) return ["No release is known."];
  return [
    `${some(releases.length, "release")} ${releases.length === 1 ? "is" : "are"} known; ${count(live)} went live in production, and ${failed === 0 ? "none" : count(failed)} of those ${failed > 1 ? "are" : "is"} known to have failed or been rolled back.`,
    newest?.live_at
      ? `The newest, ${newest.service_title} ${newest.version}, went live on ${clock.day(newest.live_at)}.`
      : "",
  ].filter((sentence) => sentence !== "");
}

/** A command line as a shell takes it, whatever the names are. */
export function packCommand(service: string, version: string): string {
  const words = [service, version].map(quoted);
  const end = [service, version].some((word) => word.startsWith("-")) ? "-- " : "";
  return `quarterdeck pack ${end}release ${words.join(" ")}`;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
