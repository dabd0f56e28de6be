import { count, decimal, duration, measureOf, plural, quantity } from "../format.ts";
import type { AdherencePeriodRow, NowRow, PastFigureRow } from "../overview-rows.ts";
import type { FigureRow, HeadlineRow, SideVerdict } from "../rows.ts";
import { PERIODS } from "./period.ts";

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

/** Services that moved on their own, whatever the whole did; empty where none did. */
export function standsOut(names: readonly string[]): string {
  if (!names.length) return "";
  return `Among services, ${names.join(", ").replace(/, ([^,]*)$/, " and $1")} ${names.length === 1 ? "stands" : "stand"} out.`;
}

/** `3rd best of 8 quarters, 3.5 to 5.1 a day`; empty without a past. */
export function pastText(past: PastFigureRow | undefined, { unit, value }: FigureRow): string {
  if (past === undefined || past.periods < 2 || value === null) return "";
  const { factor, short } = measureOf(unit, value);
  const range = `${decimal(past.lowest / factor)} to ${decimal(past.highest / factor)}${short}`;
  return `${placeText(past)} of ${count(past.periods)} ${PERIODS[past.period_kind].many}: ${range}`;
}

function placeText({ place, periods }: PastFigureRow): string {
  if (place === 1) return "Best";
  return place === periods ? "Worst" : `${ordinal(place)} best`;
}

export function ordinal(number: number): string {
  const isTeen = number % 100 > 10 && number % 100 < 14;
  const ending = isTeen ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${count(number)}${ending}`;
}

/** `Quick check 8, industry 5.1`; empty where the quick check has no answer. */
export function scoreText(past: PastFigureRow | undefined): string {
  if (past?.score == null || past.industry_mean === null) return "";
  return `Quick check ${decimal(past.score)}, industry ${decimal(past.industry_mean)}`;
}

/** What changes hands or hurts at this moment, whatever the period. */
export function nowSentences(now: NowRow): string[] {
  return [
    now.waiting > 0 && now.oldest_waiting_seconds !== null
      ? `${plural(now.waiting, "merged change waits", "merged changes wait")} for a deployment, the oldest for ${duration(now.oldest_waiting_seconds)}.`
      : "No merged change is known to wait for a deployment.",
    now.open_incidents > 0
      ? `${plural(now.open_incidents, "incident is", "incidents are")} open.`
      : "No incident is open.",
    ...(now.open_failures > 0
      ? [`${plural(now.open_failures, "failed deployment is", "failed deployments are")} not recovered.`]
      : []),
    ...(now.exemptions > 0 ? [`${plural(now.exemptions, "exemption is", "exemptions are")} in force.`] : []),
  ];
}

/** How far the numbers can be trusted to be of today. */
export function freshnessSentence(now: NowRow): string {
  if (now.sources === 0) return "No source is connected.";
  const read =
    now.whole_sources === now.sources
      ? `${plural(now.sources, "source was", "sources were")} read to the end`
      : `${count(now.whole_sources)} of ${plural(now.sources, "source was", "sources were")} read to the end`;
  const newest = now.newest_seconds === null ? "" : `; the newest record is ${duration(now.newest_seconds)} old`;
  const stalest =
    now.stalest === null || now.stalest_seconds === null || now.stalest_seconds === now.newest_seconds
      ? ""
      : `, that of ${now.stalest} ${duration(now.stalest_seconds)}`;
  const rejected = now.rejected > 0 ? `; ${plural(now.rejected, "row was", "rows were")} rejected` : "";
  return `${read}${newest}${stalest}${rejected}.`;
}

