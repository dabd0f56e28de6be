import { CsvError, parse, type Info, type Options } from "csv-parse/sync";
import type { Json } from "../../contract.ts";
import { FileProblem } from "../../reading/problem.ts";
import { counted, shortened } from "../../reading/words.ts";
import { occurrences, utf8Bytes } from "../../reading/decode.ts";
import type { RowVisitor, SourceRow } from "./rows.ts";

const LF = 10;
const CR = 13;

/**
 * Reads CSV with a header. Blank lines are passed over; a row with too few or too many fields is one
 * rejected row; broken quoting leaves no telling where rows end, so it rejects the file.
 */
export function readCsv(file: Buffer, delimiter: string, visitor: RowVisitor): void {
  const bytes = utf8Bytes(file);
  const reader = new CsvReader(bytes, delimiter, visitor);
  try {
    parse(bytes, reader.options);
  } catch (error) {
    throw error instanceof CsvError ? reader.problem(error) : error;
  }
  if (!reader.hasHeader) throw new FileProblem(1, "expected a header, found an empty file");
}

class CsvReader {
  readonly options: Options;
  readonly #bytes: Buffer;
  readonly #visitor: RowVisitor;
  readonly #newline: number;
  /** Name -> where it stands; several times where the header repeats it. */
  #columns: ReadonlyMap<string, readonly number[]> | undefined;
  #width = 0;
  /** Where the record to come starts. */
  #offset = 0;
  #line = 1;

  constructor(bytes: Buffer, delimiter: string, visitor: RowVisitor) {
    this.#bytes = bytes;
    this.#visitor = visitor;
    this.#newline = bytes.includes(LF) ? LF : CR;
    this.options = {
      delimiter,
      record_delimiter: this.#newline === LF ? ["\r\n", "\n"] : ["\r"],
      relax_column_count: true,
      on_record: (fields: string[], { bytes: end }: Info) => this.#record(fields, end),
    };
  }

  get hasHeader() {
    return this.#columns !== undefined;
  }

  problem(error: CsvError): FileProblem {
    const row = shortened(this.#bytes.toString("utf8", this.#offset, this.#offset + 1000));
    return new FileProblem(this.#line, `expected quoted fields as in RFC 4180, found ${quoting(error)}`, row);
  }

  #record(fields: string[], end: number): null {
    const [start, line] = [this.#offset, this.#line];
    this.#offset = end;
    this.#line += occurrences(this.#bytes, this.#newline, start, end);
    if (fields.length === 1 && fields[0]?.trim() === "" && this.#isBlank(start, end)) return null;
    if (this.#columns === undefined) this.#header(fields, line);
    else this.#visitor.row(this.#row(fields, line, start, end));
    return null;
  }

  #isBlank(start: number, end: number): boolean {
    return this.#bytes.toString("utf8", start, end).trim() === "";
  }

  #header(fields: string[], line: number): void {
    const names = fields.map((name) => name.trim());
    this.#width = names.length;
    const places = names.map((name, index) => ({ name, index }));
    this.#columns = new Map(
      [...Map.groupBy(places, ({ name }) => name)].map(([name, of]) => [name, of.map(({ index }) => index)]),
    );
    this.#visitor.names(names, true, line);
  }

  #row(fields: string[], line: number, start: number, end: number): SourceRow {
    const columns = this.#columns;
    const row: SourceRow = {
      line,
      value: (from) => valueOf(fields, columns?.get(from) ?? []),
      text: () => this.#bytes.toString("utf8", start, end),
    };
    if (fields.length === this.#width) return row;
    return {
      ...row,
      problem: `expected ${counted(this.#width, "field")} as in the header, found ${fields.length}`,
    };
  }
}

/** A column that is there several times is a list, as Jira writes labels: one of them a column. */
function valueOf(fields: readonly string[], places: readonly number[]): Json | undefined {
  return places.length > 1 ? places.map((place) => fields[place] ?? "") : fields[places[0] ?? -1];
}

function quoting({ code, message }: CsvError): string {
  if (code === "CSV_QUOTE_NOT_CLOSED") return "a quote that is never closed";
  if (code === "CSV_INVALID_CLOSING_QUOTE")
    return "text after a closing quote; a quote inside a quoted field is written twice";
  if (code === "INVALID_OPENING_QUOTE")
    return "a quote inside a field that does not begin with one; quote the whole field, no blank before it";
  return message;
}
