import { METRICS } from "../metrics.ts";
import type { RetrospectiveActionRow } from "../retrospective-rows.ts";
import { t } from "../text/message.ts";
import { named, type Names } from "./named.ts";
import { amount } from "./practices.ts";

export const metricTitle = (metric: string): string =>
  METRICS.find(({ key }) => key === metric)?.title ??
  metric.charAt(0).toUpperCase() + metric.slice(1).replaceAll("_", " ");

const VERDICTS: Names<RetrospectiveActionRow["verdict"]> = {
  "as meant": "action.as-meant",
  "other way": "action.other-way",
  moved: "action.moved",
  unclear: "action.unclear",
  "too few": "action.too-few",
  "no data": "action.no-data",
  "no metric": "action.no-metric",
  "unknown metric": "action.unknown-metric",
};

/** Whether the metric of an action moved, and the two values. */
export function movedText(row: RetrospectiveActionRow): string {
  const verdict = t(VERDICTS[row.verdict]);
  if (row.unit === null || row.before_value === null || row.now_value === null) return `${verdict}.`;
  const of = (value: number | null, n: number | null, hits: number | null) =>
    amount({ value, unit: row.unit, n, hits });
  const values = t("action.values", {
    verdict,
    before: of(row.before_value, row.before_n, row.before_hits),
    earlier: row.before_label ?? "",
    now: of(row.now_value, row.now_n, row.now_hits),
    period: row.now_label ?? "",
  });
  if (row.target === null || row.is_target_met === null) return values;
  const target = amount({ value: row.target, unit: row.unit, n: null });
  return `${values} ${t(row.is_target_met ? "action.target-met" : "action.target-not-met", { target })}`;
}

const STATUSES: Names<RetrospectiveActionRow["status"]> = {
  open: "action.open",
  done: "action.done",
  dropped: "action.dropped",
};

/** What an action's state is called. */
export const statusWord = ({ status }: Pick<RetrospectiveActionRow, "status">): string =>
  named(STATUSES, status);

export function statusText(row: RetrospectiveActionRow): string {
  const { status, is_overdue: isLate, due_on: due } = row;
  return [
    statusWord(row),
    ...(isLate ? [t("action.past-its-day")] : []),
    ...(due === null || status !== "open" ? [] : [t("action.due", { day: due })]),
  ].join(", ");
}
