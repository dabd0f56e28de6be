import { metricText } from "../metrics.ts";
import type { RetrospectiveActionRow } from "../retrospective-rows.ts";
import type { MetricKey } from "../rows.ts";
import { amount } from "./practices.ts";

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
  unclear: "Not clear: the difference may be chance",
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
