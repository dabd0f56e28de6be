import { type Clock, count, decimal, duration, measureOf, plural, quantity } from "../format.ts";
import type { AdherencePeriodRow, ControlReachRow, NowRow, PastFigureRow } from "../overview-rows.ts";
import type { FigureRow, HeadlineRow, SideVerdict } from "../rows.ts";
import { t } from "../text/message.ts";

type Words = Readonly<Record<SideVerdict, string>>;

const QUIET = { unclear: "No clear change", unknown: "Cannot be told" };
const SPEED: Words = { better: "Faster", worse: "Slower", mixed: "Faster and slower", ...QUIET };
const SAFETY: Words = { better: "Safer", worse: "Less safe", mixed: "Safer and less safe", ...QUIET };

/** An answer in two words, and whether it is good or bad news. */
export interface Verdict {
  readonly words: string;
  readonly tone: "better" | "worse" | undefined;
}

const toneOf = (side: SideVerdict) => (side === "better" || side === "worse" ? side : undefined);

export const speedVerdict = (row: HeadlineRow | undefined): Verdict => ({
  words: SPEED[row?.speed ?? "unknown"],
  tone: toneOf(row?.speed ?? "unknown"),
});

export const safetyVerdict = (row: HeadlineRow | undefined): Verdict => ({
  words: SAFETY[row?.safety ?? "unknown"],
  tone: toneOf(row?.safety ?? "unknown"),
});

const judgedOf = ({ passed, failed, unknown }: AdherencePeriodRow) => passed + failed + unknown;

/** `98.7 % adherence`; null where nothing was judged. */
export function controlVerdict(now: AdherencePeriodRow | undefined): string | null {
  return now?.rate == null ? null : `${quantity(now.rate, "ratio")} adherence`;
}

/** How much of what was asked is not kept, beside the period before. */
export function controlSentence(
  now: AdherencePeriodRow | undefined,
  before: AdherencePeriodRow | undefined,
): string {
  if (now?.rate == null)
    return "No control judged anything in this period: connect reviews, approvals, change requests or test results.";
  const grave = now.grave > 0 ? `, ${count(now.grave)} of them of critical controls` : "";
  const unknown = now.unknown > 0 ? `; of ${count(now.unknown)} nobody can tell` : "";
  const earlier = before?.rate == null ? "" : ` ${before.period_label}: ${quantity(before.rate, "ratio")}.`;
  return `${count(now.failed)} of ${count(judgedOf(now))} results of ${plural(now.controls, "control", "controls")} fail${grave}${unknown}.${earlier}`;
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
  const { factor, short } = measureOf(unit, value);
  const range = `${decimal(past.lowest / factor)} to ${decimal(past.highest / factor)}${short}`;
  return `${placeText(past)} of ${count(past.periods)} ${past.period_kind}s: ${range}`;
}

function placeText({ place, periods }: PastFigureRow): string {
  if (place === 1) return "Best";
  if (place === periods) return "Worst";
  // Counted from the nearer end, for nobody turns "6th best of 8" round.
  return 2 * place > periods + 1 ? t("overview.place-worst", { place: ordinal(periods - place + 1) }) : `${ordinal(place)} best`;
}

export function ordinal(number: number): string {
  const isTeen = number % 100 > 10 && number % 100 < 14;
  const ending = isTeen ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${count(number)}${ending}`;
}

/** `Score 8 of 10 (DORA 2025; Financial services 5.1, self-reported)`; empty where the quick check has no answer. */
export function scoreText(past: PastFigureRow | undefined): string {
  if (past?.score == null || past.industry_mean === null) return "";
  return t("overview.score", {
    score: decimal(past.score),
    industry: past.industry ?? "",
    mean: decimal(past.industry_mean),
  });
}

/** What changes hands or hurts at this moment, whatever the period. */
export function nowSentences(now: NowRow, clock: Clock): string[] {
  return [
    now.waiting > 0 && now.oldest_waiting_seconds !== null
      ? `${plural(now.waiting, "merged change waits", "merged changes wait")} for a deployment, the oldest for ${duration(now.oldest_waiting_seconds)}.`
      : "No merged change is known to wait for a deployment.",
    now.open_incidents > 0 && now.oldest_incident_at !== null
      ? t("overview.incidents-open", {
          open: now.open_incidents,
          since: clock.day(now.oldest_incident_at),
          old: now.has_old_incident ? "yes" : "no",
        })
      : "No incident is open.",
    ...(now.open_failures > 0
      ? [`${plural(now.open_failures, "failed deployment is", "failed deployments are")} not recovered.`]
      : []),
    ...(now.exemptions > 0 ? [`${plural(now.exemptions, "exemption is", "exemptions are")} in force.`] : []),
  ];
}

/** How far the numbers can be trusted to be of today. */
export function freshnessSentence(now: NowRow, clock: Clock): string {
  if (now.sources === 0) return "No source is connected.";
  const read =
    now.whole_sources === now.sources
      ? `${plural(now.sources, "source was", "sources were")} read to the end`
      : `${count(now.whole_sources)} of ${plural(now.sources, "source was", "sources were")} read to the end`;
  const newest = now.newest_at === null ? "" : t("overview.newest", { at: clock.minute(now.newest_at) });
  const stalest =
    now.stalest === null || now.stalest_at === null || now.stalest_seconds === now.newest_seconds
      ? ""
      : t("overview.stalest", { source: now.stalest, at: clock.minute(now.stalest_at) });
  const rejected = now.rejected > 0 ? `; ${plural(now.rejected, "row was", "rows were")} rejected` : "";
  return `${read}${newest}${stalest}${rejected}.`;
}

