import type { DuckDBAppender } from "@duckdb/node-api";
import { z } from "zod";
import { DataError } from "../../../src/errors.ts";
import { migrate } from "../../../src/warehouse/migrate.ts";
import { inMemory, opening, privateFiles, secure, wrap, type Warehouse } from "../../../src/warehouse/open.ts";
import { checkDepth } from "../fields.ts";
import { CHAIN_FILE, COLLECTION_FILE, SEALED_FILE } from "../log.ts";
import { EARLIER_FILE } from "../records.ts";
import { sqlOf } from "../sql.ts";
import { linesOf } from "./lines.ts";
import { json, placeIn, type HeldRecords, type IndexedStream, type OpenedPack } from "./pack.ts";

/** A database in memory in which a pack is computed anew: no file, no network, no setting is in reach of what runs in it. */
export async function openSandbox(memoryLimit = "2GB"): Promise<Warehouse> {
  return opening(":memory:", async (opened, close) => {
    const connection = await inMemory(opened, privateFiles("read", opened), { memoryLimit });
    const warehouse = wrap(":memory:", connection, close);
    await secure(warehouse);
    await migrate(warehouse, "write");
    return warehouse;
  });
}

const TABLES = `
  create temp table pack_record (
    source varchar, stream varchar, file varchar, line bigint, key varchar, updated_at varchar, sha256 varchar, version bigint,
    is_earlier boolean, is_deleted boolean, is_reduced boolean, payload varchar, erased varchar
  );
  create temp table pack_sealed_line (
    line bigint, batch bigint, ordinal bigint, version bigint, is_deleted boolean, updated_at_us bigint, sha256 varchar
  );
  create temp table pack_batch (
    line bigint, batch_id bigint, run_id bigint, source varchar, stream varchar, records bigint, fetched_at_us bigint, sha256 varchar,
    previous_sha256 varchar, chain_sha256 varchar
  );
  create temp table pack_fact (line bigint, fact varchar);
  create temp table pack_held (source varchar, stream varchar, records bigint)`;

/** A batch is of one stream. */
const SEALED = `
  create temp table pack_sealed as
  select b.source, b.stream, s.*
  from pack_sealed_line as s
  join pack_batch as b on b.batch_id = s.batch`;

/**
 * Loads the evidence of a pack as if it had been collected. Returns what does not fit together in it.
 * @throws {DataError} naming file and line of what is no evidence
 */
export async function loadEvidence(warehouse: Warehouse, pack: OpenedPack): Promise<readonly string[]> {
  for (const table of TABLES.split(";")) await warehouse.run(table);
  for (const stream of pack.streams) await loadRecords(warehouse, pack.folder, stream.file, stream);
  await loadRecords(warehouse, pack.folder, EARLIER_FILE, undefined);
  await loadBatches(warehouse, pack.folder);
  await loadSealed(warehouse, pack.folder);
  await warehouse.run(SEALED);
  await loadFacts(warehouse, pack.folder);
  await loadHeld(warehouse, pack.held ?? []);
  const problems = await warehouse.rows<{ problem: string }>(sqlOf("evidence_problems"), [
    pack.isWhole,
  ]);
  await warehouse.run(sqlOf("load_evidence"));
  for (const statement of sqlOf("load_facts").split(";\n")) await warehouse.run(statement);
  return problems.map(({ problem }) => problem);
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const instant = z.iso.datetime({ offset: true });

const recordLine = z.object({
  key: z.string(),
  updated_at: instant.nullable(),
  sha256: hash,
  reduced: z.boolean().optional(),
  payload: z.unknown(),
});

const earlierLine = recordLine.extend({
  source: z.string(),
  stream: z.string(),
  version: z.int().positive(),
  is_deleted: z.boolean(),
  erased: z.string().optional(),
});

/** Records of a stream, or of all streams what they said before. */
async function loadRecords(
  warehouse: Warehouse,
  folder: string,
  file: string,
  of: IndexedStream | undefined,
): Promise<void> {
  const seen = new Set<string>();
  await appended(warehouse, "pack_record", async (appender) => {
    for await (const { line, text } of linesOf(placeIn(folder, file), file)) {
      const place = `${file}:${line}`;
      const record =
        of === undefined
          ? parsed(earlierLine, text, place)
          : {
              ...parsed(recordLine, text, place),
              source: of.source,
              stream: of.stream,
              version: 1,
              is_deleted: false,
              erased: undefined,
            };
      if (of !== undefined && seen.has(record.key))
        throw new DataError(`${place}: the record ${JSON.stringify(record.key)} is there twice`);
      if (of !== undefined) seen.add(record.key);
      appender.appendVarchar(record.source);
      appender.appendVarchar(record.stream);
      appender.appendVarchar(file);
      appender.appendBigInt(BigInt(line));
      appender.appendVarchar(record.key);
      appendText(appender, record.updated_at);
      appender.appendVarchar(record.sha256);
      appender.appendBigInt(BigInt(record.version));
      appender.appendBoolean(of === undefined);
      appender.appendBoolean(record.is_deleted);
      appender.appendBoolean(record.reduced ?? false);
      appendText(appender, record.is_deleted || record.erased !== undefined ? null : payloadOf(text, place));
      appendText(appender, record.erased ?? null);
      appender.endRow();
    }
  });
  await refuseUnreadable(warehouse, file);
}

const PAYLOAD = ',"payload":';

/** As it stands in the line: its hash is of these very characters. */
function payloadOf(text: string, place: string): string {
  const start = text.indexOf(PAYLOAD);
  if (start < 0 || !text.endsWith("}"))
    throw new DataError(`${place}: expected the payload last, as Quarterdeck writes it`);
  return text.slice(start + PAYLOAD.length, -1);
}

/** JavaScript takes a few things for JSON that DuckDB does not. */
async function refuseUnreadable(warehouse: Warehouse, file: string): Promise<void> {
  const [bad] = await warehouse.rows<{ line: number }>(
    "select min(line) as line from pack_record where file = ? and payload is not null and not json_valid(payload) having min(line) is not null",
    [file],
  );
  if (bad !== undefined) throw new DataError(`${file}:${bad.line}: its payload is not JSON`);
}

const SEALED_LINE = /^(\d{1,15}),(\d{1,15}),(\d{1,9}),(true|false),(-?\d{1,18})?,([0-9a-f]{64})$/;

async function loadSealed(warehouse: Warehouse, folder: string): Promise<void> {
  await appended(warehouse, "pack_sealed_line", async (appender) => {
    for await (const { line, text } of linesOf(placeIn(folder, SEALED_FILE), SEALED_FILE)) {
      if (line === 1) continue;
      const [, batch, ordinal, version, isDeleted, updatedAt, sha256] = SEALED_LINE.exec(text) ?? [];
      if (sha256 === undefined)
        throw new DataError(
          `${SEALED_FILE}:${line}: expected batch,ordinal,version,is_deleted,updated_at_us,sha256`,
        );
      for (const number of [line, batch, ordinal, version]) appender.appendBigInt(BigInt(number ?? 0));
      appender.appendBoolean(isDeleted === "true");
      if (updatedAt === undefined || updatedAt === "") appender.appendNull();
      else appender.appendBigInt(BigInt(updatedAt));
      appender.appendVarchar(sha256);
      appender.endRow();
    }
  });
}

const count = z.int().nonnegative();

const batchLine = z.object({
  ...{ sha256: hash, previous_sha256: hash.or(z.literal("")), chain_sha256: hash },
  ...{
    batch: count,
    run: count,
    fetched_at_us: z.int().nullable(),
    records: count,
    source: z.string(),
    stream: z.string(),
  },
});

async function loadBatches(warehouse: Warehouse, folder: string): Promise<void> {
  const file = CHAIN_FILE;
  const seen = new Set<number>();
  await appended(warehouse, "pack_batch", async (appender) => {
    for await (const { line, text } of linesOf(placeIn(folder, file), file)) {
      const batch = parsed(batchLine, text, `${file}:${line}`);
      if (seen.has(batch.batch)) throw new DataError(`${file}:${line}: batch ${batch.batch} is there twice`);
      seen.add(batch.batch);
      for (const number of [line, batch.batch, batch.run]) appender.appendBigInt(BigInt(number));
      appender.appendVarchar(batch.source);
      appender.appendVarchar(batch.stream);
      appender.appendBigInt(BigInt(batch.records));
      appender.appendBigInt(BigInt(batch.fetched_at_us ?? 0));
      for (const text_ of [batch.sha256, batch.previous_sha256, batch.chain_sha256])
        appender.appendVarchar(text_);
      appender.endRow();
    }
  });
}

const facts = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("run"),
    run: count,
    started_at: z.string(),
    finished_at: z.string().nullable(),
    status: z.string(),
  }),
  z.object({
    ...{
      kind: z.literal("stream"),
      run: count,
      source: z.string(),
      stream: z.string(),
      started_at: z.string(),
      status: z.string(),
    },
    ...{ declared_total: z.int().nullable() },
  }),
  z.object({
    kind: z.literal("file"),
    run: count,
    source: z.string(),
    stream: z.string(),
    file: z.string(),
    accepted: count,
    rejected: count,
  }),
  z.object({
    kind: z.literal("rejected"),
    run: count,
    source: z.string(),
    stream: z.string(),
    file: z.string(),
    line: z.int(),
  }),
  z.object({ kind: z.literal("disposal"), entry: count, at: z.string(), by: z.string(), reason: z.string(), document: z.looseObject({}) }),
]);

async function loadFacts(warehouse: Warehouse, folder: string): Promise<void> {
  const file = COLLECTION_FILE;
  await appended(warehouse, "pack_fact", async (appender) => {
    for await (const { line, text } of linesOf(placeIn(folder, file), file)) {
      parsed(facts, text, `${file}:${line}`);
      appender.appendBigInt(BigInt(line));
      appender.appendVarchar(text);
      appender.endRow();
    }
  });
}

const loadHeld = (warehouse: Warehouse, held: readonly HeldRecords[]): Promise<void> =>
  appended(warehouse, "pack_held", (appender) => {
    for (const { source, stream, records } of held) {
      appender.appendVarchar(source);
      appender.appendVarchar(stream);
      appender.appendBigInt(BigInt(records));
      appender.endRow();
    }
    return Promise.resolve();
  });

function parsed<Output>(schema: z.ZodType<Output>, text: string, place: string): Output {
  checkDepth(text, place);
  const result = schema.safeParse(json(text, place));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new DataError(
    `${place}: ${issue?.path.join(".") || "line"}: ${issue?.message ?? "is not what a pack has"}`,
  );
}

function appendText(appender: DuckDBAppender, text: string | null): void {
  if (text === null) appender.appendNull();
  else appender.appendVarchar(text);
}

async function appended(
  warehouse: Warehouse,
  table: string,
  append: (appender: DuckDBAppender) => Promise<void>,
): Promise<void> {
  const appender = await warehouse.connection.createAppender(table);
  await append(appender);
  appender.closeSync();
}
