import { stringify } from "csv-stringify/sync";
import { AS_OF, type Instant } from "../clock.ts";

/** A file to write: its name within the data folder, and its text. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

export type Row = Readonly<Record<string, string | number | boolean | null | undefined>>;

export const csv = (rows: readonly Row[], delimiter = ",") =>
  stringify(rows as Row[], {
    header: true,
    delimiter,
    cast: { boolean: (value) => (value ? "true" : "false") },
  });

export const ndjson = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

/** What is after the end of the records has not happened yet. */
export function known(at: Instant | undefined, format: (at: Instant) => string): string | undefined {
  return at === undefined || at >= AS_OF ? undefined : format(at);
}

/** Puts a line that does not belong into a text, as exports that were edited by hand have. */
export function withLine(text: string, afterLine: number, line: string): string {
  const lines = text.split("\n");
  return lines.toSpliced(Math.min(afterLine, lines.length - 1), 0, line).join("\n");
}
