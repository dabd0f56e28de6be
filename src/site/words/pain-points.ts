import { count, plural } from "../format.ts";
import type { PainRow, Retrospective } from "../retrospective-rows.ts";
import { amount } from "./practices.ts";
import { metricTitle } from "./retrospective-actions.ts";
import { percent, stageWords } from "./retrospective-stories.ts";

/** A pain point, what was measured of it, and the question that follows. */
export interface Pain {
  readonly title: string;
  readonly measured: string;
  readonly question: string;
}

export const painOf = (row: PainRow): Pain => PAINS[row.kind](row);

const amountOf = ({ unit }: PainRow, value: number | null) => amount({ value, unit, n: null });

/** `, after 3.2 d in Q1 2026`. */
const after = (row: PainRow): string =>
  row.before === null || row.previous_label === null ? "" : `, after ${row.unit === "count" ? count(row.before) : amountOf(row, row.before)} in ${row.previous_label}`;

const PAINS: Readonly<Record<PainRow["kind"], (row: PainRow) => Pain>> = {
  "open failures": ({ value, total }) => ({
    title: `Service is not restored after ${plural(value ?? 0, "failure", "failures")}`,
    measured: `${count(value ?? 0)} of ${count(total ?? 0)} failures are open`,
    question: "What is missing to close them, and who can give it?",
  }),
  metric: (row) => ({
    title: `${metricTitle(row.subject)} got worse`,
    measured: `${amountOf(row, row.value)}${after(row)}; the difference is clear`,
    question: `What changed between the two quarters that could explain ${metricTitle(row.subject).toLowerCase()}? What would have shown it earlier?`,
  }),
  failures: ({ subject, value, total }) => ({
    title: `Most failures come from ${subject}`,
    measured: `${count(value ?? 0)} of its ${plural(total ?? 0, "deployment", "deployments")} failed`,
    question: `Read the failed deployments of ${subject} one by one: what do they have in common that the others do not?`,
  }),
  stage: (row) => ({
    title: `Most lead time goes into ${stageWords(row.subject)}`,
    measured: `${amountOf(row, row.value)}${row.total === null ? "" : `, ${percent(row.total)} of the median`}${after(row)}`,
    question: STAGE_QUESTIONS[row.subject] ?? "What would halve it?",
  }),
  control: (row) => ({
    title: `${row.reference}: ${row.subject}`,
    measured: `${count(row.value ?? 0)} of ${plural(row.total ?? 0, "check", "checks")} failed${after(row)}`,
    question: `Is “${row.subject}” in the way, forgotten, or not known? Change the practice, or change the rule.`,
  }),
  pattern: ({ subject, value, total }) => ({
    title: `A habit that goes with failures: ${subject.toLowerCase()}`,
    measured: `${count(value ?? 0)} of ${plural(total ?? 0, "deployment", "deployments")} that had it failed`,
    question: `Does the team see why “${subject.toLowerCase()}” might go with failures? What could be tried for one quarter?`,
  }),
  measure: (row) => ({
    title: `${row.subject} got worse`,
    measured: `${amountOf(row, row.value)}${after(row)}; the difference is clear`,
    question: `Did you notice that “${row.subject.toLowerCase()}” got worse? What made it so?`,
  }),
  support: ({ subject, value }) => ({
    title: `Support tickets of ${subject}`,
    measured: `${plural(value ?? 0, "ticket", "tickets")} opened`,
    question: `What do users of ${subject} ask for again and again, and which of it can be planned?`,
  }),
  action: ({ subject }) => ({
    title: `Overdue: ${subject}`,
    measured: "open past its day",
    question: `Is “${subject}” still worth doing? Do it, give it to somebody else, or drop it.`,
  }),
};

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
