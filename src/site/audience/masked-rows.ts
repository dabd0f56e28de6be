import type { PublishedTable } from "../machine-form/published-table.ts";
import type { SiteRows } from "../data.ts";
import { isFor } from "./audience.ts";
import type { Source } from "./sources.ts";

/** What does not come from the database as the audience reads it: queries and tables of the organisation's own. */
export function maskedRows(rows: SiteRows, { audience, mask }: Pick<Source, "audience" | "mask">): SiteRows {
  const masked = (text: string) => mask(text) ?? "";
  const local = new Set(rows.queries.filter(({ is_local }) => is_local).map(({ relation }) => relation));
  const tableOf = (table: PublishedTable): PublishedTable => ({
    ...table,
    title: masked(table.title),
    grain: masked(table.grain),
    description: masked(table.description),
    columns: table.columns.map((column) => ({ ...column, description: masked(column.description) })),
  });
  return {
    ...rows,
    queries: rows.queries.map((query) => (query.is_local ? allMasked(query, masked) : query)),
    published: rows.published
      .filter((table) => isFor(audience.kind, table.audience))
      .map((table) => (local.has(table.relation) ? tableOf(table) : table)),
  };
}

const allMasked = <Row extends object>(row: Row, masked: (text: string) => string): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]: [string, unknown]) => [name, typeof value === "string" ? masked(value) : value])) as Row;
