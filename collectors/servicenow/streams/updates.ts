import { SourceError } from "../../../src/errors.ts";
import { ignored, remedyFor, SOURCE } from "../failures.ts";
import { after, isAfter, type Place } from "../query.ts";
import { placeOf, type Row } from "../rows.ts";
import type { Session } from "../session.ts";
import { ALWAYS, type Table } from "../tables.ts";

const MANY = 100;
/** ServiceNow gives no more at once. */
const MOST = 10_000;

const ORDER = "ORDERBYsys_updated_on^ORDERBYsys_id";

export interface Updates {
  readonly rows: readonly Row[];
  /** The last of them. */
  readonly place: Place | undefined;
  /** Some that belong among them are not shown. */
  readonly isShort: boolean;
}

/**
 * What was updated after a place, in this order, page by page. Rules of access are applied to a page after it was cut: a page
 * with fewer records than asked for need not be the last, and one without any leads nowhere but to a longer one.
 */
export async function* updates(
  session: Session,
  table: Table,
  from: Place | undefined,
): AsyncGenerator<Updates> {
  let place = from;
  for (let length = MANY; ;) {
    const asked = {
      where: place ? after(place) : "",
      order: ORDER,
      limit: length,
      fields: [...ALWAYS, ...table.fields],
    };
    const { rows, total, limit } = await session.rows(table, asked);
    assertOrder(table, place, rows);
    const last = rows.at(-1);
    if (last) place = placeOf(last);
    yield { rows, place, isShort: total !== undefined && rows.length < Math.min(total, limit) };
    if (total === undefined ? rows.length === 0 : total <= limit) return;
    length = rows.length === 0 ? longer(table, limit) : MANY;
  }
}

function longer({ name }: Table, limit: number): number {
  if (limit < MOST) return Math.min(MOST, limit * 10);
  throw new SourceError(
    SOURCE,
    "auth",
    `${name}: the user may see none of ${MOST} records in a row, and ServiceNow leads past no more: ${remedyFor(name)}, or leave them out with query`,
  );
}

/** @throws {SourceError} where the condition or the order was left out: nobody says so but the records themselves */
function assertOrder({ name }: Table, from: Place | undefined, rows: readonly Row[]): void {
  let before = from;
  for (const place of rows.map(placeOf)) {
    if (before && !isAfter(place, before)) throw ignored(name, "sys_updated_on, sys_id");
    before = place;
  }
}
