import { reviewSentence } from "../../../reports/release/words.ts";
import { count, duration } from "../format.ts";
import type { Clock } from "../format.ts";
import type {
  ReleaseFacts,
  ReleaseOutcome,
  ReleaseQuarterRow,
  ReleaseRow,
  ReleaseWaveRow,
} from "../release-rows.ts";
import { t } from "../text/message.ts";
import { named, type Names } from "./named.ts";

/** What happened with a release, how it turned out and what supports it, in three or four sentences. */
export function releaseSentences(release: ReleaseRow, facts: ReleaseFacts, clock: Clock): string[] {
  const name = `${release.service_title} ${release.version}`;
  if (release.live_at === null) return [notLive(release, name)];
  const { changes } = release;
  const said = { release: name, changes, day: clock.day(release.live_at), promotion: promotion(release) };
  return [
    changes > 0 ? t("release.brought", said) : t("release.live-without-changes", said),
    outcomeSentence(release, facts.waves),
    leadSentence(facts),
    reviewSentence(facts.summary),
  ].filter((sentence) => sentence !== "");
}

function notLive({ outcome, attempts }: ReleaseRow, name: string): string {
  if (outcome === "not deployed") return t("release.only-named", { release: name });
  return t(outcome === "never went live" ? "release.never-live" : "release.not-in-production", {
    release: name,
    attempts,
  });
}

function promotion({ promotion_seconds: after, tried_in: place }: ReleaseRow): string {
  if (after === null) return "";
  return t("release.after-first-run", {
    time: duration(after),
    place: place ?? t("release.another-environment"),
  });
}

function outcomeSentence(release: ReleaseRow, waves: readonly ReleaseWaveRow[]): string {
  switch (release.outcome) {
    case "rolled back":
      return release.rolled_back_seconds === null
        ? t("release.rolled-back")
        : t("release.rolled-back-after", { time: duration(release.rolled_back_seconds) });
    case "failed":
      return failedSentence(waves);
    case "failed, still open":
      return t("release.failed-and-open");
    case "withdrawn by a later rollback":
      return t("release.withdrawn");
    case "pending":
      return t("release.pending");
    case "unknown":
      return t("release.unknown");
    default:
      return t("release.no-failure");
  }
}

function failedSentence(waves: readonly ReleaseWaveRow[]): string {
  const recovery = waves.find(({ recovery_seconds: seconds }) => seconds !== null)?.recovery_seconds;
  return recovery == null
    ? t("release.failed")
    : t("release.failed-and-restored", { time: duration(recovery) });
}

function leadSentence({ leadTimes }: ReleaseFacts): string {
  const known = leadTimes.map(({ basis, median_seconds, n }) =>
    t("release.lead-time", { time: duration(median_seconds), basis, n: count(n) }),
  );
  return known.length > 0 ? t("release.lead-times", { times: known.join("; ") }) : "";
}

/** How the plan was kept. */
export function planWords({ late_seconds: late }: ReleaseRow): string {
  if (late === null || late === 0) return "";
  return late > 0
    ? t("release.live-later", { time: duration(late) })
    : t("release.live-earlier", { time: duration(-late) });
}

const OUTCOMES: Names<ReleaseOutcome> = {
  ok: "outcome.ok",
  pending: "outcome.pending",
  unknown: "outcome.unknown",
  failed: "outcome.failed",
  "failed, still open": "outcome.failed-still-open",
  "rolled back": "outcome.rolled-back",
  "withdrawn by a later rollback": "outcome.withdrawn",
  "never went live": "outcome.never-live",
  "not in production": "outcome.not-in-production",
  "not deployed": "outcome.not-deployed",
};

/** What an outcome is called in a list. */
export function outcomeWords({ outcome, rolled_back_seconds: after }: ReleaseRow): string {
  return outcome === "rolled back" && after !== null
    ? t("outcome.rolled-back-after", { time: duration(after) })
    : named(OUTCOMES, outcome);
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
  if (releases.length === 0) return [t("releases.none")];
  return [
    t("releases.known", { releases: releases.length, live: count(live), failed }),
    newest?.live_at
      ? t("releases.newest", {
          release: `${newest.service_title} ${newest.version}`,
          day: clock.day(newest.live_at),
        })
      : "",
  ].filter((sentence) => sentence !== "");
}

/** A command line as a shell takes it, whatever the names are. */
export function packCommand(service: string, version: string): string {
  const words = [service, version].map(quoted);
  const end = [service, version].some((word) => word.startsWith("-")) ? ["--"] : [];
  return ["quarterdeck", "pack", ...end, "release", ...words].join(" ");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
