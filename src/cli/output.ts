import { stringify } from "csv-stringify/sync";
import { toCsv } from "../../reports/csv.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { printable, unseenEscaped } from "../printable.ts";

export type Row = Readonly<Record<string, unknown>>;

export interface Format {
  readonly json?: boolean | undefined;
  readonly csv?: boolean | undefined;
}

/** Said before anything is computed. */
export function checkFormat(format: Format): void {
  if (format.json === true && format.csv === true) throw new UsageError("--json and --csv exclude each other");
}

/**
 * Prints rows as a table, JSON or formula-safe CSV. `columns` are those of the table, and the header of a CSV
 * without rows.
 */
export function printRows(rows: readonly Row[], format: Format, effects: Effects, columns: readonly string[] = []): void {
  if (format.json === true) effects.stdout(`${unseenEscaped(JSON.stringify(rows, null, 2))}\n`);
  else if (format.csv === true) effects.stdout(rows.length === 0 ? stringify([[...columns]]) : toCsv(rows));
  else printTable(tableText(rows, columns), effects);
}

const CUT = "\u2026";

function printTable(text: string, effects: Effects): void {
  effects.stdout(text);
  if (text.includes(CUT)) effects.stderr(`note: ${CUT} stands where text was cut: --json or --csv has all of it\n`);
}

const WIDEST_CELL = 60;

function tableText(rows: readonly Row[], columns: readonly string[]): string {
  if (rows.length === 0) return "no rows\n";
  const names = columns.length === 0 ? Object.keys(rows[0] ?? {}) : columns;
  const titles = names.map(onOneLine);
  const cells = rows.map((row) => names.map((name) => shortened(onOneLine(cellText(row[name])))));
  const widths = titles.map((title, index) => Math.max(...[title, ...cells.map((line) => line[index] ?? "")].map(width)));
  const isNumeric = names.map((name) => rows.every((row) => row[name] === null || typeof row[name] === "number"));
  const line = (values: readonly string[]) =>
    values
      .map((value, index) => padded(value, widths[index] ?? 0, isNumeric[index] === true))
      .join("  ")
      .trimEnd();
  return [line(titles), line(widths.map((columns) => "-".repeat(columns))), ...cells.map(line), ""].join("\n");
}

/** Characters as a reader counts them: an emoji of several code units is one. */
const width = (text: string) => Array.from(text).length;

function padded(text: string, columns: number, isNumber: boolean): string {
  const space = " ".repeat(Math.max(0, columns - width(text)));
  return isNumber ? space + text : text + space;
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(cellText).join("; ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length > WIDEST_CELL ? `${characters.slice(0, WIDEST_CELL - 1).join("")}${CUT}` : text;
}

const onOneLine = (text: string) => printable(text.replace(/[\t\n\r]+/g, " "));
