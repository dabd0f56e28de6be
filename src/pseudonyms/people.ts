import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../../collectors/contract.ts";
import { UsageError } from "../errors.ts";
import { packageRoot } from "../package-root.ts";
import { queryFiles } from "../warehouse/model.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { folded } from "./fold.ts";
import type { Pseudonyms } from "./key.ts";
import type { MapRow } from "./map-file.ts";
import { peopleIn } from "./values.ts";
import { replacerOf, type Replacer, type Vocabulary } from "./words.ts";

const sqlOf = (name: string) => readFileSync(join(packageRoot, "src/warehouse/sql", `${name}.sql`), "utf8");

interface NamedRow {
  readonly name: string;
  readonly person: string;
  readonly kind: string;
}

export interface People {
  readonly replacer: Replacer;
  /** Everything that was replaced, for who holds the key. Addresses that only texts have are not among it. */
  readonly map: readonly MapRow[];
}

/**
 * Who is to be replaced by what: everybody whom the model knows, and whoever stands where people stand in a record that it leaves out. Addresses need not be known to be found.
 * @throws {UsageError} when a map without a key lacks somebody
 */
export async function readPeople(
  warehouse: Warehouse,
  pseudonyms: Pseudonyms,
  localQueries?: string,
): Promise<People> {
  const { map, ...vocabulary } = await readNames(warehouse, pseudonyms, localQueries);
  return { map, replacer: replacerOf({ names: map, ...vocabulary }) };
}

interface KnownNames extends Omit<Vocabulary, "names"> {
  readonly map: readonly MapRow[];
}

/** What people are known by, and what else these words mean. */
export async function readNames(
  warehouse: Warehouse,
  pseudonyms: Pick<Pseudonyms, "of">,
  localQueries?: string,
): Promise<KnownNames> {
  const kept = await warehouse.rows<{ name: string; is_word: boolean }>(sqlOf("pseudonym_kept"));
  const known = await warehouse.rows<NamedRow>(sqlOf("pseudonym_name"));
  const nobody = new Set(kept.map(({ name }) => name));
  const rows = [...known, ...(await strangers(warehouse, known, nobody))];
  return {
    map: mapOf(rows, pseudonyms),
    kept: new Set(kept.filter(({ is_word }) => !is_word).map(({ name }) => name)),
    words: new Set([...wordsOfQueries(localQueries), ...kept.filter(({ is_word }) => is_word).map(({ name }) => name)]),
    isShared: await sharedAddresses(warehouse),
    ofStranger: (address) => pseudonyms.of(`named/${address}`, [address]) ?? "person-unknown",
  };
}

function mapOf(rows: readonly NamedRow[], pseudonyms: Pick<Pseudonyms, "of">): MapRow[] {
  const people = Map.groupBy(rows, ({ person }) => person);
  const given = [...people].map(([person, of]) => {
    const names = of.map(({ name }) => name);
    return { person, of, pseudonym: pseudonyms.of(person, names) };
  });
  const missing = given.filter(({ pseudonym }) => pseudonym === undefined).length;
  if (missing > 0)
    throw new UsageError(
      `--pseudonyms: the map has no pseudonym for ${missing} of ${given.length} people, and no key to make one with: name the key, or a map that was written with --write-map`,
    );
  return given
    .flatMap(({ person, of, pseudonym = "" }) => of.map(({ kind, name }) => ({ pseudonym, person, kind, name })))
    .sort((a, b) => (a.pseudonym + a.name < b.pseudonym + b.name ? -1 : 1));
}

async function sharedAddresses(warehouse: Warehouse): Promise<(address: string) => boolean> {
  const rows = await warehouse.rows<{ pattern: string }>("select pattern from staging.config_shared_address order by pattern");
  const expressions = rows.map(({ pattern }) => new RegExp(`^${likeAsExpression(pattern)}$`, "su"));
  return (address) => expressions.some((expression) => expression.test(address));
}

/** A pattern of `like` with a backslash before what is meant as it is. */
const likeAsExpression = (pattern: string) =>
  pattern.replace(/\\(.)|%|_|[.*+?^${}()|[\]/]/gsu, (sign, meant?: string) =>
    sign === "%" ? ".*" : sign === "_" ? "." : (meant ?? sign).replace(/[.*+?^${}()|[\]\\/]/, String.raw`\$&`),
  );

/** Who stands where people stand and is not known: after as-of, or in a field that no query reads. */
async function strangers(
  warehouse: Warehouse,
  known: readonly NamedRow[],
  nobody: ReadonlySet<string>,
): Promise<NamedRow[]> {
  const names = new Set(known.map(({ name }) => folded(name)));
  const found = new Map<string, NamedRow>();
  for await (const payload of payloads(warehouse)) {
    peopleIn(payload, (value) => {
      for (const part of value.split(/[;,|<>\n]+/)) {
        const name = folded(part);
        if (name === "" || name.includes("@") || names.has(name) || nobody.has(name) || isNobody(name)) continue;
        found.set(name, { name: part.trim(), person: `named/${name}`, kind: "login" });
      }
    });
  }
  return [...found.values()].sort((a, b) => (a.person < b.person ? -1 : 1));
}

const isNobody = (name: string) =>
  name === "ghost" || name.includes("[bot]") || /^(?:(?:project|group)_[0-9]+_bot|service_account_)/.test(name) || name.length > 200;

async function* payloads(warehouse: Warehouse): AsyncGenerator<Json> {
  const result = await warehouse.connection.stream(
    "select payload::varchar as payload from raw.kept where payload is not null order by source, stream, key, version",
  );
  for await (const rows of result.yieldRowObjectJson())
    for (const { payload } of rows) yield JSON.parse(payload as string) as Json;
}

/**
 * Words with a meaning to queries: names, and values that they tell apart, parameters of controls included. In the organisation's own queries only
 * names: a value may be somebody's login.
 */
function wordsOfQueries(localQueries: string | undefined): string[] {
  return queryFiles(localQueries).flatMap(({ sql, header, isLocal }) => {
    const code = sql.replaceAll(/--[^\n]*/g, "");
    const said = isLocal ? code.replaceAll(/'(?:[^']|'')*'/g, " ") : `${code} ${JSON.stringify(header.parameters ?? "")}`;
    return said.toLowerCase().match(/[a-z][a-z0-9]*/g) ?? [];
  });
}
