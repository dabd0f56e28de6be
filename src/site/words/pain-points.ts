import { count } from "../format.ts";
import type { PainRow, Retrospective } from "../retrospective-rows.ts";
import { t } from "../text/message.ts";
import { inSentence, type Names } from "./named.ts";
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
function after(row: PainRow): string {
  if (row.before === null || row.previous_label === null) return "";
  const value = row.unit === "count" ? count(row.before) : amountOf(row, row.before);
  return t("pain.after", { value, period: row.previous_label });
}

const moved = (row: PainRow): string =>
  t("pain.difference-clear", { value: amountOf(row, row.value), after: after(row) });

const PAINS: Readonly<Record<PainRow["kind"], (row: PainRow) => Pain>> = {
  "open failures": ({ value, total }) => ({
    title: t("pain-open-failures.title", { failures: value ?? 0 }),
    measured: t("pain-open-failures.measured", { open: count(value ?? 0), failures: count(total ?? 0) }),
    question: t("pain-open-failures.question"),
  }),
  metric: (row) => ({
    title: t("pain.got-worse", { what: metricTitle(row.subject) }),
    measured: moved(row),
    question: t("pain-metric.question", { metric: inSentence(metricTitle(row.subject)) }),
  }),
  failures: ({ subject, value, total }) => ({
    title: t("pain-failures.title", { service: subject }),
    measured: t("pain-failures.measured", { failed: count(value ?? 0), deployments: total ?? 0 }),
    question: t("pain-failures.question", { service: subject }),
  }),
  stage: (row) => ({
    title: t("pain-stage.title", { stage: stageWords(row.subject) }),
    measured: t("pain-stage.measured", {
      value: amountOf(row, row.value),
      share: row.total === null ? "" : t("pain-stage.share", { share: percent(row.total) }),
      after: after(row),
    }),
    question: t(STAGE_QUESTIONS[row.subject] ?? "pain-stage.question"),
  }),
  control: (row) => ({
    title: `${row.reference}: ${row.subject}`,
    measured: t("pain-control.measured", {
      failed: count(row.value ?? 0),
      checks: row.total ?? 0,
      after: after(row),
    }),
    question: t("pain-control.question", { control: row.subject }),
  }),
  pattern: ({ subject, value, total }) => ({
    title: t("pain-pattern.title", { habit: inSentence(subject) }),
    measured: t("pain-pattern.measured", { failed: count(value ?? 0), deployments: total ?? 0 }),
    question: t("pain-pattern.question", { habit: inSentence(subject) }),
  }),
  measure: (row) => ({
    title: t("pain.got-worse", { what: row.subject }),
    measured: moved(row),
    question: t("pain-measure.question", { measure: inSentence(row.subject) }),
  }),
  support: ({ subject, value }) => ({
    title: t("pain-support.title", { service: subject }),
    measured: t("pain-support.measured", { tickets: value ?? 0 }),
    question: t("pain-support.question", { service: subject }),
  }),
  action: ({ subject }) => ({
    title: t("pain-action.title", { action: subject }),
    measured: t("pain-action.measured"),
    question: t("pain-action.question", { action: subject }),
  }),
};

const STAGE_QUESTIONS: Names = {
  coding: "pain-stage.coding-question",
  pickup: "pain-stage.pickup-question",
  review: "pain-stage.review-question",
  "no review": "pain-stage.no-review-question",
  "merge to live": "pain-stage.merge-to-live-question",
};

/** Questions that follow from the data; none without a row behind it. */
export function prompts({ pains, actions, tested }: Retrospective): string[] {
  const stuck = actions.filter(
    ({ verdict, status }) => status === "done" && (verdict === "unclear" || verdict === "other way"),
  );
  const worked = actions.filter(({ verdict }) => verdict === "as meant");
  const blind = actions.filter(({ verdict }) => verdict === "no metric" || verdict === "unknown metric");
  return [
    ...worked.map(({ title }) => t("prompt.worked", { action: title })),
    ...stuck.map(({ title, metric }) =>
      t("prompt.stuck", { action: title, metric: inSentence(metricTitle(metric ?? "")) }),
    ),
    ...blind.map(({ title }) => t("prompt.no-metric", { action: title })),
    ...pains.map((row) => painOf(row).question),
    ...(tested !== undefined && tested.patterns > 0 && tested.found === 0 ? [t("prompt.no-habit")] : []),
  ];
}
