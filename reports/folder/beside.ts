import { toCsv } from "../csv.ts";
import type { Attachment } from "../layout/nodes.ts";
import type { PackFile } from "../pack-folder.ts";
import type { PackQuery } from "../pack-queries.ts";
import type { CollectionLogRow } from "../release/data.ts";

/** What every pack is made with, whatever it is of. */
export interface MadeWith {
  readonly queries: readonly PackQuery[];
  readonly collectionLog: readonly CollectionLogRow[];
}

/** What lies beside the PDF: its tables, queries and evidence. Each file once: a query may stand behind tables and results alike. */
export function besidePdf(
  attachments: readonly Attachment[],
  { queries, collectionLog }: MadeWith,
  evidence: readonly PackFile[],
): PackFile[] {
  const files = [...tablesAndQueries(attachments, queries), collectionLogFile(collectionLog)];
  const there = new Set(files.map(({ path }) => path));
  return [...files, ...evidence.filter(({ path }) => !there.has(path))];
}

/** The folder holds every query that led to a figure; the PDF only those that state something. */
function tablesAndQueries(attachments: readonly Attachment[], queries: readonly PackQuery[]): PackFile[] {
  const tables = attachments.filter(({ relationship }) => relationship === "Data");
  const supplements = attachments.filter(({ relationship }) => relationship === "Supplement");
  return [
    ...supplements.map(({ name, content }) => ({ path: name, content })),
    ...tables.map(({ name, content }) => ({ path: `tables/${name}`, content })),
    ...queries.map(({ relation, text }) => ({
      path: `sql/${relation}.sql`,
      content: new TextEncoder().encode(text),
    })),
  ];
}

/** Listed in the sums alone: everything else of a pack is the same if all is collected again. */
const collectionLogFile = (rows: readonly CollectionLogRow[]): PackFile => ({
  path: "collection-log.csv",
  content: new TextEncoder().encode(toCsv(rows)),
  isOutsideManifest: true,
});
