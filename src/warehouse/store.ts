import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json, Page, RawRecord } from "../../collectors/contract.ts";
import { packageRoot } from "../package-root.ts";
import { databaseError } from "./database-error.ts";
import type { Warehouse } from "./open.ts";

const sql = (name: string) => readFileSync(join(packageRoot, "src/warehouse/sql", `${name}.sql`), "utf8");
const INCOMING = sql("incoming");
const STORE_PAGE = sql("store_page");
const CHAIN_BATCH = sql("chain_batch");
const DELETE_MISSING = sql("delete_missing");
const REFILL = sql("refill");

const READ_FILES = `
  insert into raw.read_file
  select ?, ?, ?, item.file, item.accepted, item.rejected
  from (select unnest(from_json(?::json, '[{"file":"VARCHAR","accepted":"BIGINT","rejected":"BIGINT"}]')) as item)`;

export interface StreamTarget {
  readonly source: string;
  readonly stream: string;
  readonly runId: number;
  readonly fetchedAt: Date;
}

export interface Stored {
  readonly stored: number;
  readonly unchanged: number;
  readonly deleted: number;
}

/** Runs `work` in one transaction: all of it happens, or nothing. */
export async function inTransaction<T>(warehouse: Warehouse, work: () => Promise<T>): Promise<T> {
  await warehouse.run("begin");
  try {
    const result = await work();
    await warehouse.run("commit");
    return result;
  } catch (error) {
    await warehouse.run("rollback").catch(() => undefined);
    throw databaseError(error, warehouse.path) ?? error;
  }
}

export async function readCursor(warehouse: Warehouse, source: string, stream: string): Promise<Json | undefined> {
  const [row] = await warehouse.rows<{ cursor: string }>(
    "select cursor::varchar as cursor from raw.cursor where source = ? and stream = ?",
    [source, stream],
  );
  return row === undefined ? undefined : (JSON.parse(row.cursor) as Json);
}

/** Stores one page: records, rejected rows and cursor in one transaction. */
export function storePage(warehouse: Warehouse, target: StreamTarget, page: Page): Promise<Stored> {
  return inTransaction(warehouse, async () => {
    const counts = await storeRecords(warehouse, target, page);
    await storeRejected(warehouse, target, page);
    await storeCursor(warehouse, target, page.cursor);
    return counts;
  });
}

async function storeRecords(warehouse: Warehouse, target: StreamTarget, page: Page): Promise<Stored> {
  // Many pages bring a cursor only: where nothing has changed, that is most of a run.
  if (page.records.length === 0 && page.isSnapshotEnd !== true) return { stored: 0, unchanged: 0, deleted: 0 };
  await warehouse.run(INCOMING);
  await appendRecords(warehouse, page);
  await rememberKeys(warehouse, target, page);
  return storeIncoming(warehouse, target);
}

/** Adds a version that no source said, within a transaction of the caller's. */
export async function storeVersion(warehouse: Warehouse, target: StreamTarget, record: RawRecord): Promise<void> {
  await warehouse.run(INCOMING);
  await appendRecords(warehouse, { records: [record] });
  await storeIncoming(warehouse, target);
}

async function appendRecords(warehouse: Warehouse, page: Pick<Page, "records">): Promise<void> {
  const appender = await warehouse.connection.createAppender("incoming");
  page.records.forEach(({ key, updatedAt, payload }, ordinal) => {
    appender.appendBigInt(BigInt(ordinal));
    appender.appendVarchar(key);
    if (updatedAt === undefined) appender.appendNull();
    else appender.appendVarchar(updatedAt);
    if (payload === null) appender.appendNull();
    else appender.appendVarchar(jsonText(payload));
    appender.endRow();
  });
  appender.closeSync();
}

/** Half of a surrogate pair, which JSON writes as an escape, is no character to DuckDB: it would refuse the page. */
export function jsonText(payload: unknown): string {
  const text = JSON.stringify(payload);
  if (!text.includes("\\ud")) return text;
  return text.replace(/\\(?:u(d[89a-f][0-9a-f]{2})|.)/g, (escape, half?: string) => (half === undefined ? escape : "\\ufffd"));
}

/** Keys of a run are kept in a table that ends with the connection: only a snapshot asks for them. */
async function rememberKeys(warehouse: Warehouse, { source, stream }: StreamTarget, page: Page): Promise<void> {
  await warehouse.run("create temp table if not exists seen_key (key varchar)");
  await warehouse.run("insert into seen_key select key from incoming");
  if (page.isSnapshotEnd !== true) return;
  await warehouse.run(DELETE_MISSING, [source, stream, BigInt(page.records.length)]);
}

/** To be called before the first page of a stream in a run. */
export async function forgetKeys(warehouse: Warehouse): Promise<void> {
  await warehouse.run("create or replace temp table seen_key (key varchar)");
}

async function storeIncoming(warehouse: Warehouse, target: StreamTarget): Promise<Stored> {
  const { source, stream, runId, fetchedAt } = target;
  const [batch] = await warehouse.rows<{ batch: number }>(
    "select coalesce(max(batch_id), 0) + 1 as batch from raw.batch",
  );
  const batchId = batch?.batch ?? 1;
  await warehouse.run(STORE_PAGE, [source, stream, runId, batchId, fetchedAt.toISOString()]);
  await refill(warehouse, target);
  const [counts] = await warehouse.rows<{ incoming: number; stored: number; deleted: number }>(
    `select
       (select count(*) from incoming) as incoming,
       count(*) as stored,
       count(*) filter (where is_deleted) as deleted
     from raw.record where batch_id = ?`,
    [batchId],
  );
  const { incoming, stored, deleted } = counts ?? { incoming: 0, stored: 0, deleted: 0 };
  if (stored > 0) await warehouse.run(CHAIN_BATCH, [batchId, runId, source, stream]);
  return { stored: stored - deleted, unchanged: incoming - stored, deleted };
}

/** Only a database that was restored from archives has what there is to fill. */
async function refill(warehouse: Warehouse, { source, stream }: StreamTarget): Promise<void> {
  const restored = await warehouse.rows("select 1 from raw.custody where kind = 'restoration' limit 1");
  if (restored.length > 0) await warehouse.run(REFILL, [source, stream]);
}

async function storeRejected(warehouse: Warehouse, target: StreamTarget, page: Page): Promise<void> {
  const { runId, source, stream } = target;
  if (page.files !== undefined) {
    const rejected = Map.groupBy(page.rejected ?? [], ({ file }) => file);
    const counted = page.files.map(({ file, accepted }) => ({ file, accepted, rejected: rejected.get(file)?.length ?? 0 }));
    await warehouse.run(READ_FILES, [runId, source, stream, JSON.stringify(counted)]);
  }
  if (page.rejected === undefined || page.rejected.length === 0) return;
  const appender = await warehouse.connection.createAppender("rejected_row", "raw");
  for (const { file, line, column, reason, text } of page.rejected) {
    appender.appendBigInt(BigInt(runId));
    for (const words of [source, stream, file]) appender.appendVarchar(words);
    appender.appendBigInt(BigInt(line));
    if (column === undefined) appender.appendNull();
    else appender.appendVarchar(column);
    for (const words of [reason, text]) appender.appendVarchar(words);
    appender.endRow();
  }
  appender.closeSync();
}

async function storeCursor(warehouse: Warehouse, target: StreamTarget, cursor: Json): Promise<void> {
  const { source, stream, runId } = target;
  await warehouse.run("delete from raw.cursor where source = ? and stream = ?", [source, stream]);
  await warehouse.run("insert into raw.cursor values (?, ?, ?, ?)", [source, stream, runId, JSON.stringify(cursor)]);
}
