/**
 * Words in which the catalogue of entities is written.
 *
 * Types: `text`; `integer`; `number`; `boolean`; `timestamp` (stored as UTC); `date`; `list` (text values,
 * separated by `;` in CSV); `json` (an object, kept as it is).
 */
export type ColumnType = "text" | "integer" | "number" | "boolean" | "timestamp" | "date" | "list" | "json";

export interface Column {
  readonly type: ColumnType;
  readonly required?: true;
  /** The only values allowed, after the value map was applied. */
  readonly values?: readonly string[];
  /** How the text is written: a pattern, and an example of it for messages. */
  readonly form?: { readonly pattern: string; readonly example: string };
  /** Of what people type by hand: the ways of writing it that are read besides. */
  readonly typed?: "quarter" | "amount";
  /** Of a number: what it is at least, and at most. */
  readonly least?: number;
  readonly most?: number;
  readonly description: string;
}

export interface Entity {
  readonly description: string;
  /** Columns that together identify a row within its source. */
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
  /** Columns that begin and end something: a row whose end is before its beginning is rejected. */
  readonly spans?: readonly (readonly [from: string, until: string])[];
  /** Columns of which one counts some of what the other counts: a row with more of the first is rejected. */
  readonly parts?: readonly (readonly [part: string, whole: string])[];
  /** A row as somebody might write it in CSV: shown on the reference page, and read by the tests. */
  readonly example: Readonly<Record<string, string>>;
}

export const text = (description: string): Column => ({ type: "text", description });
export const timestamp = (description: string): Column => ({ type: "timestamp", description });
export const integer = (description: string): Column => ({ type: "integer", description });
export const list = (description: string): Column => ({ type: "list", description });
export const date = (description: string): Column => ({ type: "date", description });
export const boolean = (description: string): Column => ({ type: "boolean", description });
export const number = (description: string): Column => ({ type: "number", description });
export const json = (description: string): Column => ({ type: "json", description });
export const oneOf = (values: readonly string[], description: string): Column => ({
  type: "text",
  values,
  description,
});
/** A quarter as `pack` names it. */
export const quarter = (description: string): Column => ({
  type: "text",
  form: { pattern: "^\\d{4}-Q[1-4]$", example: "2026-Q2" },
  typed: "quarter",
  description,
});
/** Seconds, a share or a plain number, which may say their unit: `3 days`, `10 %`. */
export const amount = (description: string): Column => ({ type: "number", typed: "amount", description });
/** A number that counts something. */
export const count = (description: string, least = 0): Column => ({ type: "integer", least, description });
/** Hours, days, months or years: no more than a thousand years of hours, with which can still be reckoned. */
export const span = (description: string, least = 0): Column => ({ ...count(description, least), most: 8_760_000 });
export const share = (description: string): Column => ({ type: "number", least: 0, most: 1, description });
export const required = (column: Column): Column => ({ ...column, required: true });

export const id = required(text("The source's own identifier of the row."));
export const service = text("Name of the service as in quarterdeck.yaml.");
export const url = text("Where a person can look at it; http and https only are linked.");
export const person = (description: string) => text(`${description} Login, e-mail or person id.`);
export const outcome = (description: string) => oneOf(["passed", "failed"], description);
export const validFrom = date("First day, in the organisation's time zone; empty = always.");
export const validUntil = date("First day on which it no longer holds; empty = still.");
export const changeType = oneOf(["standard", "normal", "emergency"], "Type of change; empty = every type.");
