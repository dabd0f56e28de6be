import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { GUIDE, MANIFEST, SIGNATURE, SUMS } from "../../reports/folder/files.ts";
import { fileSha256, sumsText } from "../../reports/folder/sums.ts";
import type { Period } from "../../reports/period/range.ts";
import { DataError } from "../errors.ts";
import { ownFolder } from "../killed.ts";
import { productVersion } from "../product-version.ts";
import { signatureOver, type Signer } from "../signing/signer.ts";
import { literal } from "../warehouse/literal.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { archiveGuide } from "./guide.ts";
import { refuseAltered } from "./attach.ts";
import { archivesIn, type Archive } from "./library.ts";
import type { ArchiveManifest } from "./manifest.ts";
import { instantsOf } from "./period.ts";
import { reading, statement } from "./statements.ts";
import { columnsOf, fileOf, OTHERS, PAYLOADS, RECORD } from "./tables.ts";

export interface Archiving {
  /** Where archives lie; the warehouse may write to it. */
  readonly into: string;
  readonly organisation: string;
  readonly timeZone: string;
  readonly asOf: string;
  readonly configurationSha256: string;
  readonly writtenAt: Date;
  readonly signer: Signer | undefined;
}

export interface ArchiveWritten {
  readonly label: string;
  /** Undefined where nothing belongs to the period. */
  readonly folder?: string;
  readonly records: number;
  readonly edition: number;
  /** It was there already, and nothing has come to it. */
  readonly isKept: boolean;
}

/** To be called once before `writeArchive`: says of every version to which time it belongs. Returns when the oldest does. */
export async function datedRecords(warehouse: Warehouse): Promise<string | undefined> {
  await warehouse.run(statement("dated_record"));
  const [row] = await warehouse.rows<{ oldest: string | null }>(
    "select min(belongs_at) as oldest from dated_record",
  );
  return row?.oldest ?? undefined;
}

/**
 * Writes what belongs to a period, unless it is archived already. What came after an archive was written goes into another edition beside it, which
 * holds only that: an archive is never altered.
 * @throws {DataError} where an older archive was altered, or the place is taken by something else
 */
export async function writeArchive(
  warehouse: Warehouse,
  period: Period,
  about: Archiving,
): Promise<ArchiveWritten> {
  const { into, timeZone } = about;
  const before = archivesIn([into]).filter(
    ({ folder, manifest }) => dirname(folder) === into && isOf(manifest, period, timeZone),
  );
  await refuseAltered(before.map(({ folder }) => folder), "move it away");
  const records = await chooseMembers(warehouse, period, timeZone, before);
  const last = before.at(-1);
  const edition = (last?.manifest.edition ?? 0) + 1;
  const kept = { label: period.label, records, edition: edition - 1, isKept: true };
  if (records === 0) return last === undefined ? kept : { ...kept, folder: last.folder };
  const folder = join(into, edition === 1 ? period.label : `${period.label}-e${edition}`);
  if (existsSync(folder))
    throw new DataError(`${folder} holds something else than an archive of ${period.label}: move it away`);
  await placed(folder, (draft) => fill(draft, warehouse, period, edition, about));
  return { label: period.label, folder, records, edition, isKept: false };
}

const isOf = ({ period: of }: ArchiveManifest, { from, until }: Period, timeZone: string): boolean =>
  of.from === from && of.until === until && of.time_zone === timeZone;

async function chooseMembers(
  warehouse: Warehouse,
  period: Period,
  timeZone: string,
  before: readonly Archive[],
): Promise<number> {
  const files = before.map(({ folder }) => literal(join(folder, PAYLOADS)));
  await warehouse.run(
    `create or replace temp table archived_before as
     ${files.length === 0 ? "select source, stream, key, version, sha256 from raw.record where false" : `select source, stream, key, version, sha256 from read_parquet([${files.join(", ")}])`}`,
  );
  const { from, until } = instantsOf(period, timeZone);
  await warehouse.run(statement("member"), [from, until]);
  const [row] = await warehouse.rows<{ records: number }>("select count(belongs_at) as records from member");
  return row?.records ?? 0;
}

/** Written beside its place and moved there when it is whole and on the disk: what has the name of an archive is one. */
export async function placed(folder: string, write: (draft: string) => Promise<void>): Promise<void> {
  // As private as the database: it says the same.
  const mask = process.umask(0o077);
  const place = ownFolder(dirname(folder), `.${basename(folder)}`);
  const draft = join(place, "archive");
  try {
    mkdirSync(draft);
    await write(draft);
    renameSync(draft, folder);
    toDisk(dirname(folder));
  } catch (error) {
    throw inWords(error, dirname(folder));
  } finally {
    rmSync(place, { recursive: true, force: true });
    process.umask(mask);
  }
}

/** What the system or the database says of a disk; everything else is said as it is. */
function inWords(error: unknown, folder: string): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (/ENOSPC|no space left/i.test(message))
    return new DataError(
      `no space left for an archive in ${folder}: free some and run this again; nothing was written`,
      { cause: error },
    );
  if (/EACCES|EROFS|EPERM|permission denied|read-only file system/i.test(message))
    return new DataError(
      `${folder} cannot be written: check its owner and permissions; nothing was written`,
      { cause: error },
    );
  return error;
}

/** What is disposed of afterwards is nowhere else: it must have reached the disk. */
function toDisk(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

async function fill(
  draft: string,
  warehouse: Warehouse,
  period: Period,
  edition: number,
  about: Archiving,
): Promise<void> {
  const rows = new Map<string, number>();
  for (const table of [RECORD, ...OTHERS]) {
    const file = fileOf(table);
    rows.set(
      file,
      await copied(
        warehouse,
        `select ${columnsOf(table)} from raw."${table.name}" order by ${table.order}`,
        join(draft, file),
      ),
    );
  }
  rows.set(PAYLOADS, await copied(warehouse, PAYLOAD_ROWS, join(draft, PAYLOADS)));
  const manifest = await manifestOf(warehouse, draft, period, edition, about, rows);
  writeFileSync(join(draft, GUIDE), archiveGuide(manifest));
  writeFileSync(join(draft, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  const own = [GUIDE, MANIFEST];
  const sums = sumsText([
    ...manifest.files.map(({ file, sha256 }) => ({ path: file, sha256 })),
    ...(await Promise.all(own.map(async (path) => ({ path, sha256: await fileSha256(join(draft, path)) })))),
  ]);
  writeFileSync(join(draft, SUMS), sums);
  if (about.signer) writeFileSync(join(draft, SIGNATURE), await signatureOver(Buffer.from(sums), about.signer));
  for (const path of [...rows.keys(), ...own, SUMS, ...(about.signer ? [SIGNATURE] : []), "."]) toDisk(join(draft, path));
}

const PAYLOAD_ROWS = `
  select r.source, r.stream, r.key, r.version, r.sha256, m.belongs_at, r.payload::varchar as payload
  from member as m
  join raw.record as r on r.source = m.source and r.stream = m.stream and r.key = m.key and r.version = m.version
  order by r.source, r.stream, r.key, r.version`;

/** @returns the number of rows */
async function copied(warehouse: Warehouse, rows: string, file: string): Promise<number> {
  await warehouse.run(`copy (${rows}) to ${literal(file)} (format parquet, compression zstd)`);
  const [row] = await warehouse.rows<{ rows: number }>(
    `select count(*) as rows from ${reading(dirname(file), basename(file))}`,
  );
  return row?.rows ?? 0;
}

async function manifestOf(
  warehouse: Warehouse,
  draft: string,
  { label, from, until }: Period,
  edition: number,
  { organisation, timeZone, asOf, configurationSha256, writtenAt, signer }: Archiving,
  rows: ReadonlyMap<string, number>,
): Promise<ArchiveManifest> {
  const [said] = await warehouse.rows<{ chain: string; held: string }>(statement("summary"));
  const files = [...rows.keys()].sort().map(async (file) => ({
    file,
    sha256: await fileSha256(join(draft, file)),
    bytes: statSync(join(draft, file)).size,
    rows: rows.get(file) ?? null,
  }));
  return {
    archive: 1,
    organisation,
    period: { label, from, until, time_zone: timeZone },
    edition,
    written_at: writtenAt.toISOString(),
    as_of: asOf,
    product_version: productVersion,
    configuration_sha256: configurationSha256,
    chain: JSON.parse(said?.chain ?? "{}") as ArchiveManifest["chain"],
    held: JSON.parse(said?.held ?? "{}") as ArchiveManifest["held"],
    signing: signer
      ? { fingerprint: signer.fingerprint, identity: signer.identity, namespace: signer.namespace }
      : null,
    files: await Promise.all(files),
  };
}
