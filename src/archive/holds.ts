import { DataError } from "../errors.ts";
import { openWarehouse, type Warehouse } from "../warehouse/open.ts";
import { inTransaction } from "../warehouse/store.ts";
import { record, type Deed } from "./custody.ts";
import { statement } from "./statements.ts";

/** What a hold covers: empty lists = all. */
export interface HoldScope {
  readonly sources: readonly string[];
  readonly streams: readonly string[];
  readonly services: readonly string[];
  /** Instants between which what happened is held, the second not included; null = without end. */
  readonly from: string | null;
  readonly until: string | null;
}

/** Services of the configuration that are not held, and their repositories: only what names these, and no others, is outside. */
export interface Others {
  readonly other_services: readonly string[];
  readonly other_repositories: readonly string[];
}

export interface Hold {
  readonly hold: number;
  readonly held_at: string;
  readonly held_by: string;
  readonly reason: string;
  readonly scope: string;
  readonly released_at: string | null;
  readonly released_by: string | null;
  readonly release_reason: string | null;
}

type Word = Pick<Deed, "by" | "reason" | "at">;

const writing = async <T>(
  path: string,
  memoryLimit: string | undefined,
  work: (warehouse: Warehouse) => Promise<T>,
): Promise<T> => {
  const warehouse = await openWarehouse(path, { mode: "write", memoryLimit });
  try {
    return await inTransaction(warehouse, () => work(warehouse));
  } finally {
    warehouse.close();
  }
};

/** @returns the number by which the hold is known */
export const addHold = (
  path: string,
  scope: HoldScope & Others,
  word: Word,
  memoryLimit?: string,
): Promise<number> =>
  writing(path, memoryLimit, (warehouse) =>
    record(warehouse, { ...word, kind: "hold", document: { ...scope } }),
  );

/** @throws {DataError} where there is no such hold, or it was released before */
export const releaseHold = (path: string, hold: number, word: Word, memoryLimit?: string): Promise<number> =>
  writing(path, memoryLimit, async (warehouse) => {
    const found = (await listHolds(warehouse)).find((one) => one.hold === hold);
    if (found === undefined)
      throw new DataError(`there is no hold ${hold}: \`quarterdeck hold list\` lists them`);
    if (found.released_at !== null)
      throw new DataError(
        `hold ${hold} was released at ${found.released_at} by ${found.released_by ?? ""}; nothing was changed`,
      );
    return record(warehouse, { ...word, kind: "release", document: { hold } });
  });

/** All holds, released ones too, oldest first. */
export async function listHolds(warehouse: Warehouse): Promise<Hold[]> {
  await warehouse.run(statement("hold"));
  return warehouse.rows<Hold>(
    "select hold, held_at, held_by, reason, scope, released_at, released_by, release_reason from hold order by hold",
  );
}

/** Makes `on_hold`: which versions of `dated_record` an open hold covers. To be called after the latter was made. */
export async function heldRecords(warehouse: Warehouse): Promise<void> {
  await warehouse.run(statement("hold"));
  await warehouse.run(statement("on_hold"));
}

/**
 * Refuses to take away what a record says while somebody holds it.
 * @throws {DataError} naming the hold
 */
export async function refuseHeld(
  warehouse: Warehouse,
  {
    source,
    stream,
    key,
    version,
  }: { source: string; stream: string; key: string; version: number | undefined },
): Promise<void> {
  await warehouse.run(statement("dated_record"));
  await heldRecords(warehouse);
  const [held] = await warehouse.rows<{ hold: number; reason: string; held_by: string; held_at: string }>(
    statement("hold_of_record"),
    [source, stream, key, version ?? null],
  );
  if (held === undefined) return;
  throw new DataError(
    `hold ${held.hold} (${held.reason}; ${held.held_by}, ${held.held_at}) covers this record: it must stay until \`quarterdeck hold release ${held.hold}\`; nothing was changed`,
  );
}
