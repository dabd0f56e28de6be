import type { ExperimentRow, FlagRow, PremortemRow, ScorecardRow } from "../../../reports/release/data.ts";
import { count, decimal, duration, figureText } from "../format.ts";
import { t } from "../text/message.ts";
import { named, type Names } from "./named.ts";

/** What pages and packs say of a release once it was live. */

const MINUS = "\u2212";
const GAP = "\u202f";

const ASPECTS: Names = {
  recovery: "scorecard.recovery",
  "error rate": "scorecard.error-rate",
  "user-reported incidents": "scorecard.user-reported-incidents",
  "support tickets": "scorecard.support-tickets",
  validation: "scorecard.validation",
  rollback: "scorecard.rollback",
  users: "scorecard.users",
};
export const aspectTitle = (aspect: string): string => named(ASPECTS, aspect);

/** What one line of the card says. */
export function scoreWords(row: ScorecardRow): string {
  if (row.state === "not live") return t("scorecard.not-live");
  if (row.state === "no data") return t("practice.no-data", { connect: row.connect ?? "" });
  return WORDS[row.aspect]?.(row) ?? "";
}

const WORDS: Readonly<Record<string, (row: ScorecardRow) => string>> = {
  recovery: ({ state, value, n, hits }) => {
    if (state === "pending") return t("scorecard.no-failure-so-far");
    if (state === "good") return t("scorecard.nothing-to-recover");
    const failed = { failed: count(hits ?? 0), deployments: n ?? 0 };
    return value === null
      ? t("scorecard.not-restored", failed)
      : t("scorecard.restored", { ...failed, time: duration(value) });
  },
  "error rate": errorWords,
  "user-reported incidents": ({ state, n, hits }) => {
    const pending = state === "pending" ? t("scorecard.outcome-pending") : "";
    if ((n ?? 0) === 0) return t("scorecard.no-incident", { pending });
    return t("scorecard.caused-incidents", { caused: count(hits ?? 0), incidents: n ?? 0, pending });
  },
  "support tickets": ({ state, value, before_value: before, during_seconds: seconds }) =>
    t("scorecard.tickets", {
      tickets: none(value ?? 0),
      time: duration(seconds ?? 0),
      before: before === null ? "" : t("scorecard.tickets-before", { tickets: none(before) }),
      pending: state === "pending" ? t("scorecard.week-pending") : "",
    }),
  validation: ({ state, n, hits }) =>
    state === "bad"
      ? t("scorecard.probe-failed", { failed: count(hits ?? 0), deployments: n ?? 0 })
      : t("scorecard.probes-passed", { deployments: n ?? 0 }),
  rollback: ({ state, value }) =>
    state === "bad" && value !== null
      ? t("outcome.rolled-back-after", { time: duration(value) })
      : t("scorecard.not-rolled-back"),
  users: ({ state, value, n }) =>
    state === "pending"
      ? t("scorecard.young")
      : t("scorecard.users-after-a-week", { share: figureText(value ?? 0, "ratio"), users: count(n ?? 0) }),
};

const none = (number: number) => (number === 0 ? t("word.none") : count(number));

function errorWords({
  state,
  value,
  before_value: before,
  after_value: after,
  interval_low: low,
  interval_high: high,
}: ScorecardRow): string {
  if (state === "pending") return t("scorecard.day-pending");
  if (before === null || after === null || value === null || low === null || high === null)
    return t("scorecard.few-requests");
  const rates = { after: rate(after), before: rate(before), low: points(low), high: points(high) };
  if (state === "too few") return t("scorecard.too-few-requests", rates);
  if (low > 0) return t("scorecard.errors-higher", rates);
  return t(high < 0 ? "scorecard.errors-lower" : "scorecard.errors-unclear", rates);
}

/** `3.5 %`, and with two decimals below one per cent, where error rates live. */
export const rate = (share: number): string =>
  `${share < 0.01 ? String(Number((share * 100).toFixed(2))) : decimal(share * 100)}${GAP}%`;

function points(difference: number): string {
  const digits = String(Number(Math.abs(difference * 100).toFixed(2)));
  return `${digits === "0" ? "" : difference < 0 ? MINUS : "+"}${digits}`;
}

/** How many risks came true, and what nobody had foreseen. */
export function premortemSentence(rows: readonly PremortemRow[]): string {
  const came = rows.filter(({ state }) => state === "came true").length;
  const maybe = rows.filter(({ state }) => state === "may have come true").length;
  const unforeseen = rows.filter(({ state }) => state === "not foreseen").length;
  return [
    t("premortem.risks", { risks: rows.length - unforeseen, came: count(came) }),
    ...(maybe > 0 ? [t("premortem.may-have", { risks: maybe })] : []),
    ...(unforeseen > 0 ? [t("premortem.not-foreseen", { incidents: unforeseen })] : []),
  ].join(" ");
}

/** How far a feature was open when the release went live, and when the next one did. */
export function exposureWords({
  was_on: wasOn,
  share_then: then,
  is_on_last: isOn,
  share_last: last,
}: FlagRow): { then: string; last: string } {
  return { then: openTo(wasOn, then), last: openTo(isOn, last) };
}

const openTo = (isOn: boolean, share: number | null): string =>
  isOn ? shareWords(share ?? 1) : t("exposure.off");

/** How many users have a feature. */
export function shareWords(share: number): string {
  if (share <= 0) return t("exposure.off");
  return share >= 1 ? t("exposure.all-users") : t("exposure.share", { share: figureText(share, "ratio") });
}

/** `+14.7 %`: the difference as a share of what there was. */
export function effectWords({ effect }: Pick<ExperimentRow, "effect">): string {
  if (effect === null) return "";
  const digits = decimal(Math.abs(effect * 100));
  return `${digits === "0" ? "±" : effect < 0 ? MINUS : "+"}${digits}${GAP}%`;
}

/** A value of a metric whose unit nobody says: as it is, without the noise of binary fractions. */
export const metricValue = (value: number | null): string =>
  value === null ? "" : String(Number(value.toPrecision(6)));

export function intervalWords({
  difference_low: low,
  difference_high: high,
  evidence,
}: Pick<ExperimentRow, "difference_low" | "difference_high" | "evidence">): string {
  if (low === null || high === null) return t("experiment.no-interval");
  const range = { low: signed(low), high: signed(high) };
  return t(evidence === "no clear difference" ? "experiment.no-clear-difference" : "range.plain", range);
}

function signed(value: number): string {
  const digits = metricValue(Math.abs(value));
  return `${value === 0 ? "" : value < 0 ? MINUS : "+"}${digits}`;
}
