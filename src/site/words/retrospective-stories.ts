import { count, decimal, duration, plural, quantity } from "../format.ts";
import type { PainfulRow, RetrospectiveIncidentRow, SlowChangeRow } from "../retrospective-rows.ts";

const STAGES: Readonly<Record<string, string>> = {
  coding: "coding",
  pickup: "the wait for a first review",
  review: "review",
  "no review": "the time open without any review",
  "merge to live": "the time from merge to live",
};
export const stageWords = (stage: string): string => STAGES[stage] ?? stage;

export const percent = (share: number): string => quantity(share, "ratio");

/** What became of one slow change, stage by stage. */
export function slowStory(row: SlowChangeRow): string {
  const review = row.has_review
    ? [`waited ${duration(row.pickup_seconds)} for a first review`, `was in review for ${duration(row.review_seconds)}`]
    : row.no_review_seconds > 0
      ? [`was open for ${duration(row.no_review_seconds)} without a review`]
      : [];
  const coding = row.basis === "merge" || row.coding_seconds === 0 ? [] : [`was worked on for ${duration(row.coding_seconds)}`];
  const steps = [...coding, ...review, `waited ${duration(row.merge_to_live_seconds)} from its merge to production`];
  const compared = row.times_median === null || row.times_median < 1.05 ? "" : `, ${decimal(row.times_median)} times the team's median`;
  const size = row.lines === null ? "" : ` It changed ${plural(row.lines, "line", "lines")}.`;
  const failed = row.is_failure ? " The deployment failed." : "";
  return `Took ${duration(row.lead_seconds)}${compared}: ${listed(steps)}.${size}${failed}`;
}

export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;

/** What went wrong with one deployment, and how it ended. */
export function painfulStory(row: PainfulRow): string {
  const why = row.failure_words.length === 0 ? "It failed." : `Failed: ${row.failure_words.join("; ")}.`;
  return `${why} ${restoredText(row)} ${carriedText(row)}`.trim();
}

function restoredText(row: PainfulRow): string {
  if (row.is_open) return `Not restored yet, after ${duration(row.open_seconds ?? 0)}.`;
  if (row.is_during_rollout) return "Restored during the rollout.";
  return row.recovery_seconds === null ? "" : `Restored after ${duration(row.recovery_seconds)}.`;
}

function carriedText({ change_count: all, changes, named }: PainfulRow): string {
  if (all === 0) return "What it carried is not known.";
  const more = all > changes.length ? ` and ${count(all - changes.length)} more` : "";
  const first = named > 0 ? "What a later revert or fix names stands first: " : "";
  return `It carried ${plural(all, "change", "changes")}. ${first}${changes.join("; ")}${more}.`;
}

export function incidentEnd(row: RetrospectiveIncidentRow): string {
  if (row.is_open) return `open for ${duration(row.open_seconds ?? 0)}`;
  return row.restored_seconds === null ? "not recorded" : duration(row.restored_seconds);
}

/** Where an incident came from, as far as it is known; the deployment's name goes in between. */
export function causeText(row: RetrospectiveIncidentRow): { before: string; after: string } {
  if (row.cause_wave_id === null) {
    const none = row.candidates === 0 ? "No deployment is known that it came from." : `${plural(row.candidates, "deployment", "deployments")} may be the cause, none with enough confidence.`;
    return { before: none, after: "" };
  }
  const whose = row.is_own_cause ? "" : ", which is not this team's";
  return {
    before: `${row.cause_service_title ?? ""} `,
    after: ` with ${plural(row.cause_changes, "change", "changes")}${whose}`,
  };
}
