import { type Clock, count, decimal, duration, measureOf, quantity, spanIn } from "../format.ts";
import type { AdherencePeriodRow, ControlReachRow, NowRow, PastFigureRow } from "../overview-rows.ts";
import type { FigureRow, HeadlineRow, SideVerdict } from "../rows.ts";
import type { MessageKey } from "../text/catalogue.ts";
import { t } from "../text/message.ts";
import { periodWords } from "./period.ts";

type Words = Readonly<Record<SideVerdict, MessageKey>>;

const QUIET = { unclear: "verdict.no-clear-change", unknown: "verdict.cannot-be-told" } as const;
const SPEED: Words = {
  better: "verdict.faster",
  worse: "verdict.slower",
  mixed: "verdict.faster-and-slower",
  ...QUIET,
};
const SAFETY: Words = {
  better: "verdict.safer",
  worse: "verdict.less-safe",
  mixed: "verdict.safer-and-less-safe",
  ...QUIET,
};

/** An answer in two words, and whether it is good or bad news. */
export interface Verdict {
  readonly words: string;
  readonly tone: "better" | "worse" | undefined;
}

const toneOf = (side: SideVerdict) => (side === "better" || side === "worse" ? side : undefined);

export const speedVerdict = (row: HeadlineRow | undefined): Verdict => ({
  words: t(SPEED[row?.speed ?? "unknown"]),
  tone: toneOf(row?.speed ?? "unknown"),
});

export const safetyVerdict = (row: HeadlineRow | undefined): Verdict => ({
  words: t(SAFETY[row?.safety ?? "unknown"]),
  tone: toneOf(row?.safety ?? "unknown"),
});

const judgedOf = ({ passed, failed, unknown }: AdherencePeriodRow) => passed + failed + unknown;

/** `98.7 % adherence`; null where nothing was judged. */
export function controlVerdict(now: AdherencePeriodRow | undefined): string | null {
  return now?.rate == null ? null : t("verdict.adherence", { rate: quantity(now.rate, "ratio") });
}

/** How much of what was asked is not kept, beside the period before. */
export function controlSentence(
  now: AdherencePeriodRow | undefined,
  before: AdherencePeriodRow | undefined,
): string {
  if (now?.rate == null) return t("overview.nothing-judged");
  const { controls, failed, grave, unknown } = now;
  const judged = t("overview.controls", {
    controls,
    failed: count(failed),
    judged: count(judgedOf(now)),
    grave: grave > 0 ? t("overview.of-critical-controls", { grave: count(grave) }) : "",
    unknown: unknown > 0 ? t("overview.nobody-can-tell", { unknown: count(unknown) }) : "",
  });
  if (before?.rate == null) return judged;
  return `${judged} ${t("overview.rate-before", { period: before.period_label, rate: quantity(before.rate, "ratio") })}`;
}

/** Services that moved on their own, whatever the whole did; empty where none did. */
export function standsOut(names: readonly string[]): string {
  if (names.length === 0) return "";
  const [last = ""] = names.slice(-1);
  const services = names.length === 1 ? last : t("list.and", { first: names.slice(0, -1).join(", "), last });
  return t("overview.stands-out", { count: names.length, services });
}

/** Of how many services adherence speaks; empty where it speaks of all. */
export function reachSentence(reach: ControlReachRow | undefined): string {
  if (reach === undefined || reach.reached_services === reach.services) return "";
  return t("adherence.reach", {
    reached: reach.reached_services,
    services: reach.services,
    outside: reach.outside.join(", "),
    others: reach.services - reach.reached_services - reach.outside.length,
    share: quantity(reach.not_applicable_share ?? 0, "ratio"),
  });
}

/** Of how many sources it is proven that nothing is missing, whatever the period; empty where nobody asks. */
export function completenessSentence({ proven_sources: proven, lossy_sources: lossy, unsure_sources: unsure }: NowRow): string {
  const sources = proven + lossy + unsure;
  return sources === 0 ? "" : t("adherence.completeness", { proven, sources, lossy, unsure });
}

/** `3rd best of 8 quarters, 3.5 to 5.1 a day`; empty without a past. */
export function pastText(past: PastFigureRow | undefined, { unit, value }: FigureRow): string {
  if (past === undefined || past.periods < 2 || value === null) return "";
  return t("overview.place", {
    place: placeText(past),
    periods: count(past.periods),
    kind: periodWords(past.period_kind).many,
    range: spanIn(measureOf(unit, value), past.lowest, past.highest),
  });
}

function placeText({ place, periods }: PastFigureRow): string {
  if (place === 1) return t("overview.best");
  if (place === periods) return t("overview.worst");
  // Counted from the nearer end, for nobody turns "6th best of 8" round.
  return 2 * place > periods + 1
    ? t("overview.nth-worst", { place: periods - place + 1 })
    : t("overview.nth-best", { place });
}

/** `Score 8 of 10 (DORA 2025; Financial services 5.1, self-reported)`; empty where the quick check has no answer. */
export function scoreText(past: PastFigureRow | undefined): string {
  if (past?.score == null || past.industry_mean === null) return "";
  return t("overview.score", { score: decimal(past.score), mean: decimal(past.industry_mean) });
}

/** What changes hands or hurts at this moment, whatever the period. */
export function nowSentences(now: NowRow, clock: Clock): string[] {
  const {
    waiting,
    oldest_waiting_seconds: oldest,
    open_incidents: incidents,
    open_failures: failures,
    exemptions,
  } = now;
  return [
    waiting > 0 && oldest !== null
      ? t("waiting.changes", { changes: waiting, oldest: duration(oldest) })
      : t("overview.nothing-waits"),
    incidents > 0 && now.oldest_incident_at !== null
      ? t("overview.incidents-open", {
          open: incidents,
          since: clock.day(now.oldest_incident_at),
          old: now.has_old_incident ? "yes" : "no",
        })
      : t("overview.no-open-incident"),
    ...(failures > 0 ? [t("overview.open-failures", { failures })] : []),
    ...(exemptions > 0 ? [t("overview.exemptions", { exemptions })] : []),
  ];
}

/** How far the numbers can be trusted to be of today. */
export function freshnessSentence(now: NowRow, clock: Clock): string {
  const {
    sources,
    whole_sources: whole,
    newest_seconds: newest,
    stalest,
    stalest_seconds: age,
    rejected,
  } = now;
  if (sources === 0) return t("overview.no-source");
  const said = {
    sources,
    whole: count(whole),
    newest: now.newest_at === null ? "" : t("overview.newest", { at: clock.minute(now.newest_at) }),
    stalest:
      stalest === null || now.stalest_at === null || age === newest
        ? ""
        : t("overview.stalest", { source: stalest, at: clock.minute(now.stalest_at) }),
    rejected: rejected > 0 ? t("overview.rejected", { rows: rejected }) : "",
  };
  return t(whole === sources ? "overview.sources-read" : "overview.some-sources-read", said);
}
