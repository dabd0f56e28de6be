import { count, decimal, duration, plural, quantity, SHARE_FROM } from "../format.ts";
import { metricText } from "../metrics.ts";
import type {
  HabitRow,
  PainfulRow,
  PainRow,
  Retrospective,
  RetrospectiveActionRow,
  RetrospectiveControlRow,
  RetrospectiveIncidentRow,
  RetrospectiveMetricRow,
  RetrospectiveRow,
  SlowChangeRow,
  TestedRow,
  WhatIfRow,
} from "../retrospective-rows.ts";
import type { MetricKey } from "../rows.ts";
import { amount, between } from "./practices.ts";

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
  const most = worst === undefined ? "" : `, most of them of “${worst.title ?? worst.control ?? ""}” (${count(worst.failed)})`;
  return `Of ${plural(judged, "check", "checks")} of the process ${count(whole.failed)} failed${most}.`;
}

function decided(actions: readonly RetrospectiveActionRow[]): string {
  if (actions.length === 0) return "";
  const moved = actions.filter(({ verdict }) => verdict === "as meant").length;
  const done = actions.filter(({ status }) => status === "done").length;
  return `Of ${plural(actions.length, "action", "actions")} of the last retrospective ${count(done)} ${done === 1 ? "is" : "are"} done, and ${moved === 0 ? "none" : count(moved)} moved its metric as meant.`;
}

/** `, 41 % less often than in Q1 2026`, only where the intervals lie apart. */
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
    unclear: "within noise",
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
    : `${quarters < 2 ? amount({ value: lowest, unit, n: null }) : between(unit, lowest, highest)}`;

const STAGES: Readonly<Record<string, string>> = {
  coding: "coding",
  pickup: "the wait for a first review",
  review: "review",
  "no review": "the time open without any review",
  "merge to live": "the time from merge to live",
};
export const stageWords = (stage: string): string => STAGES[stage] ?? stage;

export const percent = (share: number): string => quantity(share, "ratio");

/** What became of one slow change, stage by stage. */
export function slowStory(row: SlowChangeRow): string {
  const review = row.has_review
    ? [`waited ${duration(row.pickup_seconds)} for a first review`, `was in review for ${duration(row.review_seconds)}`]
    : row.no_review_seconds > 0
      ? [`was open for ${duration(row.no_review_seconds)} without a review`]
      : [];
  const coding = row.basis === "merge" || row.coding_seconds === 0 ? [] : [`was worked on for ${duration(row.coding_seconds)}`];
  const steps = [...coding, ...review, `waited ${duration(row.merge_to_live_seconds)} from its merge to production`];
  const compared = row.times_median === null || row.times_median < 1.05 ? "" : `, ${decimal(row.times_median)} times the team's median`;
  const size = row.lines === null ? "" : ` It changed ${plural(row.lines, "line", "lines")}.`;
  const failed = row.is_failure ? " The deployment failed." : "";
  return `Took ${duration(row.lead_seconds)}${compared}: ${listed(steps)}.${size}${failed}`;
}

export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;

/** What went wrong with one deployment, and how it ended. */
export function painfulStory(row: PainfulRow): string {
  const why = row.failure_words.length === 0 ? "It failed." : `Failed: ${row.failure_words.join("; ")}.`;
  return `${why} ${restoredText(row)} ${carriedText(row)}`.trim();
}

function restoredText(row: PainfulRow): string {
  if (row.is_open) return `Not restored yet, after ${duration(row.open_seconds ?? 0)}.`;
  if (row.is_during_rollout) return "Restored during the rollout.";
  return row.recovery_seconds === null ? "" : `Restored after ${duration(row.recovery_seconds)}.`;
}

function carriedText({ change_count: all, changes, named }: PainfulRow): string {
  if (all === 0) return "What it carried is not known.";
  const more = all > changes.length ? ` and ${count(all - changes.length)} more` : "";
  const first = named > 0 ? "What a later revert or fix names stands first: " : "";
  return `It carried ${plural(all, "change", "changes")}. ${first}${changes.join("; ")}${more}.`;
}

export function incidentEnd(row: RetrospectiveIncidentRow): string {
  if (row.is_open) return `open for ${duration(row.open_seconds ?? 0)}`;
  return row.restored_seconds === null ? "not recorded" : duration(row.restored_seconds);
}

/** Where an incident came from, as far as it is known; the deployment's name goes in between. */
export function causeText(row: RetrospectiveIncidentRow): { before: string; after: string } {
  if (row.cause_wave_id === null) {
    const none = row.candidates === 0 ? "No deployment is known that it came from." : `${plural(row.candidates, "deployment", "deployments")} may be the cause, none with enough confidence.`;
    return { before: none, after: "" };
  }
  const whose = row.is_own_cause ? "" : ", which is not this team's";
  return {
    before: `${row.cause_service_title ?? ""} `,
    after: ` with ${plural(row.cause_changes, "change", "changes")}${whose}`,
  };
}

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

const METRIC_TITLE = new Map<string, string>(
  (["deployment_frequency", "change_lead_time", "change_fail_rate", "failed_deployment_recovery_time", "deployment_rework_rate"] as const).map(
    (key: MetricKey) => [key, metricText(key).title],
  ),
);
export const metricTitle = (metric: string): string =>
  METRIC_TITLE.get(metric) ?? metric.charAt(0).toUpperCase() + metric.slice(1).replaceAll("_", " ");

const VERDICTS: Readonly<Record<RetrospectiveActionRow["verdict"], string>> = {
  "as meant": "Moved as meant",
  "other way": "Moved the other way",
  moved: "Moved",
  unclear: "Not moved: the difference is within noise",
  "too few": "Too few facts to tell",
  "no data": "No data for one of the two quarters",
  "no metric": "Names no metric that it should move",
  "unknown metric": "Names a metric that nothing measures",
};

/** Whether the metric of an action moved, and the two values. */
export function movedText(row: RetrospectiveActionRow): string {
  const said = VERDICTS[row.verdict];
  if (row.unit === null || row.before_value === null || row.now_value === null) return `${said}.`;
  const of = (value: number | null, n: number | null, hits: number | null) => amount({ value, unit: row.unit, n, hits });
  const target =
    row.target === null || row.is_target_met === null
      ? ""
      : ` The target of ${amount({ value: row.target, unit: row.unit, n: null })} is ${row.is_target_met ? "met" : "not met"}.`;
  return `${said}: ${of(row.before_value, row.before_n, row.before_hits)} in ${row.before_label ?? ""}, ${of(row.now_value, row.now_n, row.now_hits)} in ${row.now_label ?? ""}.${target}`;
}

export const statusText = ({ status, is_overdue: late, due_on: due }: RetrospectiveActionRow): string =>
  `${status}${late ? ", past its day" : ""}${due === null || status !== "open" ? "" : `, due ${due}`}`;

/** A pain point, what was measured of it, and the question that follows. */
export interface Pain {
  readonly title: string;
  readonly measured: string;
  readonly question: string;
}

export function painOf(row: PainRow): Pain {
  const value = row.value ?? 0;
  const amountOf = (number: number | null) => amount({ value: number, unit: row.unit, n: null });
  const before = row.before === null || row.previous_label === null ? "" : `, after ${amountOf(row.before)} in ${row.previous_label}`;
  switch (row.kind) {
    case "open failures":
      return {
        title: `Service is not restored after ${plural(value, "failure", "failures")}`,
        measured: `${count(value)} of ${count(row.total ?? value)} failures are open`,
        question: "What is missing to close them, and who can give it?",
      };
    case "metric":
      return {
        title: `${metricTitle(row.subject)} got worse`,
        measured: `${amountOf(value)}${before}; the intervals lie apart`,
        question: `What changed between the two quarters that could explain ${metricTitle(row.subject).toLowerCase()}? What would have shown it earlier?`,
      };
    case "failures":
      return {
        title: `Most failures come from ${row.subject}`,
        measured: `${count(value)} of its ${plural(row.total ?? 0, "deployment", "deployments")} failed`,
        question: `Read the failed deployments of ${row.subject} one by one: what do they have in common that the others do not?`,
      };
    case "stage":
      return {
        title: `Most lead time goes into ${stageWords(row.subject)}`,
        measured: `${amountOf(value)}${row.total === null ? "" : `, ${percent(row.total)} of the median`}${before}`,
        question: STAGE_QUESTIONS[row.subject] ?? "What would halve it?",
      };
    case "control":
      return {
        title: `${row.reference}: ${row.subject}`,
        measured: `${count(value)} of ${plural(row.total ?? 0, "check", "checks")} failed${row.before === null || row.previous_label === null ? "" : `, after ${count(row.before)} in ${row.previous_label}`}`,
        question: `Is “${row.subject}” in the way, forgotten, or not known? Change the practice, or change the rule.`,
      };
    case "pattern":
      return {
        title: `A habit that goes with failures: ${row.subject.toLowerCase()}`,
        measured: `${count(value)} of ${plural(row.total ?? 0, "deployment", "deployments")} that had it failed`,
        question: "Does the team see why it might go with failures? What could be tried for one quarter?",
      };
    case "measure":
      return {
        title: `${row.subject} got worse`,
        measured: `${amountOf(value)}${before}; the intervals lie apart`,
        question: `Did you notice that “${row.subject.toLowerCase()}” got worse? What made it so?`,
      };
    case "support":
      return {
        title: `Support tickets of ${row.subject}`,
        measured: `${plural(value, "ticket", "tickets")} opened`,
        question: `What do users of ${row.subject} ask for again and again, and which of it can be planned?`,
      };
    case "action":
      return {
        title: `Overdue: ${row.subject}`,
        measured: "open past its day",
        question: `Is “${row.subject}” still worth doing? Do it, give it to somebody else, or drop it.`,
      };
  }
}

const STAGE_QUESTIONS: Readonly<Record<string, string>> = {
  coding: "Which changes were large from the start, and how could they have been cut into parts that go live alone?",
  pickup: "What do reviewers do while changes wait for them? Would smaller changes be picked up sooner?",
  review: "What goes back and forth in reviews that could be agreed on beforehand?",
  "no review": "Changes lie open without a review: what are they waiting for?",
  "merge to live": "Finished work waits for production: what does it wait for (a train, a window, an approval, a person)?",
};

/** Questions that follow from the data; none without a row behind it. */
export function prompts({ pains, actions, tested }: Retrospective): string[] {
  const stuck = actions.filter(({ verdict, status }) => status === "done" && (verdict === "unclear" || verdict === "other way"));
  const worked = actions.filter(({ verdict }) => verdict === "as meant");
  const blind = actions.filter(({ verdict }) => verdict === "no metric" || verdict === "unknown metric");
  return [
    ...worked.map(({ title }) => `“${title}” went with the move that was meant. What made it work, and can another service do the same?`),
    ...stuck.map(({ title, metric }) => `“${title}” is done, and ${metricTitle(metric ?? "").toLowerCase()} has not moved as meant. Was it the wrong action, the wrong metric, or too early to tell?`),
    ...blind.map(({ title }) => `How would the team see that “${title}” works? Give it a metric.`),
    ...pains.map((row) => painOf(row).question),
    ...(tested !== undefined && tested.patterns > 0 && tested.found === 0
      ? ["No habit is proven to go with failures. Which one does the team suspect, and what would show it?"]
      : []),
  ];
}

const RISKS = ["", "low", "medium", "high"];

/** A setting with one of its values. */
export function settingText({ setting, value }: WhatIfRow): string {
  switch (setting) {
    case "changes":
      return `at most ${plural(value, "change", "changes")} in one deployment`;
    case "changed_lines":
      return `at most ${count(value)} lines in one deployment`;
    case "coverage":
      return `test coverage of at least ${decimal(value)} %`;
    case "reviewers":
      return `at least ${plural(value, "reviewer", "reviewers")} of every change`;
    case "risk":
      return `second approval from ${RISKS[value] ?? decimal(value)} risk on`;
    case "soak":
      return `at least ${decimal(value)} h in staging`;
    case "window":
      return `observed for ${plural(value, "day", "days")}`;
  }
}

/** The value alone, below the title of its setting. */
export function valueText({ setting, value, unit }: WhatIfRow): string {
  if (setting === "risk") return RISKS[value] ?? decimal(value);
  return `${decimal(value)} ${value === 1 && setting === "changes" ? "change" : { d: value === 1 ? "day" : "days" }[unit] ?? unit}`;
}

/** How to read the table, by its first row that catches something. */
export function whatIfExample(rows: readonly WhatIfRow[]): string {
  const shown = rows.filter(({ caught, delayed, setting }) => caught > 0 && delayed > 0 && setting !== "window");
  const row = shown.find(({ missed }) => missed > 0) ?? shown[0];
  if (row === undefined) return "";
  return `Read: with ${settingText(row)}, ${count(row.caught)} of ${plural(row.failed, "failed deployment", "failed deployments")} would have been held and looked at again, and with them ${count(row.delayed)} that did not fail; ${count(row.missed)} would have gone out all the same.`;
}

/** Settings of which no deployment has the number: what would bring it. */
export function silentSettings(rows: readonly WhatIfRow[]): string[] {
  const judged = Map.groupBy(rows, ({ setting }) => setting);
  return [...judged].flatMap(([setting, tried]) => (tried.every((row) => row.judged === 0) ? [NEEDS[setting]] : []));
}

const NEEDS: Readonly<Record<WhatIfRow["setting"], string>> = {
  changes: "changes in a deployment: connect a source of changes or commits",
  changed_lines: "lines changed: connect a source of changes that counts lines",
  coverage: "test coverage: connect test or coverage reports of what is deployed",
  reviewers: "reviewers: connect a source of reviews",
  risk: "risk: connect change requests that say their risk",
  soak: "time in staging: connect deployments to staging with their commit",
  window: "when failures showed: connect incidents",
};

/** Where rows of a what-if table have a number, in the order of the settings. */
export const toldSettings = (rows: readonly WhatIfRow[]): WhatIfRow[][] =>
  [...Map.groupBy(rows, ({ setting }) => setting).values()].filter((tried) => tried.some(({ judged }) => judged > 0));
