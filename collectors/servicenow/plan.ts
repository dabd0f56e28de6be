import type { Json, StreamContext } from "../contract.ts";
import type { Session } from "./session.ts";
import { tablesOf } from "./tables.ts";

const PAGE = 100;
/** Requests for each table of a run that finds nothing new, and two for the clock. */
const LEAST = 3;

/** How many records there are and what reading them takes, for one request each. */
export async function plan(
  session: Session,
  { foresee }: StreamContext,
  cursors: Readonly<Record<string, Json | undefined>>,
): Promise<readonly string[]> {
  const tables = tablesOf(session.config);
  const lines: string[] = [];
  const least = tables.length * LEAST + 2;
  let calls = least;
  for (const table of tables) {
    const count = await session.count(table);
    const isNew = cursors[table.stream] === undefined;
    if (isNew) calls += Math.ceil((count ?? 0) / PAGE);
    lines.push(`${count ?? "all"} records of ${table.name}${isNew ? "" : "; this run reads what is new"}`);
  }
  foresee?.({ calls, least });
  return lines;
}
