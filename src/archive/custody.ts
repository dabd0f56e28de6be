import type { Warehouse } from "../warehouse/open.ts";
import { statement } from "./statements.ts";

export type CustodyKind = "hold" | "release" | "disposal" | "restoration";

/** What somebody did to what is kept. */
export interface Deed {
  readonly kind: CustodyKind;
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
  readonly document: Readonly<Record<string, unknown>>;
}

const APPEND = statement("append_custody");

/** The number that the next entry of the log has. */
export async function nextEvent(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.rows<{ event: number }>(
    "select coalesce(max(event_id), 0) + 1 as event from raw.custody",
  );
  return row?.event ?? 1;
}

/**
 * Adds an entry to the custody log, chained to the one before. Rows of raw.disposed that have its number already are sealed by it. To be called within a
 * transaction.
 * @returns its number
 */
export async function record(
  warehouse: Warehouse,
  { kind, by, reason, at, document }: Deed,
): Promise<number> {
  const event = await nextEvent(warehouse);
  const [listed] = await warehouse.rows<{ sha256: string | null }>(statement("listed_records"), [event]);
  const sealed = listed?.sha256 == null ? document : { ...document, records_sha256: listed.sha256 };
  await warehouse.run(APPEND, [event, at.toISOString(), by, kind, reason, JSON.stringify(sealed)]);
  return event;
}
