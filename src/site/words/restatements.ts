import { site } from "../data.ts";
import { type Clock, count, figureText } from "../format.ts";
import { METRICS } from "../metrics.ts";
import type { PublicationRow, RestatementRow, StepRow } from "../rows.ts";

/** Figures that stand beside a metric and have no section of their own. */
const COMPANIONS: Readonly<Record<string, string>> = {
  median_time_between_deployments: "Median time between deployments",
  deployment_days_per_week: "Days with a deployment",
};

export function metricTitle(metric: string): string {
  return METRICS.find(({ key }) => key === metric)?.title ?? COMPANIONS[metric] ?? metric;
}

type Moved = Pick<
  RestatementRow,
  "unit" | "old_value" | "old_n" | "old_status" | "new_value" | "new_n" | "new_status"
>;

const said = (value: number | null, unit: string, n: number, status: string) =>
  value === null ? status : `${figureText(value, unit)} (n = ${count(n)})`;

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
  const sentences = [newest ? stepSentence(newest, clock) : FIRST];
  const earlier = steps.slice(1).reduce((sum, { figures }) => sum + figures, 0);
  if (earlier > 0) {
    sentences.push(`The builds before moved ${figuresOf(earlier)}.`);
  }
  if (publication.is_look_back) {
    sentences.push(
      "This build looks back behind a later one that is recorded: it is compared with what was published up to then and is not recorded itself.",
    );
  }
  return sentences;
}

const FIRST = "No earlier build is recorded, so nothing could move yet.";

const figuresOf = (number: number) => `${count(number)} ${number === 1 ? "figure" : "figures"}`;

function stepSentence({ from_as_of, figures, services, kinds, kind_figures }: StepRow, clock: Clock): string {
  const since = `Since the build before, as of ${clock.minute(from_as_of)}`;
  if (figures === 0) return `${since}, no published figure moved.`;
  const moved = `${since}, ${count(figures)} published ${figures === 1 ? "figure" : "figures"} moved`;
  const where =
    services === 0
      ? ""
      : `, of ${count(services)} ${services === 1 ? "service" : "services"} and what pools them`;
  const why = kinds.map((kind, index) => `${kind} (${figuresOf(kind_figures[index] ?? 0)})`).join(", ");
  return `${moved}${where}. Why: ${why}.`;
}
