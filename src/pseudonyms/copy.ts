import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBAppender, DuckDBValue } from "@duckdb/node-api";
import type { Json } from "../../collectors/contract.ts";
import { packageRoot } from "../package-root.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { jsonText } from "../warehouse/store.ts";
import { peopleIn, pseudonymised } from "./values.ts";
import type { Replacer } from "./words.ts";

const BATCHES = readFileSync(join(packageRoot, "src/warehouse/sql/pseudonym_batch.sql"), "utf8");

/** What may name people of whom nothing else is known. */
const WITHHELD = "[withheld, as people are]";

/** Puts into `target`, a new database, what was collected into `from`, without anybody's name: hashes and chain are of what stands there then. */
export async function copyCollected(from: Warehouse, target: Warehouse, replacer: Replacer): Promise<void> {
  const { text } = replacer;
  const plain = (...columns: number[]) => (row: Values) =>
    row.map((value, index) => (columns.includes(index) && typeof value === "string" ? text(value) : value));
  await copied(from, target, "run", (row) => row);
  await copied(from, target, "source_run", plain(1, 12));
  await copied(from, target, "source_usage", plain(1));
  await copied(from, target, "read_file", plain(1, 3));
  await copied(from, target, "custody", custody(replacer));
  await copied(from, target, "rejected_row", (row) => [...plain(1, 3, 6)(row).slice(0, 7), WITHHELD]);
  await target.run("create temp table pseudonym_batch as from raw.batch limit 0");
  await copied(from, target, "batch", plain(2), "pseudonym_batch");
  await copyRecords(from, target, replacer);
  await chain(target);
}

/** Who disposed of something is withheld: they need not be among the people that records name. */
const custody = (replacer: Replacer) => ([id, at, , kind, reason, document]: Values): Values => [
  ...[id ?? null, at ?? null, WITHHELD, kind ?? null, replacer.text(String(reason))],
  jsonText(pseudonymised(JSON.parse(String(document)) as Json, replacer)),
  ...["", "", ""],
];

/** The chain anew: nobody may guess a name from the hash of what it stood in. */
async function chain(target: Warehouse): Promise<void> {
  const batches = await target.connection.runAndReadAll(BATCHES);
  const appender = await appenderOf(target, "batch");
  const types = batches.columnTypes();
  let before = "";
  for (const row of batches.getRows()) {
    row.forEach((value, index) => {
      appender.appendValue(value, types[index]);
    });
    const head = sha256(before + String(row.at(-1)));
    appender.appendVarchar(before);
    appender.appendVarchar(head);
    appender.endRow();
    before = head;
  }
  appender.closeSync();
}

type Values = readonly DuckDBValue[];

/** Row by row, in an order that does not depend on how they lie. */
async function copied(
  from: Warehouse,
  target: Warehouse,
  table: string,
  change: (row: Values) => Values,
  into = table,
): Promise<void> {
  const appender = await appenderOf(target, into);
  const result = await from.connection.stream(`select * from raw.${table} order by all`);
  const types = result.columnTypes();
  for await (const rows of result.yieldRows()) {
    for (const row of rows) {
      change(row).forEach((value, index) => appender.appendValue(value, types[index]));
      appender.endRow();
    }
  }
  appender.closeSync();
}

const appenderOf = (target: Warehouse, table: string): Promise<DuckDBAppender> =>
  table === "pseudonym_batch" ? target.connection.createAppender(table) : target.connection.createAppender(table, "raw");

interface RecordRow {
  readonly source: string;
  readonly stream: string;
  readonly key: string;
  readonly version: number;
  readonly is_deleted: boolean;
  readonly payload: string | null;
  readonly sha256: string;
  readonly erasure: string | null;
  readonly disposal: bigint | null;
}

/** With what attached archives hold, so that nothing is disposed of in the copy but what is gone for good. */
const RECORDS = `
  select
    r.source, r.stream, r.key, r.version, r.run_id, r.batch_id, r.ordinal, r.fetched_at, r.updated_at, r.is_deleted, r.payload::varchar as payload, r.sha256,
    e.reason as erasure, g.event_id as disposal
  from raw.kept as r
  left join raw.erasure as e
    on e.source = r.source and e.stream = r.stream and e.key = r.key and e.version = r.version and e.sha256 = r.sha256 and r.payload is null
  left join raw.gone as g
    on g.source = r.source and g.stream = r.stream and g.key = r.key and g.version = r.version and r.payload is null
  order by r.source, r.stream, r.key, r.version`;

const NOT_SAID = 2;

async function copyRecords(from: Warehouse, target: Warehouse, replacer: Replacer): Promise<void> {
  const keys = new Keys(replacer);
  const erased: Values[] = [];
  const disposed: Values[] = [];
  const appender = await appenderOf(target, "record");
  const result = await from.connection.stream(RECORDS);
  const types = result.columnTypes();
  const names = result.columnNames();
  for await (const rows of result.yieldRows()) {
    for (const row of rows) {
      const said = Object.fromEntries(names.map((name, index) => [name, row[index]])) as unknown as RecordRow;
      const { key, ...rest } = changed(said, keys, replacer);
      const values = { ...said, ...rest, key };
      if (said.erasure !== null)
        erased.push([values.source, said.stream, key, said.version, rest.sha256, replacer.text(said.erasure)]);
      if (said.disposal !== null)
        disposed.push([said.disposal, values.source, said.stream, key, said.version, rest.sha256]);
      names.slice(0, -NOT_SAID).forEach((name, index) => {
        appender.appendValue(values[name as keyof RecordRow], types[index]);
      });
      appender.endRow();
    }
  }
  appender.closeSync();
  for (const one of erased)
    await target.run("insert into raw.erasure values (?, ?, ?, ?, ?, ?, '', timestamptz '1970-01-01 00:00:00+00')", one);
  for (const one of disposed) await target.run("insert into raw.disposed values (?, ?, ?, ?, ?, ?, false)", one);
}

function changed(row: RecordRow, keys: Keys, replacer: Replacer): Pick<RecordRow, "source" | "key" | "payload" | "sha256"> {
  const source = replacer.text(row.source);
  const before = row.payload === null ? undefined : (JSON.parse(row.payload) as Json);
  const key = keys.of(row, before);
  const payload = before === undefined ? null : jsonText(pseudonymised(before, replacer));
  // Of what was erased or disposed of nothing is known but that it was there.
  const isGone = row.erasure !== null || row.disposal !== null;
  const said = isGone ? `version ${row.version}, which is gone` : (payload ?? "deleted");
  return { source, key, payload, sha256: sha256([source, row.stream, key, said].join("\u001f")) };
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Keys of records, which name people as well, and stay different where two names of a person made them so. */
class Keys {
  readonly #replacer: Replacer;
  readonly #given = new Map<string, string>();
  readonly #taken = new Set<string>();
  #stream = "";

  constructor(replacer: Replacer) {
    this.#replacer = replacer;
  }

  /** Rows come stream by stream. */
  of({ source, stream, key }: RecordRow, payload: Json | undefined): string {
    if (this.#stream !== `${source} ${stream}`) {
      this.#stream = `${source} ${stream}`;
      this.#given.clear();
      this.#taken.clear();
    }
    const before = this.#given.get(key);
    if (before !== undefined) return before;
    const given = this.#free(without(key, this.#peopleOf(payload), this.#replacer));
    this.#given.set(key, given);
    this.#taken.add(given);
    return given;
  }

  /** In the key a person is whoever is one in the record, however ordinary a word the name is. */
  #peopleOf(payload: Json | undefined): ReadonlySet<string> {
    const people = new Set<string>();
    if (payload !== undefined) peopleIn(payload, (name) => people.add(name));
    return people;
  }

  #free(key: string): string {
    if (!this.#taken.has(key)) return key;
    for (let number = 2; ; number += 1) {
      const other = numbered(key, number);
      if (!this.#taken.has(other)) return other;
    }
  }
}

function numbered(key: string, number: number): string {
  const parts = partsOf(key);
  return parts === undefined ? `${key}#${number}` : JSON.stringify([...parts, String(number)]);
}

function without(key: string, people: ReadonlySet<string>, { text, exact }: Replacer): string {
  const parts = partsOf(key);
  const of = (part: string) => (people.has(part) ? (exact(part) ?? text(part)) : text(part));
  return parts === undefined
    ? of(key)
    : JSON.stringify(parts.map((part) => (typeof part === "string" ? of(part) : part)));
}

function partsOf(key: string): Json[] | undefined {
  if (!key.startsWith("[")) return undefined;
  try {
    return JSON.parse(key) as Json[];
  } catch {
    return undefined;
  }
}
