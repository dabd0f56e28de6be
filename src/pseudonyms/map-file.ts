import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import { UsageError } from "../errors.ts";

export interface MapRow {
  readonly pseudonym: string;
  /** As Quarterdeck knows the person. */
  readonly person: string;
  readonly kind: string;
  readonly name: string;
}

/** The row of a map that holds the key, so that whoever comes later gets a pseudonym too. */
export const KEY_ROW = "key";

const COLUMNS = ["pseudonym", "person", "kind", "name"] as const;

/** As packs tell them from other words. */
const PSEUDONYM = /^person-[0-9a-z]{4,64}$/;

const row = z.object({ pseudonym: z.string(), person: z.string(), kind: z.string(), name: z.string().min(1) });

/**
 * The rows of a map; undefined where the text is none.
 * @throws {UsageError} naming the line, and nothing of what is in it
 */
export function readMap(text: string, shownAs: string): MapRow[] | undefined {
  const head = text.replace(/^\ufeff/, "").split(/\r?\n/, 1)[0];
  if (head !== COLUMNS.join(",")) return undefined;
  let rows: unknown[];
  try {
    rows = parse(text, { columns: true, bom: true });
  } catch {
    throw new UsageError(`--pseudonyms: ${shownAs} is no CSV`);
  }
  return rows.map((one, index) => {
    const { success, data } = row.safeParse(one);
    if (!success || (data.kind !== KEY_ROW && !PSEUDONYM.test(data.pseudonym)))
      throw new UsageError(
        `--pseudonyms: ${shownAs}: record ${index + 1}: expected a name, and a pseudonym such as person-3f9a1c2b7d0e`,
      );
    return data;
  });
}

/**
 * Writes a map for who holds the key, readable by its owner only.
 * @throws {UsageError} when something else has that name
 */
export function writeMap(path: string, shownAs: string, rows: readonly MapRow[], key: string | undefined): void {
  if (existsSync(path) && readMap(readFileSync(path, "utf8"), shownAs) === undefined)
    throw new UsageError(`--write-map: ${shownAs} is something else than a map: choose another file`);
  const all = [...(key === undefined ? [] : [{ pseudonym: "", person: "", kind: KEY_ROW, name: key }]), ...rows];
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, stringify(all, { header: true, columns: [...COLUMNS], record_delimiter: "\n" }), {
    mode: 0o600,
  });
  renameSync(draft, path);
}
