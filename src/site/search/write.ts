import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Warehouse } from "../../warehouse/open.ts";
import { isFor, type AudienceKind } from "../audience/audience.ts";
import { chunks } from "../busiest.ts";
import type { Clock } from "../format.ts";
import { entryOf, type SearchEntry, type SearchRow } from "./entry.ts";
import { bucketOf, bucketsFor, indexScript, listScript, NEWEST } from "./lists.ts";

/** In the order in which what matches equally well is listed. */
const WHOLE = ["service", "team", "control"] as const;
const NEWEST_FIRST = ["release", "incident", "ticket", "change"] as const;

/**
 * Writes what search looks through, below `search/`: all services, teams and controls and the newest of everything
 * else, by kind; older things by their number. No list grows with the company.
 */
export async function writeSearch(warehouse: Warehouse, folder: string, clock: Clock, kind: AudienceKind): Promise<void> {
  const home = join(folder, "search");
  await mkdir(home, { recursive: true });
  const write = (name: string, entries: readonly SearchEntry[]) =>
    writeFile(join(home, `${name}.js`), listScript(name, entries));
  const entriesOf = async (kind: string, which: string) => {
    const sql = `from reports.search_entry where kind = $1 and ${which} order by place`;
    return (await warehouse.rows<SearchRow>(sql, [kind])).map((row) => entryOf(row, clock));
  };
  const lists: string[] = [];
  const writeNext = async (name: string, entries: readonly SearchEntry[]) => {
    lists.push(name);
    await write(name, entries);
  };
  for (const kind of WHOLE) {
    const parts = chunks(await entriesOf(kind, "true"), NEWEST);
    for (const [at, part] of parts.entries()) if (part.length > 0) await writeNext(`${kind}-${at + 1}`, part);
  }
  // They stand on pages that leadership has not.
  const newestFirst = isFor(kind, "teams") ? NEWEST_FIRST : [];
  for (const kind of newestFirst) {
    const newest = await entriesOf(kind, `place <= ${NEWEST}`);
    if (newest.length > 0) await writeNext(`${kind}-1`, newest);
  }
  const older: SearchEntry[][] = [];
  for (const kind of newestFirst) older.push(await entriesOf(kind, `place > ${NEWEST}`));
  const buckets = byNumber(older.flat());
  for (const [at, entries] of buckets.entries()) await write(`by-number-${at}`, entries);
  await writeFile(join(home, "index.js"), indexScript(lists, buckets.length));
}

/** By their number: nobody types more of what is old. */
function byNumber(entries: readonly SearchEntry[]): SearchEntry[][] {
  const buckets: SearchEntry[][] = Array.from({ length: bucketsFor(entries.length) }, () => []);
  for (const entry of entries) buckets[bucketOf(entry[4], buckets.length)]?.push(entry);
  return buckets;
}
