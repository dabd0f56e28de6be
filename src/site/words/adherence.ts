import type { AdherenceRow, ControlMonthRow, ControlRow, DeploymentDeviationRow, StripRow } from "../control-rows.ts";
import type { Clock } from "../format.ts";
import { count, monthName, plural, quantity, valueOf } from "../format.ts";
import type { AdherencePeriodRow } from "../overview-rows.ts";
import type { FigureRow } from "../rows.ts";
import { t } from "../text/message.ts";

/** Folder of a control's file -> what the family is about. One's own folders have their own name. */
const FAMILIES: Readonly<Record<string, string>> = {
  population: "Population and data",
  authorisation: "Authorisation",
  segregation: "Segregation of duties",
  quality: "Review, tests and quality gates",
  environments: "Environments",
  artifacts: "Artifacts",
  windows: "Windows and calendar",
  readiness: "Readiness, rollback and execution",
  emergency: "Emergency changes",
  review: "After the release",
  records: "Records",
  exemptions: "Exemptions",
  own: "Our own",
};

export const familyTitle = (family: string): string => FAMILIES[family] ?? family;

export interface Counted {
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
  readonly exempt: number;
  readonly not_applicable: number;
  readonly not_due: number;
}

/** Columns of every table of controls: all counts, always. */
export const COUNT_HEADS = ["Pass", "Fail", "Unknown", "Exempt", "Not applicable", "Not due"] as const;

export const countCells = (row: Counted): string[] =>
  [row.passed, row.failed, row.unknown, row.exempt, row.not_applicable, row.not_due].map(count);

const judgedOf = ({ passed, failed, unknown }: Counted) => passed + failed + unknown;

/** `42.2 %`, `1 of 3`, or that nothing was to be judged. */
export function rateText(row: Counted & { readonly rate: number | null; readonly is_hardly_judged?: boolean }): string {
  if (row.rate === null) return "nothing to judge";
  if (row.is_hardly_judged === true) return t("adherence.applies", { judged: judgedOf(row), of: judgedOf(row) + row.not_applicable });
  return valueOf({ value: row.rate, unit: "ratio", n: judgedOf(row), numerator: row.passed });
}

export function intervalText({ rate_low, rate_high }: Pick<ControlRow, "rate_low" | "rate_high">): string {
  if (rate_low === null || rate_high === null) return "";
  const [low, high] = [rate_low, rate_high].map((limit) => (limit * 100).toFixed(1));
  return `${low ?? ""} to ${high ?? ""}\u202f%`;
}

/** `Q2 2026: 98.6 %; Jun 2026: 98.2 %; since July 2024: 98.9 %`: what links promise, and the whole. */
export function adherenceOpening(latest: readonly AdherencePeriodRow[], all: AdherenceRow | undefined, firstMonth: string | undefined): string {
  if (all?.rate == null) return "";
  const whole = firstMonth === undefined ? t("adherence.whole-undated") : t("adherence.whole-history", { month: monthName(firstMonth) });
  const periods = latest.flatMap(({ period_label: label, rate }) => (rate === null ? [] : [{ label, rate }]));
  return [...periods, { label: whole, rate: all.rate }]
    .map(({ label, rate }) => t("adherence.period", { label, rate: quantity(rate, "ratio") }))
    .join("; ");
}

/** What a sceptic asks first: of how many, and what is not known. */
export function adherenceSentences(all: AdherenceRow | undefined): string[] {
  if (all?.rate == null) return ["No control had anything to judge yet."];
  return [
    `${plural(all.controls, "control", "controls")} judged ${count(judgedOf(all))} results: ${count(all.passed)} pass, ${count(all.failed)} fail, and of ${count(all.unknown)} nobody can tell.`,
    `Adherence is ${rateText(all)}, with what is unknown counted against it.`,
    ...(all.exempt > 0 ? [`${plural(all.exempt, "unit is", "units are")} exempt by an exemption that holds.`] : []),
  ];
}

export function controlSentence(control: ControlRow): string {
  const judged = judgedOf(control);
  if (judged === 0) return `Nothing was to be judged by it so far; ${count(control.not_applicable)} units it does not concern.`;
  const interval = intervalText(control);
  return `Of ${count(judged)} that were to be judged ${count(control.passed)} pass, ${count(control.failed)} fail and ${count(control.unknown)} are unknown: ${rateText(control)} adherence${interval === "" ? "" : ` (95 % interval ${interval})`}. ${count(control.exempt)} exempt, ${count(control.not_applicable)} not applicable, ${count(control.not_due)} not due yet.`;
}

/** As many as the axis has room to name. */
const LONGEST_TREND = 13;

/** Months of a control as the chart of trends takes them. */
export function trendOf(months: readonly ControlMonthRow[]): FigureRow[] {
  return months.slice(-LONGEST_TREND).map(
    (row) =>
      ({
        metric: "change_fail_rate",
        period_kind: "month",
        period_start: row.period_start,
        period_end: row.period_end,
        period_label: monthName(row.month, "LLL yyyy"),
        unit: "ratio",
        role: row.is_current ? "current" : "earlier",
        value: row.rate,
        numerator: row.passed,
        n: judgedOf(row),
        interval_low: row.rate_low,
        interval_high: row.rate_high,
        year_earlier: null,
      }) as FigureRow,
  );
}

/** What the strip shows, for those who do not see it: how many of each, in the order of how bad they are. */
export function stripWords({ statuses }: StripRow): string {
  const counted = Map.groupBy(statuses, (status) => status);
  return ["fail", "unknown", "exempt", "pass"]
    .flatMap((status) => (counted.has(status) ? [`${count(counted.get(status)?.length ?? 0)} ${status}`] : []))
    .join(", ");
}

/** Which of what belongs to a deployment fails a control, or is exempt from it. */
export function deviationWords({ relation, name, environment, status }: DeploymentDeviationRow, isCopied: boolean): string {
  const itself = isCopied && environment !== null ? `In ${environment} it` : "It";
  const subject = relation === "own" ? itself : `Its ${relation} ${name ?? ""}`;
  return `${subject} ${status === "exempt" ? "is exempt from" : "fails"}`;
}

export function exemptionAge(
  { state, age_days, days_left }: { state: string; age_days: number | null; days_left: number | null },
): string {
  const age = age_days === null || age_days < 0 ? "" : `${plural(age_days, "day", "days")} old`;
  const left = state === "in force" && days_left !== null ? `${plural(days_left, "day", "days")} left` : "";
  return [age, left].filter((text) => text !== "").join(", ");
}

export const daySpan = (from: string | null, until: string | null, clock: Clock): string =>
  `${from === null ? "no beginning" : clock.day(from)} to ${until === null ? "no end" : clock.day(until)}`;
