import { decimal } from "../../src/site/format.ts";
import { note, table, type DocumentNode, type Span, type Table, type Text } from "../layout/nodes.ts";
import { count, some, type Times } from "../release/words.ts";
import type { AttachedTable } from "./tables.ts";
import type { PeriodPackData } from "./data.ts";

/** Where a control's results are printed. */
export const controlAnchor = (control: string): string => `control.${anchor(control)}`;

/** Where a sampled change is printed. */
export const dossierAnchor = (position: number): string => `dossier.${position}`;

/** Letters, digits, `.` and `-`: what names in a PDF may hold. */
export const anchor = (text: string): string => text.toLowerCase().replace(/[^a-z0-9.-]+/g, "-");

export const controlLink = (control: string): Span => ({ text: control, to: controlAnchor(control) });

const STATUS_WORDS: Readonly<Record<string, string>> = {
  pass: "pass",
  fail: "fail",
  unknown: "unknown",
  exempt: "exempt",
  not_applicable: "not applicable",
};

/** A status as a word, never as a colour alone. */
export function statusText(status: string | null): Span {
  const word = STATUS_WORDS[status ?? ""] ?? status ?? "not judged";
  return {
    text: word,
    strong: status === "fail",
    tone: status === "fail" ? "worse" : status === "pass" ? "ink" : "muted",
  };
}

/** `99.1 %`; nothing where nothing was to be judged. */
export const percent = (rate: number | null): string | null =>
  rate === null ? null : `${decimal(rate * 100)}\u202f%`;

export const interval = (low: number | null, high: number | null): string | null =>
  low === null || high === null ? null : `${decimal(low * 100)}–${decimal(high * 100)}\u202f%`;

/** A number of failures stands out by weight and tone, and by being a number. */
export const failures = (number: number): Span =>
  number === 0 ? { text: "0" } : { text: count(number), strong: true, tone: "worse" };

export const periodName = ({ scope }: Pick<PeriodPackData, "scope">, times: Times): string =>
  `${times.day(scope.period_from) ?? ""} to ${times.day(scope.last_at) ?? ""}`.replaceAll("\u00a0", " ");

/** Says where the whole of a list is, and how to tell that it is unaltered. */
export function attachedAs(attached: AttachedTable | undefined, more = ""): Text {
  if (!attached) return more;
  return `${more === "" ? "" : `${more} `}Attached as ${attached.file} (${some(attached.rows, "row")}), SHA-256 ${attached.sha256}.`;
}

interface LongTable<Row> {
  readonly rows: readonly Row[];
  /** Those that are printed in any case: failures and what is out of the ordinary. */
  readonly isOfNote: (row: Row) => boolean;
  readonly isFull: boolean;
  readonly caption: string;
  readonly columns: Table["columns"];
  readonly cells: (row: Row) => Table["rows"][number];
  readonly attached: AttachedTable | undefined;
  /** What the printed rows are, such as `that did not succeed`. */
  readonly ofNote: string;
}

/** A list of which what is of note is printed, or all; the whole is attached. */
export function longTable<Row>({
  rows,
  isOfNote,
  isFull,
  caption,
  columns,
  cells,
  attached,
  ofNote,
}: LongTable<Row>): DocumentNode[] {
  const printed = isFull ? rows : rows.filter(isOfNote);
  const of =
    printed.length === rows.length
      ? count(rows.length)
      : `${count(printed.length)} of ${count(rows.length)}: ${ofNote}`;
  if (printed.length === 0)
    return [
      note(
        attachedAs(
          attached,
          `None of ${some(rows.length, "row")} is one of those that are printed: ${ofNote}.`,
        ),
      ),
    ];
  return [
    table({ caption: `${caption} (${of})`, columns, rows: printed.map(cells), note: attachedAs(attached) }),
  ];
}

/** A unit in one cell: its id, and below it the service and when. */
export function unitCell(id: Text, service: string | null, when: string | null): Text {
  const below = [service, when].filter((part) => part !== null).join(", ");
  const spans: readonly (string | Span)[] = typeof id === "string" || "text" in id ? [id] : id;
  return below === "" ? spans : [...spans, { text: `\n${below}`, tone: "muted" }];
}
