import { count, decimal, duration, plural, SHARE_FROM } from "../format.ts";
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
import { amount, between } from "./practices.ts";
import { percent, stageWords } from "./retrospective-stories.ts";

/** Said on page and in PDF alike, so that nobody takes it for more. */
export const WORKING_PAPER =
  "A working paper for the team: it names no person, ranks nobody and is no evidence. What goes together need not be cause and effect.";

/** The quarter in one paragraph; every sentence follows from a row. */
export function quarterSentences({ about, metrics, stages, incidents, controls, actions, painful }: Retrospective): string[] {
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

function shipped(about: RetrospectiveRow, frequency: RetrospectiveMetricRow | undefined): string {
  const { title, period_label: label, deployments, changes, services } = about;
  if (deployments === 0) return `${title} deployed nothing to production in ${label}.`;
  const carried = changes > 0 ? ` with ${plural(changes, "change", "changes")}` : "";
  const few = about.is_few ? " So few say little: what follows counts them and compares nothing that chance could explain." : "";
  return `In ${label}, ${title} deployed ${services.length === 1 ? (services[0] ?? "one service") : `its ${count(services.length)} services`} ${times(deployments)} to production${carried}${versus(frequency)}.${few}`;
}

const times = (value: number) => (value === 1 ? "once" : `${count(value)} times`);

function speed(lead: RetrospectiveMetricRow | undefined, stages: Retrospective["stages"]): string {
  if (lead?.value == null) return "";
  const [longest] = stages.toSorted((a, b) => b.value_seconds - a.value_seconds);
  const where =
    longest?.share == null ? "" : `; the longest part of that is ${stageWords(longest.stage)}, ${percent(longest.share)}`;
  return `Half of its changes were live within ${duration(lead.value)}${versus(lead)}${where}.`;
}

function safety(
  { known, failures, pending }: RetrospectiveRow,
  rate: RetrospectiveMetricRow | undefined,
  recovery: RetrospectiveMetricRow | undefined,
  painful: readonly PainfulRow[],
): string {
  const waiting = pending > 0 ? ` ${plural(pending, "more is", "more are")} still within the observation window.` : "";
  if (known === 0) return rate?.reason ? `Whether deployments failed is not known: ${rate.reason}.` : waiting.trim();
  const open = painful.filter((row) => row.is_open).length;
  const stillOpen = open > 0 ? ` ${plural(open, "failure is", "failures are")} not restored yet.` : "";
  if (known === 1) return `The one deployment with known outcome ${failures === 0 ? "did not fail" : "failed"}.${stillOpen}${waiting}`;
  if (failures === 0) return `None of ${plural(known, "deployment", "deployments")} with known outcome failed.${waiting}`;
  const restored = recovery?.value == null ? "" : `, and it took ${duration(recovery.value)} to restore service${versus(recovery)}`;
  const share = known < SHARE_FROM ? "" : ` (${percent(failures / known)}${versus(rate)})`;
  return `${count(failures)} of ${plural(known, "deployment", "deployments")} with known outcome failed${share}${restored}.${stillOpen}${waiting}`;
}

function began(incidents: readonly RetrospectiveIncidentRow[]): string {
  const [first] = incidents;
  if (first === undefined) return "";
  const { total, own_caused: caused } = first;
  const from = caused === 0 ? "none is known to come" : `${count(caused)} ${caused === 1 ? "comes" : "come"}`;
  return `${plural(total, "incident touches", "incidents touch")} its services; ${from} from its own deployments.`;
}

function adherence(controls: Retrospective["controls"]): string {
  const whole = controls.find(({ control }) => control === null);
  const [worst] = controls.filter(({ control, failed }) => control !== null && failed > 0);
  if (whole?.rate == null) return "";
  const judged = whole.passed + whole.failed + whole.unknown;
  if (worst === undefined) return `None of ${plural(judged, "check", "checks")} of the process failed.`;
  return `${count(whole.failed)} of ${plural(judged, "check", "checks")} of the process failed, most often “${worst.title ?? worst.control ?? ""}” (${times(worst.failed)}).`;
}

function decided(actions: readonly RetrospectiveActionRow[]): string {
  if (actions.length === 0) return "";
  const moved = actions.filter(({ verdict }) => verdict === "as meant").length;
  const [only] = actions;
  if (actions.length === 1 && only !== undefined)
    return `The one action of the last retrospective is ${only.status} and has ${moved === 1 ? "" : "not "}moved its metric as meant.`;
  const done = actions.filter(({ status }) => status === "done").length;
  return `Of ${plural(actions.length, "action", "actions")} of the last retrospective ${count(done)} ${done === 1 ? "is" : "are"} done, and ${moved === 0 ? "none" : count(moved)} moved its metric as meant.`;
}

/** `, 41 % less often than in Q1 2026`, only where the difference is clear. */
function versus(row: RetrospectiveMetricRow | undefined): string {
  if (row?.change == null || row.previous_label === null || (row.verdict !== "better" && row.verdict !== "worse")) return "";
  const { up, down } = metricText(row.metric);
  return `, ${changeText(row).replace(/^[+\u2212]/, "")} ${row.change > 0 ? up : down} than in ${row.previous_label}`;
}

export function changeText({ change, unit }: RetrospectiveMetricRow): string {
  if (change === null) return "";
  const digits = unit === "ratio" ? decimal(Math.abs(change * 100)) : count(Math.abs(change * 100));
  const sign = digits === "0" ? "±" : change > 0 ? "+" : "\u2212";
  return sign + digits + (unit === "ratio" ? " points" : "\u202f%");
}

/** Better, worse, or why neither is said. */
export const verdictText = ({ verdict }: RetrospectiveMetricRow): string =>
  ({
    better: "better",
    worse: "worse",
    unclear: "not clear",
    "too few": "too few to tell",
    none: "nothing to compare",
  })[verdict];

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
    before: { value: row.previous_value, n: row.previous_n, hits: row.previous_numerator, low: row.previous_low, high: row.previous_high },
    year: { value: row.year_value, n: row.year_n, hits: row.year_numerator, low: row.year_low, high: row.year_high },
  };
}

/** The value, and below it how sure it is. */
export function amountText(unit: string, { value, n, hits, low, high }: Amount): { value: string; sure: string[] } {
  if (value === null) return { value: "no data", sure: [] };
  const interval = between(unit, low, high);
  return {
    value: amount({ value, unit, n, hits }),
    sure: [`n = ${count(n ?? 0)}`, ...(interval === "" ? [] : [interval])],
  };
}

export const rangeText = ({ unit, lowest, highest, quarters }: RetrospectiveMetricRow): string =>
  lowest === null || highest === null
    ? "no data"
    : quarters < 2
      ? amount({ value: lowest, unit, n: null })
      : between(unit, lowest, highest);

/** Where patterns of a team come from, and what was looked at in vain. */
export function testedText(tested: TestedRow | undefined): string {
  if (tested === undefined || tested.patterns === 0)
    return "Nothing could be tested: no deployment of these services has a known outcome.";
  const tests = `${plural(tested.patterns, "habit was", "habits were")} looked at in ${plural(tested.services_looked_at, "service", "services")}`;
  const rest = `${count(tested.not_enough)} lack evidence, ${count(tested.not_found)} were tested and not found`;
  return `${tests}, over their whole history, since a quarter of one team is too short for a test of its own. ${tested.found === 0 ? "Not enough evidence for any" : `${count(tested.found)} found`}; ${rest}.`;
}

/** A pattern, and what became of those deployments of the quarter that had it. */
export function habitText(row: HabitRow, label: string): string {
  if (row.carried === 0) return `${row.sentence} None of the team's deployments of ${label} with known outcome had it.`;
  const others = row.others === 0 ? "" : `, of the others ${count(row.others_failed)} of ${count(row.others)}`;
  return `${row.sentence} Of the team's deployments of ${label} that had it ${count(row.carried_failed)} of ${count(row.carried)} failed${others}.`;
}

/** Adherence with all its counts; empty where nothing was judged. */
export function keptText(rows: readonly RetrospectiveControlRow[]): string {
  const whole = rows.find(({ control }) => control === null);
  if (whole === undefined) return "";
  const rate = whole.rate === null ? "" : `: adherence ${percent(whole.rate)}`;
  const before = whole.previous_rate === null ? "" : `, after ${percent(whole.previous_rate)} in the quarter before`;
  return `${count(whole.passed)} passed, ${count(whole.failed)} failed, ${count(whole.unknown)} could not be judged, ${count(whole.exempt)} were exempt${rate}${before}.`;
}
