import { literal } from "../../warehouse/literal.ts";
import { openWarehouse, type Warehouse } from "../../warehouse/open.ts";
import type { Mask } from "./masks.ts";
import type { Place } from "./place.ts";
import { keyOf, name, type Column, type Said } from "./said.ts";

export interface Masked {
  readonly place: Place;
  /** Whether a relation says what it says to auditors. */
  readonly isSame: (relation: string) => boolean;
}

/** In these people stand, or may: they are as they are where people are hidden. */
const PEOPLE = /^(?:author|deployer|approvers?|requested_by|decided_by|asserted_by|booked_by|disposed_by|created_by|merged_by)$/;
/** A row that could not be read, as it stood there. */
const UNREAD = "row_text";
/** A team, or a person. */
const OWNER = "owner";

const isEmptied = ({ column_name }: Column) => PEOPLE.test(column_name) || column_name === UNREAD;

/**
 * Makes a second database at `path`, which holds what the site reads as the mask has it: where a text differs the whole table, else a view of the first one's.
 * What is made of it has nothing else in it, whatever pages do.
 */
export async function maskedDatabase(named: string, path: string, { tables, texts, lists }: Said, mask: Mask): Promise<Masked> {
  const writer = await openWarehouse(path, { mode: "write", named });
  const changed = new Set<string>();
  try {
    await recordMasks(writer, texts, lists, mask);
    for (const schema of new Set([...tables.keys()].map((relation) => relation.split(".")[0] ?? "")))
      await writer.run(`create schema if not exists ${schema}`);
    const unplaced = await viewsOf(writer);
    for (const [relation, columns] of tables) {
      const differing = await differingIn(writer, relation, columns);
      if (differing.size > 0) changed.add(relation);
      await writer.run(differing.size > 0 ? maskedTable(relation, columns, differing, unplaced) : viewOf(relation, unplaced));
    }
  } finally {
    writer.close();
  }
  return { place: { path, named }, isSame: (relation) => !changed.has(relation) };
}

/** What is a view in the first database: its rows have no place. */
async function viewsOf(writer: Warehouse): Promise<ReadonlySet<string>> {
  const views = await writer.rows<{ relation: string }>(
    "select schema_name || '.' || view_name as relation from duckdb_views() where database_name = 'named' and not internal",
  );
  return new Set(views.map(({ relation }) => relation));
}

/** With the place of its rows, by which pages order what they read. */
const viewOf = (relation: string, unplaced: ReadonlySet<string>) =>
  `create view ${relation} as select *${unplaced.has(relation) ? "" : ", rowid"} from named.${relation}`;

/** What stands in place of a text or list, where that differs. */
async function recordMasks(writer: Warehouse, texts: readonly string[], lists: readonly string[], mask: Mask): Promise<void> {
  await writer.run("create temp table mask (old varchar, new varchar)");
  const appender = await writer.connection.createAppender("mask");
  const record = (text: string, masked: string | null) => {
    if (masked === text) return;
    appender.appendVarchar(text);
    if (masked === null) appender.appendNull();
    else appender.appendVarchar(masked);
    appender.endRow();
  };
  const given = distinctly(texts, mask);
  for (const text of texts) record(text, given(text));
  for (const list of lists)
    record(list, JSON.stringify((JSON.parse(list) as (string | null)[]).map((part) => (part === null ? null : given(part)))));
  appender.closeSync();
}

/** Identifiers stay different from each other; a mask alone, and sentences, need not. */
function distinctly(texts: readonly string[], mask: Mask): Mask {
  const taken = new Set(texts);
  const given = new Map<string, string | null>();
  const free = (masked: string): string => {
    if (/\s/.test(masked.replaceAll(/\[[a-z ]+\]/g, "")) || /^\[[a-z ]+\]$/.test(masked)) return masked;
    let other = masked;
    for (let number = 2; taken.has(other); number += 1) other = `${masked}-${number}`;
    taken.add(other);
    return other;
  };
  return (text) => {
    const known = given.get(text);
    if (known !== undefined) return known;
    const masked = mask(text);
    const result = masked === null || masked === text ? masked : free(masked);
    given.set(text, result);
    return result;
  };
}

const isText = ({ data_type }: Column) => data_type.startsWith("VARCHAR");

async function differingIn(writer: Warehouse, relation: string, columns: readonly Column[]): Promise<ReadonlySet<Column>> {
  const texts = columns.filter(isText);
  if (texts.length === 0) return new Set();
  const differs = texts.map((column, at) =>
    isEmptied(column) || column.column_name === OWNER
      ? `count(${name(column)}) as c${at}`
      : `count(*) filter (where ${keyOf(column)} in (select old from mask)) as c${at}`,
  );
  const [counted = {}] = await writer.rows<Record<string, number>>(`select ${differs.join(", ")} from named.${relation}`);
  return new Set(texts.filter((_, at) => Number(counted[`c${at}`]) > 0));
}

function maskedTable(relation: string, columns: readonly Column[], differing: ReadonlySet<Column>, unplaced: ReadonlySet<string>): string {
  const joins: string[] = [];
  const values = columns.map((column, at) => {
    if (!differing.has(column)) return `t.${name(column)}`;
    if (isEmptied(column)) return `${emptied(relation, column)} as ${name(column)}`;
    joins.push(`left join mask as m${at} on m${at}.old = ${keyOf(column, "t.")}`);
    return `${masked(column, `m${at}`)} as ${name(column)}`;
  });
  const rows = unplaced.has(relation) ? `(select *, row_number() over () as place from named.${relation})` : `named.${relation}`;
  const order = unplaced.has(relation) ? "t.place" : "t.rowid";
  return `create table ${relation} as select ${values.join(", ")} from ${rows} as t ${joins.join(" ")} order by ${order}`;
}

function masked(column: Column, mask: string): string {
  const own = `t.${name(column)}`;
  const said = column.data_type === "VARCHAR" ? `${mask}.new` : `from_json(${mask}.new, '["VARCHAR"]')`;
  const value = `case when ${mask}.old is null then ${own} else ${said} end`;
  if (column.column_name !== OWNER) return value;
  return `case when ${own} in (select team from named.model.team union select title from named.model.team) then ${own} end`;
}

/** As queries have it where people are hidden. */
function emptied(relation: string, column: Column): string {
  const own = `t.${name(column)}`;
  if (column.data_type !== "VARCHAR") return `case when ${own} is not null then ${literal("[]")}::varchar[] end`;
  if (!relation.includes(".release_")) return "null::varchar";
  return `case when ${own} in ('not recorded', 'withheld') then ${own} when ${own} is not null then 'withheld' end`;
}
