import { stringify } from "csv-stringify/sync";

/** Text that a spreadsheet would run as a formula when the file is opened; DuckDB reads this pattern too. */
export const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

export type CsvRow = object;

/**
 * Rows as CSV with a header, as text that no spreadsheet takes for a formula: such text gets a `'` in
 * front. Numbers stay as they are; lists are joined by `; `; a missing value is empty.
 */
export function toCsv(rows: readonly CsvRow[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => columns.map((column) => cell((row as Record<string, unknown>)[column])));
  return stringify([columns, ...cells], { record_delimiter: "\n" });
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = Array.isArray(value)
    ? value.join("; ")
    : typeof value === "string"
      ? value
      : JSON.stringify(value);
  return FORMULA.test(text) ? `'${text}` : text;
}
