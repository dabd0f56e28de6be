import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { globSync } from "tinyglobby";

export type CsvRow = Readonly<Record<string, string>>;

/** Rows of a published table: of its file, or of the files of all its parts. */
export function csvRows(folder: string, table: string): CsvRow[] {
  const data = join(folder, "data");
  const files = globSync([`${table}.csv`, `${table}/*.csv`], { cwd: data }).toSorted();
  return files.flatMap((file) => parse<CsvRow>(readFileSync(join(data, file)), { columns: true, bom: true }));
}

/** What a reader sees of a piece of a page. */
export function words(html: string): string {
  return html
    .replace(/<style.*?<\/style>|<script.*?<\/script>|<svg.*?<\/svg>/gs, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/[\s\u202f]+/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .trim();
}

/** A table of a page: each row by the heads of its columns. */
export function tablesOf(html: string): ReadonlyMap<string, string>[][] {
  return [...html.matchAll(/<table.*?<\/table>/gs)].map(([table]) => {
    const [head = [], ...rows] = table.split("<tr").slice(1).map(cellsOf);
    return rows.map((cells) => new Map(cells.map((cell, at) => [head[at] ?? "", cell])));
  });
}

/** A cell ends where the next begins: pages leave the ends out. */
const cellsOf = (row: string) => [...row.matchAll(/<t[hd]\b[^>]*>(.*?)(?=<t[hd]\b|$)/gs)].map(([, cell = ""]) => words(cell));

/** The whole number that a cell begins with. */
export function numberOf(cell: string | undefined): number {
  const digits = /^[\d,]+/.exec(cell ?? "")?.[0];
  if (digits === undefined) throw new Error(`no number: ${cell}`);
  return Number(digits.replaceAll(",", ""));
}

/** How many rows have each of the keys. */
export function tally<Row>(rows: readonly Row[], key: (row: Row) => string): ReadonlyMap<string, number> {
  return new Map([...Map.groupBy(rows, key)].map(([name, group]) => [name, group.length]));
}
