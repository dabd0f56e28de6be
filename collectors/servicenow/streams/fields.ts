import { SourceError } from "../../../src/errors.ts";
import { isKnown } from "../conditions.ts";
import { SOURCE } from "../failures.ts";
import type { Row } from "../rows.ts";
import type { Session } from "../session.ts";
import type { Table } from "../tables.ts";

export interface Absent {
  readonly field: string;
  /** Whether there is such a field at all. */
  readonly isKnown: boolean;
  /** Whether somebody named it. */
  readonly isNamed: boolean;
}

/**
 * Fields that were asked for and stand in no record. Behind a reference that is empty in all of them there is nothing either: of
 * such it is asked the first time only.
 */
export async function absentFields(
  session: Session,
  table: Table,
  rows: readonly Row[],
  isNew: boolean,
): Promise<Absent[]> {
  const absent: Absent[] = [];
  for (const field of rows.length === 0
    ? []
    : table.fields.filter((one) => rows.every((row) => !has(row, one)))) {
    const isBehind = field.includes(".");
    if (isBehind && !isNew) continue;
    const known = (await isKnown(session, table, field)) ?? true;
    if (!known || !isBehind) absent.push({ field, isKnown: known, isNamed: table.named.has(field) });
  }
  return absent;
}

const has = (row: Row, field: string) => field in row && row[field] !== "";

export const wordsOf = ({ name }: Table, { field, isKnown: known }: Absent): string =>
  known ? `the user may not read the field ${field} of ${name}` : `${name} has no field ${field}`;

/**
 * What somebody named must be there; what we name ourselves may be missing, and that is said.
 * @throws {SourceError}
 */
export function assertFields(table: Table, absent: readonly Absent[], warn: (message: string) => void): void {
  const named = absent.filter(({ isNamed }) => isNamed);
  if (named.length > 0)
    throw new SourceError(
      SOURCE,
      "missing",
      `${named.map((one) => wordsOf(table, one)).join("; ")}: correct fields in quarterdeck.yaml, or have the user read it`,
    );
  for (const one of absent) warn(`${wordsOf(table, one)}: what it would say is missing`);
}
