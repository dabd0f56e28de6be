import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Warehouse } from "../../warehouse/open.ts";
import { isFor, type AudienceKind } from "../audience/audience.ts";
import { chunks } from "../busiest.ts";
import { entryOf, type SearchEntry, type SearchRow } from "./entry.ts";
import { bucketOf, bucketsFor, indexScript, listScript, NEWEST } from "./lists.ts";

/** In the order in which what matches equally well is listed. */
const WHOLE = ["service", "team", "control"] as const;
const NEWEST_FIRST = ["release", "incident", "ticket", "change"] as const;

/**
 * Writes what search looks through, below `search/`: all services, teams and controls and the newest of everything
 * else, by kind; older things by their number. No list grows with the company.
 */
export async function writeSearch(warehouse: Warehouse, folder: string, kind: AudienceKind = "audit"): Promise<void> {
  const home = join(folder, "search");
  await mkdir(home, { recursive: true });
  const write = (name: string, entries: readonly SearchEntry[]) =>
    writeFile(join(home, `${name}.js`), listScript(name, entries));
  const lists: string[] = [];
  const writeNext = async (name: string, entries: readonly SearchEntry[]) => {
    lists.push(name);
    await write(name, entries);
  };
  for (const kind of WHOLE) {
    const parts = chunks(await entriesOf(warehouse, kind, "true"), NEWEST);
    for (const [at, part] of parts.entries()) if (part.length > 0) await writeNext(`${kind}-${at + 1}`, part);
  }
  // They stand on pages that leadership has not.
  const newestFirst = isFor(kind, "teams") ? NEWEST_FIRST : [];
  for (const kind of newestFirst) {
    const newest = await entriesOf(warehouse, kind, `place <= ${NEWEST}`);
    if (newest.length > 0) await writeNext(`${kind}-1`, newest);
  }
  const older = await olderByNumber(warehouse, newestFirst);
  for (const [at, entries] of older.entries()) await write(`by-number-${at}`, entries);
  await writeFile(join(home, "index.js"), indexScript(lists, older.length));
}

async function entriesOf(warehouse: Warehouse, kind: string, which: string): Promise<SearchEntry[]> {
  const sql = `from reports.search_entry where kind = $1 and ${which} order by place`;
  return (await warehouse.rows<SearchRow>(sql, [kind])).map(entryOf);
}

async function olderByNumber(warehouse: Warehouse, kinds: readonly string[]): Promise<SearchEntry[][]> {
  const older = [];
  for (const kind of kinds) older.push(await entriesOf(warehouse, kind, `place > ${NEWEST}`));
  const entries = older.flat();
  const buckets: SearchEntry[][] = Array.from({ length: bucketsFor(entries.length) }, () => []);
  for (const entry of entries) buckets[bucketOf(entry[4], buckets.length)]?.push(entry);
  return buckets;
}
