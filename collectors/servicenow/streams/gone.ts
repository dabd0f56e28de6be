import type { RawRecord } from "../../contract.ts";
import { ignored } from "../failures.ts";
import { millisecondsOf } from "../query.ts";
import { type Row, valueOf } from "../rows.ts";
import type { Session } from "../session.ts";
import { ALWAYS, type Table } from "../tables.ts";

/** Ids of a page, which is as many as ServiceNow gives, and of a question about some of them. */
const MANY = 10_000;
const SOME = 50;

/** What is stored of a table: id -> time of update in milliseconds. */
export type Stored = ReadonlyMap<string, number | null>;

/** Holds what is stored against the ids that there are: what is not stored as it is now is read, and what is there no longer is deleted. */
export async function* compared(
  session: Session,
  table: Table,
  stored: Stored,
  there: ReadonlyMap<string, number>,
): AsyncGenerator<RawRecord[]> {
  const isStored = ([id, updated]: [string, number]) => stored.get(id) === updated;
  const differing = [...there].filter((one) => !isStored(one)).map(([id]) => id);
  for (const ids of inGroups(differing)) yield (await byId(session, table, ids)).map(recordOf);
  const unseen = [...stored.keys()].filter((id) => !there.has(id));
  for (const ids of inGroups(unseen)) yield await deleted(session, table, ids);
}

/** All ids that are shown -> time of update in milliseconds. */
export async function idsOf(session: Session, table: Table): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  let last = "";
  for (;;) {
    const where = last === "" ? "" : `sys_id>${last}`;
    const asked = { where, order: "ORDERBYsys_id", limit: MANY, fields: ["sys_id", "sys_updated_on"] };
    const { rows, total, limit } = await session.rows(table, asked);
    for (const row of rows) {
      const id = valueOf(row, "sys_id");
      if (id.toLowerCase() <= last.toLowerCase()) throw ignored(table.name, "sys_id");
      ids.set(id, millisecondsOf(valueOf(row, "sys_updated_on")));
      last = id;
    }
    // Where none of so many is shown it cannot be told what follows: what is not seen is asked for by itself.
    if (rows.length === 0 || (total !== undefined && total <= limit)) return ids;
  }
}

async function byId(session: Session, table: Table, ids: readonly string[]): Promise<readonly Row[]> {
  const fields = [...ALWAYS, ...table.fields];
  const { rows } = await session.rows(table, {
    where: `sys_idIN${ids.join(",")}`,
    limit: ids.length,
    fields,
  });
  for (const row of rows) if (!ids.includes(valueOf(row, "sys_id"))) throw ignored(table.name, "sys_id");
  return rows;
}

/** Of records that are not seen: those that are not there. The others the user may see no longer, and they are kept. */
async function deleted(session: Session, table: Table, ids: readonly string[]): Promise<RawRecord[]> {
  const asked = { where: `sys_idIN${ids.join(",")}`, limit: ids.length, fields: ["sys_id"] };
  const { rows, total = rows.length } = await session.rows(table, asked);
  if (total === 0) return ids.map((key) => ({ key, payload: null }));
  if (total >= ids.length) return [];
  const half = ids.length >> 1;
  return [
    ...(await deleted(session, table, ids.slice(0, half))),
    ...(await deleted(session, table, ids.slice(half))),
  ];
}

function* inGroups(ids: readonly string[]): Generator<readonly string[]> {
  for (let index = 0; index < ids.length; index += SOME) yield ids.slice(index, index + SOME);
}

export const recordOf = (row: Row): RawRecord => {
  const updated = valueOf(row, "sys_updated_on");
  return {
    key: valueOf(row, "sys_id"),
    ...(updated === "" ? {} : { updatedAt: `${updated.replace(" ", "T")}Z` }),
    payload: row,
  };
};
