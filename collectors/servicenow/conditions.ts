import { SourceError } from "../../src/errors.ts";
import { SOURCE } from "./failures.ts";
import { certain, fieldsIn, impossible } from "./query.ts";
import type { Session } from "./session.ts";
import type { Table } from "./tables.ts";

type Named = Pick<Table, "name">;

/**
 * Whether a table has a field, by what ServiceNow does with a condition that holds for nothing and one that holds for all:
 * with a field that it does not know it does as if there were none, or gives nothing, whatever it says. Undefined where
 * there are no records to tell by.
 */
export async function isKnown(session: Session, table: Named, field: string): Promise<boolean | undefined> {
  if (await isLeftOut(session, table, field)) return false;
  if ((await count(session, table, certain(field))) > 0) return true;
  return (await count(session, table, "")) > 0 ? false : undefined;
}

const isLeftOut = async (session: Session, table: Named, field: string): Promise<boolean> =>
  (await count(session, table, impossible(field))) > 0;

async function count(session: Session, { name }: Named, query: string): Promise<number> {
  const { rows, total } = await session.rows({ name, query }, { limit: 1, fields: ["sys_id"] });
  return total ?? rows.length;
}

/**
 * Later runs look at what somebody wrote only, and whether it is left out, which is what does harm.
 * @throws {SourceError} naming fields of the query that there are not
 */
export async function assertConditions(session: Session, table: Table, isNew: boolean): Promise<void> {
  for (const field of fieldsIn(isNew ? table.query : table.written)) {
    const isThere = isNew ? await isKnown(session, table, field) : !(await isLeftOut(session, table, field));
    if (isThere === false)
      throw new SourceError(
        SOURCE,
        "missing",
        `${table.name}: the query is about ${field}, which ${table.name} does not have or the user may not ask for: ServiceNow leaves such a condition out and gives everything; correct query`,
      );
  }
}
