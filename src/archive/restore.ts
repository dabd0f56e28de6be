import { basename, resolve } from "node:path";
import { reasonOf } from "../../reports/verify/finding.ts";
import { DataError } from "../errors.ts";
import { openWarehouse, type Warehouse } from "../warehouse/open.ts";
import { inTransaction } from "../warehouse/store.ts";
import { verifyChain } from "../warehouse/verify.ts";
import { nextEvent, record } from "./custody.ts";
import { sumsDigest } from "./library.ts";
import { reading, statement } from "./statements.ts";
import { columnsOf, fileOf, OTHERS, PAYLOADS, RECORD } from "./tables.ts";

export interface Restoration {
  readonly folder: string;
  readonly by: string;
  readonly at: Date;
}

export interface Restored {
  /** Versions that say again what they said. */
  readonly payloads: number;
  /** Versions that the database did not know, with or without what they say. */
  readonly records: number;
  /** Versions of the archive's period that stay as they are, since the law took them. */
  readonly erased: number;
  /** Versions that are now known by their hash alone: another archive holds what they say. */
  readonly elsewhere: number;
}

/**
 * Reads an archive, which was verified before, into the database at `path`: an empty one, or one that the archive was written from. All of it happens or
 * nothing; what is there already stays as it is, so that the second time nothing changes.
 * @throws {DataError} naming what the database has otherwise
 */
export async function restoreArchive(
  path: string,
  restoration: Restoration,
  memoryLimit?: string,
): Promise<Restored> {
  const folder = resolve(restoration.folder);
  const warehouse = await openWarehouse(path, { mode: "write", memoryLimit, writesTo: folder });
  try {
    return await inTransaction(warehouse, () => restoring(warehouse, { ...restoration, folder }));
  } catch (error) {
    if (error instanceof DataError) throw error;
    // It was verified before, so somebody wrote to it since.
    throw new DataError(`${basename(folder)} cannot be read as an archive: ${reasonOf(error)}; nothing was changed`, { cause: error });
  } finally {
    warehouse.close();
  }
}

async function restoring(warehouse: Warehouse, restoration: Restoration): Promise<Restored> {
  const { folder } = restoration;
  for (const table of [RECORD, ...OTHERS]) {
    await warehouse.run(
      `create or replace temp view archived_${table.name} as select ${columnsOf(table)} from ${reading(folder, fileOf(table))}`,
    );
  }
  await warehouse.run(
    `create or replace temp view archived_said as select source, stream, key, version, sha256, payload from ${reading(folder, PAYLOADS)}`,
  );
  await refuseConflicts(warehouse, basename(folder));
  const restored = await fill(warehouse);
  if (restored.payloads + restored.records > 0) await note(warehouse, restoration, restored);
  await refuseBroken(warehouse, basename(folder));
  return restored;
}

async function refuseConflicts(warehouse: Warehouse, name: string): Promise<void> {
  const found = await warehouse.rows<{ problem: string }>(statement("conflict"));
  const [first] = found;
  if (first === undefined) return;
  const more = found.length > 1 ? ` (and ${found.length - 1} more)` : "";
  throw new DataError(
    `${name} was not written from this database: ${first.problem}${more}; restore it into an empty one (\`database\` in a quarterdeck.yaml of its own); nothing was changed`,
  );
}

async function fill(warehouse: Warehouse): Promise<Restored> {
  const before = await counted(warehouse);
  for (const name of [
    "missing_record",
    "missing_erasure",
    "missing_custody",
    "missing_disposed",
    "missing_batch",
  ])
    await warehouse.run(statement(name));
  for (const table of OTHERS.filter(({ columns }) => columns[0] === "run_id" && columns[1] === "source")) {
    await warehouse.run(
      `insert into raw."${table.name}" (${columnsOf(table)}) select ${columnsOf(table)} from archived_${table.name} as a
       where not exists (select 1 from raw.run as r where r.run_id = a.run_id) order by ${table.order}`,
    );
  }
  await warehouse.run(statement("missing_run"));
  await warehouse.run(statement("restore_payload"));
  const [erased] = await warehouse.rows<{ erased: number }>(statement("stays_erased"));
  const after = await counted(warehouse);
  return {
    payloads: after.payloads - before.payloads,
    records: after.records - before.records,
    erased: erased?.erased ?? 0,
    elsewhere: after.unsaid,
  };
}

interface Counted {
  readonly records: number;
  readonly payloads: number;
  readonly unsaid: number;
}

async function counted(warehouse: Warehouse): Promise<Counted> {
  const [row] = await warehouse.rows<Counted>(statement("counted"));
  return row ?? { records: 0, payloads: 0, unsaid: 0 };
}

/** Says in the custody log what was restored; what was not, since this archive does not hold it, is listed with it. */
async function note(
  warehouse: Warehouse,
  { folder, by, at }: Restoration,
  restored: Restored,
): Promise<void> {
  await warehouse.run(statement("held_elsewhere"), [await nextEvent(warehouse)]);
  const document = {
    archive: basename(folder),
    sums_sha256: sumsDigest(folder),
    records: restored.payloads,
    known_by_hash: restored.elsewhere,
  };
  await record(warehouse, {
    kind: "restoration",
    by,
    reason: `restored from the archive ${basename(folder)}`,
    at,
    document,
  });
  // What the model says was made without it.
  await warehouse.run("delete from raw.model_build");
}

async function refuseBroken(warehouse: Warehouse, name: string): Promise<void> {
  const { problems } = await verifyChain(warehouse);
  const [first] = problems;
  if (first)
    throw new DataError(`with ${name} the database would not verify: ${first.problem}; nothing was changed`);
}
