import { SourceError } from "../../src/errors.ts";
import type { Check } from "../contract.ts";
import { assertConditions } from "./conditions.ts";
import { remedyFor } from "./failures.ts";
import type { Session } from "./session.ts";
import { absentFields, wordsOf } from "./streams/fields.ts";
import { ALWAYS, type Table, tablesOf } from "./tables.ts";

const SAMPLE = 20;

/** Whether each table can be read, has the fields that are meant, and does what is asked for. */
export async function* check(session: Session): AsyncGenerator<Check> {
  const subject = new URL(session.config.url).host;
  for (const table of tablesOf(session.config)) yield* checkTable(session, subject, table);
}

async function* checkTable(session: Session, subject: string, table: Table): AsyncGenerator<Check> {
  try {
    await session.assertClock(table, undefined);
    await assertConditions(session, table, true);
    yield* look(session, subject, table);
  } catch (error) {
    const isOurs = error instanceof SourceError && ["auth", "missing"].includes(error.failure);
    if (!isOurs || error.message.includes("not accepted")) throw error;
    yield { status: "problem", subject, message: error.message };
  }
}

async function* look(session: Session, subject: string, table: Table): AsyncGenerator<Check> {
  const { rows, total = rows.length } = await session.rows(table, {
    order: "ORDERBYDESCsys_updated_on",
    limit: SAMPLE,
    fields: [...ALWAYS, ...table.fields],
  });
  yield { status: "ok", subject, message: `${table.name}: there are ${total} records` };
  if (rows.length < Math.min(SAMPLE, total))
    yield {
      status: "warning",
      subject,
      message: `${table.name}: of the newest ${Math.min(SAMPLE, total)} records the user sees ${rows.length}`,
      remedy: remedyFor(table.stream),
    };
  for (const absent of await absentFields(session, table, rows, true))
    yield {
      status: absent.isNamed ? "problem" : "warning",
      subject,
      message: wordsOf(table, absent),
      remedy: absent.isKnown
        ? "have the user read it"
        : "name the field that has it under fields, or none: []",
    };
}
