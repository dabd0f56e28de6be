import type { Json } from "../../contract.ts";

/** One row of a file, whatever the format. */
export interface SourceRow {
  /** 1-based line (CSV, NDJSON) or record number (JSON, Parquet). */
  readonly line: number;
  /** The value at a column or dotted path; undefined where the row has none. */
  value(from: string): Json | undefined;
  /** The row as it was read. */
  text(): string;
  /** Why the row cannot be read at all. */
  readonly problem?: string;
}

/** Takes in what a format reads. Rows are handed over one by one, so that no file is held twice. */
export interface RowVisitor {
  /**
   * Names of the columns, before the rows. `areAll` is false where rows may bring further ones.
   * @throws {FileProblem} when a column that is needed is missing
   */
  names(names: readonly string[], areAll: boolean, line?: number): void;
  row(row: SourceRow): void;
}
