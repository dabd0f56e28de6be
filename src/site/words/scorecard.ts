import type { ExperimentRow, FlagRow, PremortemRow, ScorecardRow } from "../../../reports/release/data.ts";
import { count, decimal, duration, figureText, plural } from "../format.ts";

/** What pages and packs say of a release once it was live. */

const MINUS = "\u2212";
const GAP = "\u202f";

const ASPECTS: Readonly<Record<string, string>> = {
  recovery: "Recovery",
  "error rate": "Error rate",
  "user-reported incidents": "Incidents that users reported",
  "support tickets": "Support tickets",
  validation: "Validation",
  rollback: "Rollback",
  users: "Users",
};
export const aspectTitle = (aspect: string): string => ASPECTS[aspect] ?? aspect;

/** What one line of the card says. */
export function scoreWords(row: ScorecardRow): string {
  if (row.state === "not live") return "not live in production";
  if (row.state === "no data") return `no data: ${row.connect ?? ""}`;
  return WORDS[row.aspect]?.(row) ?? "";
}

const WORDS: Readonly<Record<string, (row: ScorecardRow) => string>> = {
  recovery: ({ state, value, n, hits }) => {
    if (state === "pending") return "no failure so far; its outcome is pending";
    if (state === "good") return "no failure to recover from";
    const failed = `${count(hits ?? 0)} of ${plural(n ?? 0, "deployment", "deployments")} failed`;
    return value === null ? `${failed}; service is not restored yet` : `${failed}; service was restored after ${duration(value)}`;
  },
  "error rate": errorWords,
  "user-reported incidents": ({ state, n, hits }) => {
    const pending = state === "pending" ? "; its outcome is pending" : "";
    if ((n ?? 0) === 0) return `none: no incident is linked to it${pending}`;
    return `${count(hits ?? 0)} of ${plural(n ?? 0, "incident", "incidents")} that it caused${pending}`;
  },
  "support tickets": ({ state, value, before_value: before, during_seconds: seconds }) => {
    const earlier = before === null ? "" : `, ${none(before)} in as long before`;
    return `${none(value ?? 0)} in ${duration(seconds ?? 0)} of being live${earlier}${state === "pending" ? "; a week is not over" : ""}`;
  },
  validation: ({ state, n, hits }) =>
    state === "bad"
      ? `a probe failed after ${count(hits ?? 0)} of ${plural(n ?? 0, "deployment", "deployments")}`
      : `probes passed after ${plural(n ?? 0, "deployment", "deployments")}`,
  rollback: ({ state, value }) => (state === "bad" && value !== null ? `rolled back after ${duration(value)}` : "not rolled back"),
  users: ({ state, value, n }) =>
    state === "pending" ? "it is less than a week old" : `${figureText(value ?? 0, "ratio")} of ${count(n ?? 0)} users had it after a week`,
};

const none = (number: number) => (number === 0 ? "none" : count(number));

function errorWords({ state, value, before_value: before, after_value: after, interval_low: low, interval_high: high }: ScorecardRow): string {
  if (state === "pending") return "the 24 hours after it are not over";
  if (before === null || after === null || value === null || low === null || high === null)
    return "too few requests on record before or after it";
  const rates = `${rate(after)} of requests failed after it, ${rate(before)} before`;
  if (state === "too few") return `${rates}: of too few requests to tell`;
  const verdict = low > 0 ? "higher" : high < 0 ? "lower" : "no clear difference";
  return `${rates}: ${verdict}, by ${points(low)} to ${points(high)} points`;
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
  const of = (state: string) => rows.filter((row) => row.state === state).length;
  const risks = rows.length - of("not foreseen");
  const parts = [
    `${plural(risks, "risk was", "risks were")} written down before it went out; ${count(of("came true"))} came true.`,
    of("may have come true") > 0 && `${plural(of("may have come true"), "risk", "risks")} may have: an incident is of the class that the risk names.`,
    of("not foreseen") > 0 && `${plural(of("not foreseen"), "incident was", "incidents were")} not foreseen.`,
  ];
  return parts.filter((part) => typeof part === "string").join(" ");
}

/** How far a feature was open when the release went live, and when the next one did. */
export function exposureWords({ was_on: wasOn, share_then: then, is_on_last: isOn, share_last: last }: FlagRow): { then: string; last: string } {
  return { then: openTo(wasOn, then), last: openTo(isOn, last) };
}

const openTo = (isOn: boolean, share: number | null): string => (isOn ? shareWords(share ?? 1) : "off");

/** How many users have a feature. */
export const shareWords = (share: number): string =>
  share <= 0 ? "off" : share >= 1 ? "all users" : `${figureText(share, "ratio")} of users`;

/** `+14.7 %`: the difference as a share of what there was. */
export function effectWords({ effect }: Pick<ExperimentRow, "effect">): string {
  if (effect === null) return "";
  const digits = decimal(Math.abs(effect * 100));
  return `${digits === "0" ? "±" : effect < 0 ? MINUS : "+"}${digits}${GAP}%`;
}

/** A value of a metric whose unit nobody says: as it is, without the noise of binary fractions. */
export const metricValue = (value: number | null): string => (value === null ? "" : String(Number(value.toPrecision(6))));

export function intervalWords({
  difference_low: low,
  difference_high: high,
  evidence,
}: Pick<ExperimentRow, "difference_low" | "difference_high" | "evidence">): string {
  if (low === null || high === null) return "no interval";
  return `${signed(low)} to ${signed(high)}${evidence === "no clear difference" ? ": no clear difference" : ""}`;
}

function signed(value: number): string {
  const digits = metricValue(Math.abs(value));
  return `${value === 0 ? "" : value < 0 ? MINUS : "+"}${digits}`;
}
