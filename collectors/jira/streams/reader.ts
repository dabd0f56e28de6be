import { SourceError } from "../../../src/errors.ts";
import { all, oldestUpdateFirst, updatedSince } from "../jql.ts";
import { LostPlace, type SearchPage } from "../platform/platform.ts";
import { Tokens } from "../platform/tokens.ts";
import type { Session } from "../session.ts";
import type { Issue } from "../shapes.ts";

export interface Wanted {
  readonly where: string;
  readonly fields: readonly string[];
  /** Names of the issue types whose descriptions are kept; left out = none are asked for. */
  readonly described?: readonly string[];
}

export interface Read {
  readonly issues: readonly Issue[];
  /** Everything updated until then has been given. */
  readonly until: number;
}

/** One of so many in a row was not updated between the search and its answer. */
const TAIL = 10;
const MOST_LOSSES = 5;

export const updatedAt = ({ fields }: Issue): number => Date.parse(fields.updated);

/**
 * Issues by their last update, oldest first, from an instant on. Where the place in the list is lost, the list is
 * begun anew at the newest update that is safely behind.
 */
export async function* issuesSince(
  session: Session,
  wanted: Wanted,
  from: number | null,
): AsyncGenerator<Read> {
  const zone = await session.zone();
  let since = from;
  let tail: readonly number[] = [];
  let next: string | undefined;
  let tokens = new Tokens();
  for (let losses = 0; losses <= MOST_LOSSES;) {
    const conditions = all(wanted.where, since === null ? undefined : updatedSince(since, zone));
    const page = await pageOf(session, { ...wanted, where: conditions }, next);
    const until = tail.length === 0 ? since : Math.min(...tail);
    if (page === undefined) {
      losses = until !== null && (since === null || until - since >= 60_000) ? 0 : losses + 1;
      since = until;
      next = undefined;
      tokens = new Tokens();
      continue;
    }
    tail = [...tail, ...page.issues.map(updatedAt)].slice(-TAIL);
    const isLast = page.next === undefined;
    // What came between the search and its answer is within the overlap of the next run.
    if (tail.length > 0) yield { issues: page.issues, until: isLast ? Math.max(...tail) : Math.min(...tail) };
    if (isLast) return;
    next = tokens.unseen(page.next);
  }
  throw new SourceError(
    "jira",
    "network",
    "issues change faster than they can be read: the next run goes on from here",
  );
}

async function pageOf(
  { platform }: Session,
  { where, fields }: Wanted,
  next: string | undefined,
): Promise<SearchPage | undefined> {
  try {
    return await platform.search({ jql: oldestUpdateFirst(where), fields, next });
  } catch (error) {
    if (error instanceof LostPlace) return undefined;
    throw error;
  }
}
