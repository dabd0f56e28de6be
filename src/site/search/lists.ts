import type { SearchEntry } from "./entry.ts";

/** Entries of a list that is looked through whenever somebody searches. */
export const NEWEST = 2000;
/** Entries of a list that is looked through for one number, about. */
const PER_NUMBER = 500;

/** As many lists as older things are spread over by their number. */
export const bucketsFor = (entries: number): number => Math.ceil(entries / PER_NUMBER);

/** FNV-1a, which the script of the page computes too. */
export function bucketOf(key: string, buckets: number): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % buckets;
}

/** A list as a classic script, which pages may load from a folder too. Text in it ends no script and no line. */
export function listScript(name: string, entries: readonly SearchEntry[]): string {
  return `found(${scriptJson(name)},[\n${entries.map(scriptJson).join(",\n")}\n]);\n`;
}

export const indexScript = (lists: readonly string[], buckets: number): string =>
  `searchIn(${scriptJson(lists)},${buckets});\n`;

const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
