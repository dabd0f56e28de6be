import { toCsv, type CsvRow } from "./csv.ts";
import type { Attachment } from "./layout/nodes.ts";

export interface PackTable {
  /** Of the file, without ending. */
  readonly name: string;
  readonly description: string;
  readonly rows: readonly CsvRow[];
}

/** A table as a CSV that is attached to the PDF, with its rows: the folder holds them as Parquet too. */
export const csvAttachment = ({ name, description, rows }: PackTable): Attachment => ({
  name: `${name}.csv`,
  type: "text/csv",
  relationship: "Data",
  description,
  content: new TextEncoder().encode(toCsv(rows)),
  rows,
});
