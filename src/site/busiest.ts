import { count } from "./format.ts";
import type { ServiceRow } from "./rows.ts";

/** Services in a table of figures beside other things; all of an organisation have pages of their own. */
export const MOST_SERVICES = 15;

/** As many services as a table takes, in their order: those that were deployed most often lately. */
export function busiest(services: readonly ServiceRow[], most: number): readonly ServiceRow[] {
  if (services.length <= most) return services;
  return services.filter(isAmong(services, most));
}

function isAmong(services: readonly ServiceRow[], most: number): (row: ServiceRow) => boolean {
  const chosen = new Set(services.toSorted((a, b) => a.activity_rank - b.activity_rank).slice(0, most));
  return (row) => chosen.has(row);
}

/** What a table of the busiest leaves out; empty where it leaves out nothing. */
export function busiestNote(shown: number, total: number): string {
  if (shown === total) return "";
  return `The ${count(shown)} of ${count(total)} services that were deployed most often in the last complete quarter; the file has all.`;
}

/** Rows of one page of a list, page by page, where rows weigh differently: a page takes rows until it weighs this much, and at least one. */
export function weighedChunks<Row>(rows: readonly Row[], weightOf: (row: Row) => number, most: number): (readonly Row[])[] {
  const pages: Row[][] = [[]];
  let weight = 0;
  for (const row of rows) {
    const own = weightOf(row);
    const isFull = weight > 0 && weight + own > most;
    if (isFull) pages.push([]);
    weight = isFull ? own : weight + own;
    pages.at(-1)?.push(row);
  }
  return pages;
}

/** Rows of one page of a list, page by page. */
export function chunks<Row>(rows: readonly Row[], size: number): (readonly Row[])[] {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  return Array.from({ length: pages }, (_, at) => rows.slice(at * size, (at + 1) * size));
}
