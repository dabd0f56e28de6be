import { site } from "../data.ts";
import { type Clock, count, figureText } from "../format.ts";
import { METRICS } from "../metrics.ts";
import type { PublicationRow, RestatementRow, StepRow } from "../rows.ts";
import { t } from "../text/message.ts";
import { named, type Names } from "./named.ts";

/** Figures that stand beside a metric and have no section of their own. */
const COMPANIONS: Names = {
  median_time_between_deployments: "companion.median-gap",
  deployment_days_per_week: "companion.deployment-days",
};

export function metricTitle(metric: string): string {
  return METRICS.find(({ key }) => key === metric)?.title ?? named(COMPANIONS, metric);
}

type Moved = Pick<
  RestatementRow,
  "unit" | "old_value" | "old_n" | "old_status" | "new_value" | "new_n" | "new_status"
>;

const STATUSES: Names = { "no data": "word.no-data" };

const said = (value: number | null, unit: string, n: number, status: string) =>
  value === null
    ? named(STATUSES, status)
    : t("restatement.figure", { value: figureText(value, unit), n: count(n) });

export const oldText = (row: Moved): string => said(row.old_value, row.unit, row.old_n, row.old_status);
export const newText = (row: Moved): string => said(row.new_value, row.unit, row.new_n, row.new_status);

/** Whether the site still has a page of the figure's scope. */
export function isShown({ scope_kind, scope }: RestatementRow): boolean {
  const { context, services, teams } = site();
  if (scope_kind === "organisation") return scope === context.organisation;
  return scope_kind === "team"
    ? teams.some(({ team }) => team === scope)
    : services.some(({ service }) => service === scope);
}

/** What moved since the build before, in one to three sentences. */
export function restatementSentences(
  publication: PublicationRow,
  steps: readonly StepRow[],
  clock: Clock,
): string[] {
  const [newest] = steps;
  const sentences = [newest ? stepSentence(newest, clock) : t("restatements.no-earlier-build")];
  const figures = steps.slice(1).reduce((sum, step) => sum + step.figures, 0);
  if (figures > 0) sentences.push(t("restatements.builds-before", { figures }));
  if (publication.is_look_back) sentences.push(t("restatements.look-back"));
  return sentences;
}

/** Kinds of reasons, as queries/reports/restatement_reason.sql finds them. */
const KINDS: Names = {
  "rule version": "restatement.rule-version",
  "local rule": "restatement.local-rule",
  product: "restatement.product",
  judgement: "restatement.judgement",
  configuration: "restatement.configuration",
  "late data": "restatement.late-data",
  settled: "restatement.settled",
  "later events": "restatement.later-events",
  "not found": "restatement.not-found",
};

function stepSentence({ from_as_of, figures, services, kinds, kind_figures }: StepRow, clock: Clock): string {
  const asOf = clock.minute(from_as_of);
  if (figures === 0) return t("restatements.nothing-moved", { asOf });
  const reasons = kinds.map((kind, index) =>
    t("restatements.reason", { reason: named(KINDS, kind), figures: kind_figures[index] ?? 0 }),
  );
  return t("restatements.moved", {
    asOf,
    figures,
    services: services === 0 ? "" : t("restatements.of-services", { services }),
    reasons: reasons.join(", "),
  });
}
