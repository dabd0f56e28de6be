import { z } from "zod";
import type { Json, Page, Stream, StreamContext } from "../../contract.ts";
import { isWeekApart } from "../../week.ts";
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
  /** When all ids were last looked at: milliseconds since 1970. */
  listed: z.number().nullable().default(null),
});

interface State extends z.output<typeof state> {
  readonly listed: number;
}

/** A table by time of update. What is deleted is missed by its number, and then found by its id. */
export const tableStream = (session: Session, table: Table): Stream<ServiceNowConfig> => ({
  name: table.stream,
  needs: [],
  async *pages({ lag }, cursor, context): AsyncGenerator<Page> {
    session.client.reportTo(context);
    const before = remembered(table, cursor);
    await session.assertClock(table, before);
    await assertConditions(session, table, before === undefined);
    let reached = begun(before, context);
    let isChecked = false;
    for await (const { rows, place: last, isShort } of updates(
      session,
      table,
      before && startOf(before, lag),
    )) {
      if (isShort) reached = { ...reached, hidden: Math.max(1, reached.hidden) };
      if (rows.length === 0) continue;
      if (!isChecked)
        assertFields(table, await absentFields(session, table, rows, before === undefined), context.warn);
      isChecked = true;
      reached = { ...reached, ...last };
      yield { records: rows.map(recordOf), cursor: cursorOf(table, reached) };
    }
    yield* settled(session, table, reached, context);
  },
});

const timeOf = ({ now }: StreamContext): number => now?.getTime() ?? 0;

/** The week begins with the first run, also one that is cut short. */
const begun = (before: z.output<typeof state> | undefined, context: StreamContext): State => ({
  ...(before ?? { updated: "", id: "", hidden: 0 }),
  listed: before?.listed ?? timeOf(context),
});

/** Compares how many there are with how many are stored; where they differ, or some are hidden, all ids are looked at. */
async function* settled(
  session: Session,
  table: Table,
  reached: State,
  context: StreamContext,
): AsyncGenerator<Page> {
  const count = await session.count(table);
  const total = count === undefined ? {} : { declaredTotal: count };
  const { stored } = context;
  const before = await stored?.startingWith("");
  const isAsStored = before?.size === count && reached.hidden === 0;
  // Of one that is deleted and another that is restored, which is no update, the number is the same.
  const isDue = isWeekApart(timeOf(context), reached.listed);
  if (!stored || !before || count === undefined || (isAsStored && !isDue)) {
    yield { records: [], cursor: cursorOf(table, reached), ...total };
    return;
  }
  context.report(`${count} records there, ${before.size} stored: comparing them by id`);
  const there = await idsOf(session, table);
  for await (const records of compared(session, table, before, there))
    yield { records, cursor: cursorOf(table, { ...reached, hidden: Math.max(1, reached.hidden) }) };
  const unseen = Math.max(0, count - there.size);
  if (unseen > 0)
    context.warn(
      `${unseen} of ${count} records of ${table.name} are not shown to the user: ${remedyFor(table.stream)}`,
    );
  yield {
    records: [],
    cursor: cursorOf(table, { ...reached, hidden: unseen, listed: timeOf(context) }),
    ...total,
  };
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

const cursorOf = (table: Table, { updated, id, hidden, listed }: State): Json => ({
  form: FORM,
  question: questionOf(table),
  state: { updated, id, hidden, listed },
});
