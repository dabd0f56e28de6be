import { stringify } from "csv-stringify/sync";

/** Spaces, also such as nobody sees: some programs skip them before a formula. */
const SKIPPED = " \u00a0\u200b\u2060\ufeff";

/** Text that a spreadsheet would run as a formula when the file is opened; DuckDB reads this pattern too. */
export const FORMULA = new RegExp(`^[${SKIPPED}]*[=+\\-@\\t\\r\\n＝＋－＠]`);

export type CsvRow = object;

/**
 * Rows as CSV with a header, as text that no spreadsheet takes for a formula: such text gets a `'` in
 * front. Numbers stay as they are; lists are joined by `; `; a missing value is empty.
 */
export function toCsv(rows: readonly CsvRow[]): string {
  const columns = Object.keys(rows[0] ?? {});
  return csvHeader(columns) + csvLines(rows, columns);
}

export const csvHeader = (columns: readonly string[]): string =>
  stringify([[...columns]], { record_delimiter: "\n" });

/** The rows alone, where a table is written a part at a time. */
export const csvLines = (rows: readonly CsvRow[], columns: readonly string[]): string =>
  stringify(
    rows.map((row) => columns.map((column) => csvCell((row as Record<string, unknown>)[column]))),
    { record_delimiter: "\n" },
  );

export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = Array.isArray(value)
    ? value.join("; ")
    : typeof value === "string"
      ? value
      : JSON.stringify(value);
  return FORMULA.test(text) ? `'${text}` : text;
}
