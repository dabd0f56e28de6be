import { METRICS } from "../metrics.ts";
import type { DecisionRow, RetrospectiveActionRow } from "../retrospective-rows.ts";
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
  "not comparable": "action.not-comparable",
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
  const reached = row.verdict === "unclear" ? "action.target-met-by-chance" : "action.target-met";
  return `${values} ${t(row.is_target_met ? reached : "action.target-not-met", { target })}`;
}

const STATUSES: Names<RetrospectiveActionRow["status"]> = {
  open: "action.open",
  done: "action.done",
  dropped: "action.dropped",
};

/** What an action's state is called. */
export const statusWord = ({ status }: Pick<RetrospectiveActionRow, "status">): string =>
  named(STATUSES, status);

/** When it was decided, and by looking back on which quarter. */
export function decidedText({ decided_on: day, decided_for: quarter, is_last: isLast, status }: RetrospectiveActionRow): string {
  const decided = day === null ? t("action.decided-for", { quarter }) : t("action.decided-on", { day, quarter });
  return isLast || status !== "open" ? decided : t("action.still-open", { decided });
}

/** What a decision of this quarter means to move, and how far. */
export function meantText({ metric, service_title: service, unit, target }: DecisionRow): string {
  if (metric === null) return t("decided.not-said");
  const title = service === null ? metricTitle(metric) : `${metricTitle(metric)}, ${service}`;
  return target === null || unit === null
    ? title
    : t("decided.target", { metric: title, target: amount({ value: target, unit, n: null }) });
}

export function statusText(
  row: Pick<RetrospectiveActionRow, "status" | "due_on"> & { readonly is_overdue?: boolean },
): string {
  const { status, is_overdue: isLate = false, due_on: due } = row;
  return [
    statusWord(row),
    ...(isLate ? [t("action.past-its-day")] : []),
    ...(due === null || status !== "open" ? [] : [t("action.due", { day: due })]),
  ].join(", ");
}
