import { didYouMean } from "../../src/config/suggest.ts";
import type { Json, RawRecord, RejectedRow } from "../contract.ts";
import type { ColumnEntry, FileEntry } from "./config.ts";
import { converterOf, type Convert } from "./convert/index.ts";
import { entityOf, type Column, type Entity } from "./entities.ts";
import type { SourceRow } from "./formats/rows.ts";
import { FileProblem, Problem } from "../reading/problem.ts";
import { shortened } from "../reading/words.ts";

/** How one column of the entity is filled. */
interface Field {
  readonly name: string;
  readonly column: Column;
  /** Where it is read; undefined for a constant. */
  readonly from: string | undefined;
  readonly isMapped: boolean;
  readonly constant: Json | undefined;
  readonly convert: Convert;
}

/** Turns rows of one configured file into records of its entity. */
export class Mapping {
  readonly #key: readonly string[];
  readonly #spans: NonNullable<Entity["spans"]>;
  readonly #parts: NonNullable<Entity["parts"]>;
  readonly #fields: readonly Field[];
  /** Names that the mapping reads and no row had so far. */
  readonly #unseen: Set<string>;
  #rows = 0;

  constructor(entry: FileEntry) {
    const entity = entityOf(entry.entity);
    this.#key = entity.key;
    this.#spans = entity.spans ?? [];
    this.#parts = entity.parts ?? [];
    this.#fields = Object.entries(entity.columns).map(([name, column]) => fieldOf(name, column, entry));
    this.#unseen = new Set(
      this.#fields.flatMap(({ from, isMapped }) => (isMapped && from !== undefined ? [from] : [])),
    );
  }

  /**
   * Compares the names that the file has with those that are needed.
   * @returns warnings: names that look like a column but are not read
   * @throws {FileProblem} for a column that is mapped or required and missing, or there twice
   */
  checkNames(names: readonly string[], areAll: boolean, line: number): string[] {
    if (areAll) this.#needs(names, line);
    const read = new Set(this.#fields.map(({ from }) => from));
    const unread = this.#fields.filter(
      ({ from, isMapped }) => !isMapped && from !== undefined && !names.includes(from),
    );
    return names
      .filter((name, index) => !read.has(name) && names.indexOf(name) === index)
      .flatMap((name) =>
        unread
          .filter(({ name: column }) => snakeCase(name) === column)
          .filter(
            ({ column: { type } }) => type === "list" || names.lastIndexOf(name) === names.indexOf(name),
          )
          .map(({ name: column }) => ({ name, column })),
      )
      .map(
        ({ name, column }) =>
          `\`${name}\` is not read; to read it as ${column}, map it: columns: { ${column}: ${name} }`,
      );
  }

  /** Warnings once all rows were read: in JSON nothing else tells a mistyped path from one that records may leave out. */
  checkRead(): string[] {
    if (this.#rows === 0) return [];
    return this.#fields.flatMap(({ name, from }) =>
      from !== undefined && this.#unseen.has(from)
        ? [`no record has \`${from}\`, so ${name} is empty; correct its path under columns`]
        : [],
    );
  }

  #needs(names: readonly string[], line: number): void {
    for (const field of this.#fields) {
      if (field.from === undefined) continue;
      const top = names.includes(field.from) ? field.from : (field.from.split(".")[0] ?? "");
      const count = names.filter((name) => name === top).length;
      if (count > 1 && field.column.type !== "list") throw repeated(field, top, names, line);
      if (count === 0 && (field.isMapped || field.column.required)) throw this.#missing(field, names, line);
    }
  }

  #missing({ name, from = "", isMapped }: Field, names: readonly string[], line: number): FileProblem {
    const remedy = isMapped
      ? ""
      : ` (required: name its column at columns.${name}, or give it a value there)`;
    const known = names.filter((known) => known !== "");
    const delimiter =
      known.length === 1 && /[;\t|,]/.test(known[0] ?? "")
        ? "; if another character separates the columns, set delimiter"
        : "";
    return new FileProblem(
      line,
      `expected the column \`${from}\`${remedy}, found ${known.slice(0, 30).join(", ") || "none"}${didYouMean(from, known)}${delimiter}`,
      shortened(names.join(",")),
    );
  }

  /** The record of a row, or why there is none. All columns are looked at, so that a row is corrected once. */
  read(row: SourceRow, file: string): RawRecord | RejectedRow {
    const reject = (reason: string, column?: string): RejectedRow => ({
      file,
      line: row.line,
      ...(column === undefined ? {} : { column }),
      reason,
      text: shortened(row.text()),
    });
    if (row.problem !== undefined) return reject(row.problem);
    this.#rows += 1;
    const payload: { [key: string]: Json } = {};
    const problems: { column: string; reason: string }[] = [];
    for (const field of this.#fields) {
      const written = field.from === undefined ? field.constant : row.value(field.from);
      if (field.from !== undefined && written !== undefined) this.#unseen.delete(field.from);
      const value = valueOf(field, written);
      if (value instanceof Problem) problems.push({ column: field.name, reason: value.reason });
      else if (value !== undefined) payload[field.name] = value;
    }
    problems.push(...this.#reversed(payload), ...this.#exceeding(payload));
    const [first, ...others] = problems;
    if (first === undefined) return { key: this.#keyOf(payload), payload };
    return reject(
      [first.reason, ...others.map(({ column, reason }) => `${column}: ${reason}`)].join("; "),
      first.column,
    );
  }

  /** What ends before it begins. */
  #reversed(payload: { readonly [key: string]: Json }): { column: string; reason: string }[] {
    return this.#spans.flatMap(([from, until]) => {
      const [start, end] = [payload[from], payload[until]];
      if (typeof start !== "string" || typeof end !== "string" || Date.parse(start) <= Date.parse(end))
        return [];
      return [{ column: until, reason: `expected an end after ${from} (${start}), found ${end}` }];
    });
  }

  /** What counts more than that of which it is a part. */
  #exceeding(payload: { readonly [key: string]: Json }): { column: string; reason: string }[] {
    return this.#parts.flatMap(([part, whole]) => {
      const [some, all] = [payload[part], payload[whole]];
      if (typeof some !== "number" || typeof all !== "number" || some <= all) return [];
      return [{ column: part, reason: `expected at most ${whole} (${all}), found ${some}` }];
    });
  }

  #keyOf(payload: { readonly [key: string]: Json }): string {
    const values = this.#key.map((column) => payload[column] ?? null);
    const [only] = values;
    return values.length === 1 && typeof only === "string" ? only : JSON.stringify(values);
  }
}

function fieldOf(name: string, column: Column, entry: FileEntry): Field {
  const source: ColumnEntry | undefined = Object.hasOwn(entry.columns, name)
    ? entry.columns[name]
    : undefined;
  const isConstant = source !== undefined && source.from === undefined;
  return {
    name,
    column,
    from: isConstant ? undefined : (source?.from ?? name),
    isMapped: source !== undefined,
    constant: source?.value,
    convert: converterOf(column, notationOf(column, source, entry)),
  };
}

/** How a column is written: its own words first, then those of the file. Days do not follow the file's format of times. */
export function notationOf(
  column: Column,
  source: ColumnEntry | undefined,
  { time }: Pick<FileEntry, "time">,
) {
  const fileFormat = column.type === "timestamp" ? time.format : undefined;
  return {
    format: source?.format ?? fileFormat,
    zone: source?.zone ?? time.zone,
    separator: source?.separator,
    values: source?.values,
  };
}

function repeated({ name }: Field, top: string, names: readonly string[], line: number): FileProblem {
  const places = names.flatMap((other, index) => (other === top ? [index + 1] : []));
  return new FileProblem(
    line,
    `expected the column \`${top}\` once, found it ${places.length} times (columns ${places.join(", ")}): ${name} takes one value; ` +
      "leave one of them in the file, or read them all into a column that is a list",
    shortened(names.join(",")),
  );
}

function valueOf(
  { convert, column, isMapped }: Field,
  written: Json | undefined,
): Json | undefined | Problem {
  const value = convert(written ?? null);
  if (value !== undefined || !column.required) return value;
  return new Problem(
    written === undefined && !isMapped
      ? `expected a value, found none: name where it stands under columns`
      : "expected a value, found none",
  );
}

/** `Started At`, `startedAt`, `started-at` -> `started_at` */
const snakeCase = (name: string) =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/[^A-Za-z0-9]+/g, "_")
    .toLowerCase();
