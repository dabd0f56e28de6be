import type { ChangeRow, FailureRow, MetricKey, ServiceFacts, WaveRow } from "./rows.ts";

/** Rows of one kind, as a page of rows lists them. */
export type RowsBehind =
  | { readonly kind: "waves"; readonly rows: readonly WaveRow[] }
  | { readonly kind: "changes"; readonly rows: readonly ChangeRow[] }
  | { readonly kind: "failures"; readonly rows: readonly FailureRow[] };

/** The facts that a metric files under a quarter. */
export function rowsBehind(facts: ServiceFacts, metric: MetricKey, quarter: string): RowsBehind {
  const isFiled = ({ quarter_label }: { quarter_label: string }) => quarter_label === quarter;
  if (metric === "change_lead_time") return { kind: "changes", rows: facts.changes.filter(isFiled) };
  if (metric === "failed_deployment_recovery_time")
    return { kind: "failures", rows: facts.failures.filter(isFiled) };
  return { kind: "waves", rows: facts.waves.filter(isFiled) };
}

/** Rows of one page; a busy quarter has several pages. */
const PAGE_ROWS = 75;

export function pageCount(rows: number): number {
  return Math.max(1, Math.ceil(rows / PAGE_ROWS));
}

/** The rows of the page with this number, from 1. The last page takes what is left. */
export function pageOf<Row>(rows: readonly Row[], page: number, pages: number): readonly Row[] {
  return rows.slice((page - 1) * PAGE_ROWS, page === pages ? undefined : page * PAGE_ROWS);
}
