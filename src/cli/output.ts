import { toCsv } from "../../reports/csv.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";

export type Row = Readonly<Record<string, unknown>>;

export interface Format {
  readonly json?: boolean | undefined;
  readonly csv?: boolean | undefined;
}

/** Prints rows as a table, JSON or formula-safe CSV. */
export function printRows(rows: readonly Row[], format: Format, effects: Effects, columns?: readonly string[]): void {
  if (format.json === true && format.csv === true) throw new UsageError("--json and --csv exclude each other");
  if (format.json === true) effects.stdout(`${JSON.stringify(rows, null, 2)}\n`);
  else if (format.csv === true) effects.stdout(toCsv(rows));
  else effects.stdout(tableText(rows, columns));
}

const WIDEST_CELL = 60;

function tableText(rows: readonly Row[], columns: readonly string[] | undefined): string {
  const names = columns ?? Object.keys(rows[0] ?? {});
  if (rows.length === 0) return "no rows\n";
  const cells = rows.map((row) => names.map((name) => shortened(printable(cellText(row[name])))));
  const widths = names.map((name, index) => Math.max(name.length, ...cells.map((line) => line[index]?.length ?? 0)));
  const isNumeric = names.map((name) => rows.every((row) => row[name] === null || typeof row[name] === "number"));
  const line = (values: readonly string[]) =>
    values
      .map((value, index) => (isNumeric[index] ? value.padStart(widths[index] ?? 0) : value.padEnd(widths[index] ?? 0)))
      .join("  ")
      .trimEnd();
  return [line(names), line(widths.map((width) => "-".repeat(width))), ...cells.map(line), ""].join("\n");
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(cellText).join("; ");
  return typeof value === "object" ? JSON.stringify(value) : String(value as string | number | boolean);
}

const shortened = (text: string) => (text.length > WIDEST_CELL ? `${text.slice(0, WIDEST_CELL - 1)}…` : text);

// Collected text must not speak to the terminal.
const printable = (text: string) => text.replace(/\p{Cc}/gu, " ");
