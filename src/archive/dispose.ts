import { basename, join } from "node:path";
import { checkFiles } from "../../reports/verify/check-files.ts";
import type { Config } from "../config/schema.ts";
import { literal } from "../warehouse/literal.ts";
import { forgetModel, rewritten } from "../warehouse/erase.ts";
import { openWarehouse, type Warehouse } from "../warehouse/open.ts";
import { inTransaction } from "../warehouse/store.ts";
import { nextEvent, record } from "./custody.ts";
import { heldRecords } from "./holds.ts";
import { archivesIn, sumsDigest } from "./library.ts";
import { retainedRecords } from "./retention.ts";
import { statement } from "./statements.ts";
import { PAYLOADS, REJECTED } from "./tables.ts";

export interface Disposal {
  readonly retention: Config["retention"];
  /** Folders of archives. */
  readonly archives: readonly string[];
  readonly asOf: string;
  /** Undefined = all. */
  readonly class: string | undefined;
  /** Whether what is in no archive goes, too: then for good. */
  readonly isUnarchived: boolean;
  readonly memoryLimit: string | undefined;
}

export interface Word {
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

/** Records of a class and kind whose time is over, or rows that could not be read as such. */
export interface PastRecords {
  readonly class: string;
  readonly words: string;
  readonly basis: string;
  readonly source: string;
  readonly stream: string;
  readonly is_rejected: boolean;
  readonly records: number;
  /** Those that may go. */
  readonly goes: number;
  readonly unarchived: number;
  readonly held: number;
  readonly holds: readonly number[];
  readonly oldest_at: string;
  readonly newest_at: string;
}

export interface DisposalPlan {
  readonly past: readonly PastRecords[];
  /** Archives that are not as they were written, which count for nothing. */
  readonly altered: readonly string[];
}

interface SoundArchive {
  readonly name: string;
  readonly payloads: string;
  readonly rejected: string;
  readonly sums: string;
}

/** What disposal would take away, and what it would leave because of holds or for want of an archive. */
export async function planDisposal(path: string, disposal: Disposal): Promise<DisposalPlan> {
  const { sound, altered } = await soundArchives(disposal.archives);
  const warehouse = await openWarehouse(path, opening("read", disposal, sound));
  try {
    return { past: await pastRecords(warehouse, disposal, sound), altered };
  } finally {
    warehouse.close();
  }
}

/**
 * Takes away what records said that are past their time, in an archive and on no hold: the hash stays, and the custody log says what went, by which rule, why and
 * by whom. The file is written anew, so that the bytes are gone. Killed in between, either all of it has happened or nothing.
 * @returns the number of versions, and of rows that could not be read
 */
export async function dispose(path: string, disposal: Disposal, word: Word): Promise<number> {
  const { sound } = await soundArchives(disposal.archives);
  const warehouse = await openWarehouse(path, opening("write", disposal, sound));
  const gone = await inTransaction(warehouse, async () => {
    const past = await pastRecords(warehouse, disposal, sound);
    let records = 0;
    for (const one of new Set(past.filter(({ goes }) => goes > 0).map((row) => row.class)))
      records += await disposeOf(warehouse, one, disposal, sound, word);
    return records;
  }).finally(() => warehouse.close());
  // Even where nothing went: the time before may have been cut short.
  await rewritten(path, disposal.memoryLimit);
  return gone;
}

const opening = (mode: "read" | "write", { memoryLimit }: Disposal, sound: readonly SoundArchive[]) => ({
  mode,
  memoryLimit,
  archives: sound.map(({ payloads }) => payloads),
  reads: sound.map(({ rejected }) => rejected),
});

async function soundArchives(
  folders: readonly string[],
): Promise<{ sound: SoundArchive[]; altered: string[] }> {
  const sound: SoundArchive[] = [];
  const altered: string[] = [];
  for (const { folder } of archivesIn(folders)) {
    const [first] = (await checkFiles(folder)).findings;
    if (first) altered.push(`${join(folder, first.file)} ${first.problem}`);
    else
      sound.push({
        name: basename(folder),
        payloads: join(folder, PAYLOADS),
        rejected: join(folder, REJECTED),
        sums: sumsDigest(folder),
      });
  }
  return { sound, altered };
}

async function pastRecords(
  warehouse: Warehouse,
  disposal: Disposal,
  sound: readonly SoundArchive[],
): Promise<PastRecords[]> {
  await warehouse.run(statement("dated_record"));
  await heldRecords(warehouse);
  await retainedRecords(warehouse, disposal.retention);
  await warehouse.run(`create or replace temp table archived as ${archivedRows(sound)}`);
  await warehouse.run(`create or replace temp table archived_rejected as ${archivedRejected(sound)}`);
  for (const past of ["past_record", "past_rejected"])
    await warehouse.run(statement(past), [disposal.asOf, disposal.class ?? null]);
  return warehouse.rows<PastRecords>(statement("past_summary"), [disposal.isUnarchived]);
}

/** A version counts as archived where what the archive says of it has its hash. */
function archivedRows(sound: readonly SoundArchive[]): string {
  const none =
    "select source, stream, key, version, sha256, null::varchar as archive from raw.record where false";
  const rows = sound.map(
    ({ name, payloads, sums }) =>
      `select source, stream, key, version, sha256, ${literal(`${name} ${sums}`)} as archive from read_parquet(${literal(payloads)})
       where sha256 = sha256(concat_ws(chr(31), source, stream, key, payload))`,
  );
  return `select source, stream, key, version, sha256, min(archive) as archive from (${[none, ...rows].join(" union all ")}) group by all`;
}

/** Each archive has all rows that were rejected before it was written, and its sums were checked. */
function archivedRejected(sound: readonly SoundArchive[]): string {
  const columns = "run_id, source, stream, file, line, column_name, text";
  const none = `select ${columns}, null::varchar as archive from raw.rejected_row where false`;
  const rows = sound.map(
    ({ name, rejected, sums }) => `select ${columns}, ${literal(`${name} ${sums}`)} as archive from read_parquet(${literal(rejected)})`,
  );
  return [none, ...rows].join(" union all ");
}

async function disposeOf(
  warehouse: Warehouse,
  name: string,
  disposal: Disposal,
  sound: readonly SoundArchive[],
  word: Word,
): Promise<number> {
  const event = await nextEvent(warehouse);
  const [said] = await warehouse.rows<{ document: string }>(statement("disposal_document"), [
    name,
    disposal.isUnarchived,
  ]);
  const document = JSON.parse(said?.document ?? "{}") as {
    readonly records: number;
    readonly rejected_rows: readonly { readonly rows: number }[];
    readonly archives: readonly string[];
  };
  const archives = sound
    .filter(({ name: archive, sums }) => document.archives.includes(`${archive} ${sums}`))
    .map(({ name: archive, sums }) => ({ archive, sums_sha256: sums }));
  await warehouse.run(statement("dispose"), [event, name, disposal.isUnarchived]);
  await warehouse.run(statement("dispose_rejected"), [event, name, disposal.isUnarchived]);
  await record(warehouse, {
    ...word,
    kind: "disposal",
    document: { ...document, archives, as_of: disposal.asOf },
  });
  await warehouse.run(statement("take_away"), [event]);
  await forgetModel(warehouse);
  return document.rejected_rows.reduce((sum, { rows }) => sum + rows, document.records);
}
