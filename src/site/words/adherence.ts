import type {
  AdherenceRow,
  ControlMonthRow,
  ControlRow,
  ControlScopeRow,
  DeploymentDeviationRow,
  EmergencyWaveRow,
  StripRow,
} from "../control-rows.ts";
import type { Clock } from "../format.ts";
import { count, monthName, quantity, valueOf } from "../format.ts";
import type { AdherencePeriodRow } from "../overview-rows.ts";
import type { FigureRow } from "../rows.ts";
import type { MessageKey } from "../text/catalogue.ts";
import { t } from "../text/message.ts";
import { named, type Names } from "./named.ts";

/** Folder of a control's file -> what the family is about. One's own folders have their own name. */
const FAMILIES: Names = {
  population: "family.population",
  authorisation: "family.authorisation",
  segregation: "family.segregation",
  quality: "family.quality",
  environments: "family.environments",
  artifacts: "family.artifacts",
  windows: "family.windows",
  readiness: "family.readiness",
  emergency: "family.emergency",
  review: "family.review",
  records: "family.records",
  exemptions: "family.exemptions",
  own: "family.own",
};

export const familyTitle = (family: string): string => named(FAMILIES, family);

export interface Counted {
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
  readonly exempt: number;
  readonly not_applicable: number;
  readonly not_due: number;
  /** Left out by the scope that the configuration gives the control. */
  readonly outside: number;
}

const COUNT_HEADS: readonly MessageKey[] = [
  "column.pass",
  "column.fail",
  "column.unknown",
  "column.exempt",
  "column.not-applicable",
  "column.not-due",
  "column.outside-scope",
];

/** Columns of every table of controls: all counts, always. */
export const countHeads = (): string[] => COUNT_HEADS.map((key) => t(key));

export const countCells = (row: Counted): string[] =>
  [row.passed, row.failed, row.unknown, row.exempt, row.not_applicable, row.not_due, row.outside].map(count);

const judgedOf = ({ passed, failed, unknown }: Counted) => passed + failed + unknown;

/** `42.2 %`, `1 of 3`, or that nothing was to be judged. */
export function rateText(row: Counted & { readonly rate: number | null; readonly is_hardly_judged?: boolean }): string {
  if (row.rate === null) return t(row.outside > 0 ? "adherence.outside-scope" : "adherence.nothing-to-judge");
  if (row.is_hardly_judged === true) return t("adherence.applies", { judged: judgedOf(row), of: judgedOf(row) + row.not_applicable + row.outside });
  return valueOf({ value: row.rate, unit: "ratio", n: judgedOf(row), numerator: row.passed });
}

export function intervalText({ rate_low, rate_high }: Pick<ControlRow, "rate_low" | "rate_high">): string {
  if (rate_low === null || rate_high === null) return "";
  const [low = "", high = ""] = [rate_low, rate_high].map((limit) => (limit * 100).toFixed(1));
  return t("range.percent", { low, high });
}

/** `Q2 2026: 98.6 %; Jun 2026: 98.2 %; since July 2024: 98.9 %`: what links promise, and the whole. */
export function adherenceOpening(latest: readonly AdherencePeriodRow[], all: AdherenceRow | undefined, firstMonth: string | undefined): string {
  if (all?.rate == null) return "";
  const whole = firstMonth === undefined ? t("adherence.whole-undated") : t("adherence.whole-history", { month: monthName(firstMonth) });
  const periods = latest
    .filter(({ period_kind: kind }) => kind === "quarter" || kind === "month")
    .flatMap(({ period_label: label, rate }) => (rate === null ? [] : [{ label, rate }]));
  return [...periods, { label: whole, rate: all.rate }]
    .map(({ label, rate }) => t("adherence.period", { label, rate: quantity(rate, "ratio") }))
    .join("; ");
}

/** What a sceptic asks first: of how many, and what is not known. */
export function adherenceSentences(all: AdherenceRow | undefined): string[] {
  if (all?.rate == null) return [t("adherence.nothing-judged")];
  const { controls, passed, failed, unknown, exempt } = all;
  return [
    t("adherence.judged", {
      controls,
      judged: count(judgedOf(all)),
      passed: count(passed),
      failed: count(failed),
      unknown: count(unknown),
    }),
    t("adherence.rate", { rate: rateText(all) }),
    ...(exempt > 0 ? [t("adherence.exempt", { exempt })] : []),
  ];
}

export function controlSentence(control: ControlRow): string {
  const judged = judgedOf(control);
  const elsewhere = count(control.not_applicable);
  if (judged === 0) return t("adherence.control-judged-nothing", { elsewhere });
  const interval = intervalText(control);
  const words = t("adherence.control-judged", {
    judged: count(judged),
    passed: count(control.passed),
    failed: count(control.failed),
    unknown: count(control.unknown),
    rate: rateText(control),
    interval: interval === "" ? "" : t("adherence.with-interval", { interval }),
    exempt: count(control.exempt),
    elsewhere,
    later: count(control.not_due),
  });
  return [words, ...restsOn(control)].join(" ");
}

/** Unknown becomes pass or fail by such a saying, so that the figure says what it rests on. */
function restsOn({ asserted_kinds: kinds, is_assertion_bare: isBare }: ControlRow): string[] {
  if (kinds.length === 0) return [];
  const words = kinds.map((kind) => kind.replaceAll("_", " ")).join(", ");
  return [t("adherence.rests-on", { kinds: words }), ...(isBare ? [t("adherence.rests-bare")] : [])];
}

/** A set of controls may speak of every service there is. */
const NAMED_SERVICES = 40;

function servicesText(services: readonly string[]): string {
  const names = services.slice(0, NAMED_SERVICES).join(", ");
  const more = services.length - NAMED_SERVICES;
  return more > 0 ? t("word.and-more", { names, more: count(more) }) : names;
}

/** `Judged: A, B. Not judged, by configuration: C.` and who decided so, as far as it was recorded. */
export function scopeSentences(row: ControlScopeRow): string[] {
  const { judged_services: judged, outside_services: outside } = row;
  return [
    judged.length === 0 ? t("control-scope.judged-none") : t("control-scope.judged", { services: servicesText(judged) }),
    t("control-scope.outside", {
      n: outside.length,
      services: servicesText(outside),
      units: count(row.units),
      share: valueOf({
        value: row.units / (row.units + row.units_inside),
        unit: "ratio",
        n: row.units + row.units_inside,
        numerator: row.units,
      }),
    }),
    decisionSentence(row),
  ];
}

interface Decision {
  readonly decided_because: string | null;
  readonly decided_by: string | null;
  readonly has_decider: boolean;
  readonly decided_since: string | null;
}

/** Why a control is set otherwise, by whom and since when: what is missing is said. */
export function decisionSentence(row: Decision): string {
  if (row.decided_because === null && !row.has_decider && row.decided_since === null)
    return t("control-decision.nothing");
  return t("control-decision.words", {
    reason: row.decided_because ?? t("word.not-recorded"),
    by: row.decided_by ?? t(row.has_decider ? "judgements.withheld" : "word.not-recorded"),
    since: row.decided_since ?? t("word.not-recorded"),
  });
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

/** In the order of how bad they are. */
const COUNTED = [
  ["fail", "counted.fail"],
  ["unknown", "counted.unknown"],
  ["exempt", "counted.exempt"],
  ["pass", "counted.pass"],
] as const;

/** What the strip shows, for those who do not see it: how many of each. */
export function stripWords({ statuses }: StripRow): string {
  const counted = Map.groupBy(statuses, (status) => status);
  return COUNTED.flatMap(([status, key]) => {
    const having = counted.get(status);
    return having === undefined ? [] : [t(key, { n: having.length })];
  }).join(", ");
}

const DEVIATIONS: Readonly<Record<DeploymentDeviationRow["relation"], MessageKey>> = {
  own: "deviation.own",
  "change request": "deviation.of-change-request",
  "earlier attempt": "deviation.of-earlier-attempt",
};

/** Which of what belongs to a deployment fails a control, or is exempt from it. */
export function deviationWords(
  { relation, name, environment, status }: DeploymentDeviationRow,
  isCopied: boolean,
): string {
  if (relation === "own" && isCopied && environment !== null)
    return t("deviation.in-environment", { environment, status });
  return t(DEVIATIONS[relation], { name: name ?? "", status });
}

const SIGNS: Readonly<Record<string, MessageKey>> = {
  "change request": "emergency.sign-change-request",
  release: "emergency.sign-release",
  label: "emergency.sign-label",
  branch: "emergency.sign-branch",
};

/** What calls a deployment an emergency, each with its name. */
export const signWords = ({ signs, names }: EmergencyWaveRow): string =>
  signs
    .map((sign, index) => {
      const key = SIGNS[sign];
      const name = names[index] ?? "";
      return key === undefined ? name : t(key, { name });
    })
    .join(", ");

export function exemptionAge({
  state,
  age_days,
  days_left,
}: {
  state: string;
  age_days: number | null;
  days_left: number | null;
}): string {
  const age = age_days === null || age_days < 0 ? "" : t("exemption.age", { days: age_days });
  const left = state === "in force" && days_left !== null ? t("exemption.left", { days: days_left }) : "";
  return [age, left].filter((text) => text !== "").join(", ");
}

export const daySpan = (from: string | null, until: string | null, clock: Clock): string =>
  t("range.plain", {
    low: from === null ? t("range.no-beginning") : clock.day(from),
    high: until === null ? t("range.no-end") : clock.day(until),
  });
