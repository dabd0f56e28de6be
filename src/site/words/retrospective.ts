import { count, decimal, duration, SHARE_FROM } from "../format.ts";
import { metricText } from "../metrics.ts";
import type {
  HabitRow,
  PainfulRow,
  Retrospective,
  RetrospectiveActionRow,
  RetrospectiveControlRow,
  RetrospectiveIncidentRow,
  RetrospectiveMetricRow,
  RetrospectiveRow,
  TestedRow,
} from "../retrospective-rows.ts";
import { t } from "../text/message.ts";
import type { Names } from "./named.ts";
import { amount, between } from "./practices.ts";
import { statusWord } from "./retrospective-actions.ts";
import { percent, stageWords } from "./retrospective-stories.ts";

/** Said on page and in PDF alike, so that nobody takes it for more. */
export const workingPaper = (): string => t("retrospective.working-paper");

/** The quarter in one paragraph; every sentence follows from a row. */
export function quarterSentences({
  about,
  metrics,
  stages,
  incidents,
  controls,
  actions,
  painful,
}: Retrospective): string[] {
  const by = new Map(metrics.map((row) => [row.metric, row]));
  return [
    shipped(about, by.get("deployment_frequency")),
    speed(by.get("change_lead_time"), stages),
    safety(about, by.get("change_fail_rate"), by.get("failed_deployment_recovery_time"), painful),
    began(incidents),
    adherence(controls),
    decided(actions.filter((row) => row.is_last)),
  ].filter((sentence) => sentence !== "");
}

const sentences = (...said: readonly string[]): string =>
  said.filter((sentence) => sentence !== "").join(" ");

function shipped(about: RetrospectiveRow, frequency: RetrospectiveMetricRow | undefined): string {
  const { title: team, period_label: period, deployments, changes, services } = about;
  if (deployments === 0) return t("retrospective.nothing-deployed", { team, period });
  const deployed = t("retrospective.deployed", {
    team,
    period,
    deployments,
    services: services.length,
    service: services[0] ?? "",
    carried: changes > 0 ? t("retrospective.with-changes", { changes }) : "",
    versus: versus(frequency),
  });
  return sentences(deployed, about.is_few ? t("retrospective.few-say-little") : "");
}

function speed(lead: RetrospectiveMetricRow | undefined, stages: Retrospective["stages"]): string {
  if (lead?.value == null) return "";
  const [longest] = stages.toSorted((a, b) => b.value_seconds - a.value_seconds);
  return t("retrospective.half-live-within", {
    time: duration(lead.value),
    versus: versus(lead),
    longest:
      longest?.share == null
        ? ""
        : t("retrospective.longest-part", {
            stage: stageWords(longest.stage),
            share: percent(longest.share),
          }),
  });
}

function safety(
  about: RetrospectiveRow,
  rate: RetrospectiveMetricRow | undefined,
  recovery: RetrospectiveMetricRow | undefined,
  painful: readonly PainfulRow[],
): string {
  const { known, failures, pending } = about;
  const waiting = pending > 0 ? t("retrospective.still-observed", { pending }) : "";
  if (known === 0)
    return rate?.reason ? t("retrospective.failures-unknown", { reason: rate.reason }) : waiting;
  if (failures === 0 && known > 1) return sentences(t("retrospective.none-failed", { known }), waiting);
  const open = painful.filter((row) => row.is_open).length;
  const stillOpen = open > 0 ? t("retrospective.not-restored-yet", { failures: open }) : "";
  const failed =
    known === 1 ? t("retrospective.one-known", { failures }) : failedSentence(about, rate, recovery);
  return sentences(failed, stillOpen, waiting);
}

function failedSentence(
  { known, failures }: RetrospectiveRow,
  rate: RetrospectiveMetricRow | undefined,
  recovery: RetrospectiveMetricRow | undefined,
): string {
  return t("retrospective.failed", {
    failed: count(failures),
    known,
    share:
      known < SHARE_FROM ? "" : t("opening.share", { rate: percent(failures / known), versus: versus(rate) }),
    restored:
      recovery?.value == null
        ? ""
        : t("retrospective.took-to-restore", { time: duration(recovery.value), versus: versus(recovery) }),
  });
}

function began(incidents: readonly RetrospectiveIncidentRow[]): string {
  const [first] = incidents;
  if (first === undefined) return "";
  return t("retrospective.incidents", { incidents: first.total, caused: first.own_caused });
}

function adherence(controls: Retrospective["controls"]): string {
  const whole = controls.find(({ control }) => control === null);
  const [worst] = controls.filter(({ control, failed }) => control !== null && failed > 0);
  if (whole?.rate == null) return "";
  const checks = whole.passed + whole.failed + whole.unknown;
  if (worst === undefined) return t("retrospective.no-check-failed", { checks });
  return t("retrospective.checks-failed", {
    failed: count(whole.failed),
    checks,
    control: worst.title ?? worst.control ?? "",
    times: t("word.times", { n: worst.failed }),
  });
}

function decided(actions: readonly RetrospectiveActionRow[]): string {
  const moved = actions.filter(({ verdict }) => verdict === "as meant").length;
  const [only] = actions;
  if (only === undefined) return "";
  if (actions.length === 1) return t("retrospective.one-action", { status: statusWord(only), moved });
  const done = actions.filter(({ status }) => status === "done").length;
  return t("retrospective.actions", { actions: actions.length, done, moved });
}

/** `, 41 % less often than in Q1 2026`, only where the difference is clear. */
function versus(row: RetrospectiveMetricRow | undefined): string {
  if (
    row?.change == null ||
    row.previous_label === null ||
    (row.verdict !== "better" && row.verdict !== "worse")
  )
    return "";
  const { up, down } = metricText(row.metric);
  return t("metric.versus", {
    change: changeText(row).replace(/^[+\u2212]/, ""),
    direction: row.change > 0 ? up : down,
    previous: row.previous_label,
  });
}

export function changeText({ change, unit }: RetrospectiveMetricRow): string {
  if (change === null) return "";
  const digits = unit === "ratio" ? decimal(Math.abs(change * 100)) : count(Math.abs(change * 100));
  const sign = digits === "0" ? "±" : change > 0 ? "+" : "\u2212";
  return unit === "ratio" ? t("word.points", { points: sign + digits }) : `${sign}${digits}\u202f%`;
}

const VERDICTS: Names<RetrospectiveMetricRow["verdict"]> = {
  better: "retrospective.better",
  worse: "retrospective.worse",
  unclear: "retrospective.unclear",
  "too few": "retrospective.too-few",
  none: "retrospective.not-compared",
};

/** Better, worse, or why neither is said. */
export const verdictText = ({ verdict }: RetrospectiveMetricRow): string => t(VERDICTS[verdict]);

interface Amount {
  readonly value: number | null;
  readonly n: number | null;
  readonly hits: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** The three quarters that a metric is told of. */
export function amountsOf(row: RetrospectiveMetricRow): { now: Amount; before: Amount; year: Amount } {
  return {
    now: { value: row.value, n: row.n, hits: row.numerator, low: row.interval_low, high: row.interval_high },
    before: {
      value: row.previous_value,
      n: row.previous_n,
      hits: row.previous_numerator,
      low: row.previous_low,
      high: row.previous_high,
    },
    year: {
      value: row.year_value,
      n: row.year_n,
      hits: row.year_numerator,
      low: row.year_low,
      high: row.year_high,
    },
  };
}

/** The value, and below it how sure it is. */
export function amountText(
  unit: string,
  { value, n, hits, low, high }: Amount,
): { value: string; sure: string[] } {
  if (value === null) return { value: t("word.no-data"), sure: [] };
  const interval = between(unit, low, high);
  return {
    value: amount({ value, unit, n, hits }),
    sure: [t("word.n", { n: count(n ?? 0) }), ...(interval === "" ? [] : [interval])],
  };
}

export const rangeText = ({ unit, lowest, highest, quarters }: RetrospectiveMetricRow): string =>
  lowest === null || highest === null
    ? t("word.no-data")
    : quarters < 2
      ? amount({ value: lowest, unit, n: null })
      : between(unit, lowest, highest);

/** Where patterns of a team come from, and what was looked at in vain. */
export function testedText(tested: TestedRow | undefined): string {
  if (tested === undefined || tested.patterns === 0) return t("habits.nothing-tested");
  return [
    t("habits.looked-at", { habits: tested.patterns, services: tested.services_looked_at }),
    t("habits.found", {
      n: tested.found,
      found: count(tested.found),
      lacking: count(tested.not_enough),
      rest: count(tested.not_found),
    }),
  ].join(" ");
}

/** A pattern, and what became of those deployments of the quarter that had it. */
export function habitText(row: HabitRow, label: string): string {
  if (row.carried === 0) return `${row.sentence} ${t("habits.none-had-it", { period: label })}`;
  const others =
    row.others === 0
      ? ""
      : t("habits.of-the-others", { failed: count(row.others_failed), others: count(row.others) });
  const had = { period: label, failed: count(row.carried_failed), carried: count(row.carried), others };
  return `${row.sentence} ${t("habits.had-it", had)}`;
}

/** Adherence with all its counts; empty where nothing was judged. */
export function keptText(rows: readonly RetrospectiveControlRow[]): string {
  const whole = rows.find(({ control }) => control === null);
  if (whole === undefined) return "";
  const { rate, previous_rate: before } = whole;
  return t("retrospective.kept", {
    passed: count(whole.passed),
    failed: count(whole.failed),
    unknown: count(whole.unknown),
    exempt: count(whole.exempt),
    rate: rate === null ? "" : t("retrospective.adherence", { rate: percent(rate) }),
    before: before === null ? "" : t("retrospective.adherence-before", { rate: percent(before) }),
  });
}
