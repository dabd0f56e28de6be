import { count, decimal, duration, quantity } from "../format.ts";
import type { PainfulRow, RetrospectiveIncidentRow, SlowChangeRow } from "../retrospective-rows.ts";
import { t } from "../text/message.ts";
import { named, type Names } from "./named.ts";

const STAGES: Names = {
  coding: "retro-stage.coding",
  pickup: "retro-stage.pickup",
  review: "retro-stage.review",
  "no review": "retro-stage.no-review",
  "merge to live": "retro-stage.merge-to-live",
};
export const stageWords = (stage: string): string => named(STAGES, stage);

export const percent = (share: number): string => quantity(share, "ratio");

/** What became of one slow change, stage by stage. */
export function slowStory(row: SlowChangeRow): string {
  const { times_median: times, lines, commits, tickets } = row;
  const story = {
    time: duration(row.lead_seconds),
    compared: times === null || times < 1.05 ? "" : t("slow-change.times-median", { times: decimal(times) }),
    steps: listed(slowSteps(row)),
  };
  return [
    t("slow-change.took", story),
    ...(lines === null ? [] : [t("slow-change.lines", { lines })]),
    ...(commits === null ? [] : [t("slow-change.commits", { commits })]),
    ...(tickets.length === 0 ? [] : [t("slow-change.tickets", { tickets: listed(tickets) })]),
    ...(row.is_failure ? [t("slow-change.failed")] : []),
  ].join(" ");
}

function slowSteps(row: SlowChangeRow): string[] {
  const isCoded = row.basis !== "merge" && row.coding_seconds !== 0;
  return [
    ...(isCoded ? [t("slow-change.worked-on", { time: duration(row.coding_seconds) })] : []),
    ...reviewSteps(row),
    t("slow-change.waited-for-production", { time: duration(row.merge_to_live_seconds) }),
  ];
}

function reviewSteps(row: SlowChangeRow): string[] {
  if (row.has_review)
    return [
      t("slow-change.waited-for-review", { time: duration(row.pickup_seconds) }),
      t("slow-change.in-review", { time: duration(row.review_seconds) }),
    ];
  return row.no_review_seconds > 0
    ? [t("slow-change.open-without-review", { time: duration(row.no_review_seconds) })]
    : [];
}

export const listed = (parts: readonly string[]): string =>
  parts.length < 2
    ? parts.join("")
    : t("word.and", { first: parts.slice(0, -1).join(", "), last: parts.at(-1) ?? "" });

/** What went wrong with one deployment, and how it ended. */
export function painfulStory(row: PainfulRow): string {
  const { failure_words: words } = row;
  const why =
    words.length === 0 ? t("painful.failed") : t("painful.failed-because", { why: words.join("; ") });
  return `${why} ${restoredText(row)} ${carriedText(row)}`.trim();
}

function restoredText(row: PainfulRow): string {
  if (row.is_open) return t("painful.not-restored", { time: duration(row.open_seconds ?? 0) });
  if (row.is_during_rollout) return t("painful.restored-during-rollout");
  return row.recovery_seconds === null
    ? ""
    : t("painful.restored-after", { time: duration(row.recovery_seconds) });
}

function carriedText({ change_count: all, changes, named: blamed }: PainfulRow): string {
  if (all === 0) return t("painful.carried-nothing-known");
  const names = changes.join("; ");
  const more = all - changes.length;
  return [
    t("painful.carried", { changes: all }),
    ...(blamed > 0 ? [t("painful.named-first")] : []),
    t("painful.changes", { changes: more > 0 ? t("word.and-more", { names, more: count(more) }) : names }),
  ].join(" ");
}

export function incidentEnd(row: RetrospectiveIncidentRow): string {
  if (row.is_open) return t("incident.open-for", { time: duration(row.open_seconds ?? 0) });
  return row.restored_seconds === null ? t("word.not-recorded") : duration(row.restored_seconds);
}

/** Stands in a sentence where its reader puts a link. */
const PLACE = "\u0000";

/** Where an incident came from, as far as it is known; the deployment's name goes in between. */
export function causeText(row: RetrospectiveIncidentRow): { before: string; after: string } {
  const { candidates, cause_changes: changes } = row;
  if (row.cause_wave_id === null)
    return {
      before:
        candidates === 0
          ? t("incident-cause.none")
          : t("incident-cause.doubtful", { deployments: candidates }),
      after: "",
    };
  const cause = { service: row.cause_service_title ?? "", deployment: PLACE, changes };
  const sentence = t(row.is_own_cause ? "incident-cause.own" : "incident-cause.of-others", cause);
  const [before = "", after = ""] = sentence.split(PLACE);
  return { before, after };
}
