import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../../collectors/contract.ts";
import { packageRoot } from "../package-root.ts";
import type { Warehouse } from "./open.ts";

export interface Subject {
  readonly person_id: string;
  /** As sources write them: logins, accounts and addresses. */
  readonly names: readonly string[];
}

export interface Mention {
  readonly source: string;
  readonly stream: string;
  readonly key: string;
  readonly version: number;
  readonly fetched_at: string;
  /** Where in the record they are named. */
  readonly fields: readonly string[];
  readonly payload: Json;
}

const NAMES = readFileSync(join(packageRoot, "src/warehouse/sql/pseudonym_name.sql"), "utf8");

/** Everybody who may be meant by a login, address or name, with all names that they are known by, such as what they sign commits with. */
export async function subjectsNamed(warehouse: Warehouse, login: string): Promise<Subject[]> {
  return warehouse.rows<Subject>(
    `with called as (${NAMES}),
     known as (
       select person_id, unnest([login, key]) as name from model.person_login
       union
       select person, name from called
     )
     select person_id, list_sort(list_distinct(list(name))) as names
     from known
     where person_id in (select person_id from known where lower(name) = lower(?) or person_id = ?)
     group by person_id order by person_id`,
    [login, login],
  );
}

const MENTIONED = join(packageRoot, "src/warehouse/sql/subject.sql");

/** Every version of every record that names one of these, with what it says. */
export async function mentionsOf(warehouse: Warehouse, names: readonly string[]): Promise<Mention[]> {
  const words = [...new Set(names.map((name) => name.toLowerCase()))].sort();
  const rows = await warehouse.rows<Omit<Mention, "fields" | "payload"> & { payload: string }>(
    readFileSync(MENTIONED, "utf8"),
    [JSON.stringify(words)],
  );
  const named = namedBy(words);
  return rows.flatMap(({ payload: text, ...row }) => {
    const payload = JSON.parse(text) as Json;
    const fields = [...(named(row.key) ? ["key"] : []), ...placesOf(payload, named, "")];
    return fields.length === 0 ? [] : [{ ...row, fields, payload }];
  });
}

/** A word of its own: "ann" is not in "planned". */
function namedBy(words: readonly string[]): (text: string) => boolean {
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`));
  const expression = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${escaped.join("|")})(?![\\p{L}\\p{N}_])`, "iu");
  return (text) => expression.test(text);
}

function placesOf(value: Json, named: (text: string) => boolean, path: string): string[] {
  if (typeof value === "string") return named(value) ? [path] : [];
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => placesOf(item, named, `${path}[]`)))];
  return Object.entries(value).flatMap(([name, item]) =>
    placesOf(item, named, path === "" ? name : `${path}.${name}`),
  );
}
