import type { RawRecord, StoredRecords } from "../../contract.ts";
import { SEPARATOR } from "../cursor.ts";
import type { Scope } from "../session.ts";

/** Deletions of what is stored of repositories that are no longer there or no longer meant. */
export async function ofOtherRepositories(
  stored: StoredRecords | undefined,
  { repositories, failures }: Scope,
): Promise<RawRecord[]> {
  // Where the list is not whole, what it lacks may well be there.
  if (!stored || failures.length > 0) return [];
  const known = new Set(repositories.map(({ id }) => id));
  const others = [...(await stored.counts(SEPARATOR)).keys()].filter((id) => !known.has(id));
  const keys = await Promise.all(others.map((id) => stored.startingWith(id + SEPARATOR)));
  return deletions(keys.flatMap((found) => [...found.keys()]));
}

export const deletions = (keys: Iterable<string>): RawRecord[] =>
  [...keys].map((key) => ({ key, payload: null }));
