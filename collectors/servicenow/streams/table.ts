import { z } from "zod";
import type { Json, Page, Stream, StreamContext } from "../../contract.ts";
import { assertConditions } from "../conditions.ts";
import type { ServiceNowConfig } from "../config.ts";
import { remedyFor } from "../failures.ts";
import { millisecondsOf, type Place, plain } from "../query.ts";
import type { Session } from "../session.ts";
import type { Table } from "../tables.ts";
import { absentFields, assertFields } from "./fields.ts";
import { compared, idsOf, recordOf } from "./gone.ts";
import { updates } from "./updates.ts";

/** Raise it when a record's form changes: everything is then read again. */
const FORM = 1;

const state = z.object({
  updated: z.string(),
  id: z.string(),
  /** Records that there are and that are not stored: the user may not see them. */
  hidden: z.number().int(),
});

/** A table by time of update. What is deleted is missed by its number, and then found by its id. */
export const tableStream = (session: Session, table: Table): Stream<ServiceNowConfig> => ({
  name: table.stream,
  needs: [],
  async *pages({ lag }, cursor, context): AsyncGenerator<Page> {
    session.client.reportTo(context);
    const before = remembered(table, cursor);
    await session.assertClock(table, before);
    await assertConditions(session, table, before === undefined);
    let place: Place = before ?? { updated: "", id: "" };
    let hidden = before?.hidden ?? 0;
    let isChecked = false;
    for await (const { rows, place: last, isShort } of updates(
      session,
      table,
      before && startOf(before, lag),
    )) {
      if (isShort) hidden = Math.max(1, hidden);
      if (rows.length === 0) continue;
      if (!isChecked)
        assertFields(table, await absentFields(session, table, rows, before === undefined), context.warn);
      isChecked = true;
      place = last ?? place;
      yield { records: rows.map(recordOf), cursor: cursorOf(table, place, hidden) };
    }
    yield* settled(session, table, { place, hidden, context });
  },
});

interface Settled {
  readonly place: Place;
  readonly hidden: number;
  readonly context: StreamContext;
}

/** Compares how many there are with how many are stored; where they differ, or some are hidden, all ids are looked at. */
async function* settled(
  session: Session,
  table: Table,
  { place, hidden, context }: Settled,
): AsyncGenerator<Page> {
  const count = await session.count(table);
  const total = count === undefined ? {} : { declaredTotal: count };
  const { stored } = context;
  const before = await stored?.startingWith("");
  if (!stored || !before || count === undefined || (before.size === count && hidden === 0)) {
    yield { records: [], cursor: cursorOf(table, place, hidden), ...total };
    return;
  }
  context.report(`${count} records there, ${before.size} stored: comparing them by id`);
  const there = await idsOf(session, table);
  for await (const records of compared(session, table, before, there))
    yield { records, cursor: cursorOf(table, place, Math.max(1, hidden)) };
  const unseen = Math.max(0, count - there.size);
  if (unseen > 0)
    context.warn(
      `${unseen} of ${count} records of ${table.name} are not shown to the user: ${remedyFor(table.stream)}`,
    );
  yield { records: [], cursor: cursorOf(table, place, unseen), ...total };
}

function startOf({ updated }: Place, lag: number): Place | undefined {
  return updated === "" ? undefined : { updated: plain(millisecondsOf(updated) - lag * 1000), id: "" };
}

/** What is asked for: other fields or conditions are another question, and everything is read again. */
const questionOf = ({ name, query, fields }: Table): string => JSON.stringify([name, query, fields]);

function remembered(table: Table, cursor: Json | undefined): z.output<typeof state> | undefined {
  const form = z.object({ form: z.literal(FORM), question: z.literal(questionOf(table)), state });
  return form.safeParse(cursor).data?.state;
}

const cursorOf = (table: Table, { updated, id }: Place, hidden: number): Json => ({
  form: FORM,
  question: questionOf(table),
  state: { updated, id, hidden },
});
