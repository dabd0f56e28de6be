import type { Page } from "../../contract.ts";
import { problemAt } from "../client/answer.ts";
import { hasHole, listIn, present, toItsEnd } from "../client/lists.ts";
import { PageSize } from "../client/page-size.ts";
import { keyOf, SEPARATOR } from "../cursor.ts";
import type { Repository } from "../session.ts";
import { deletions } from "./gone.ts";
import type { Walker } from "./walk.ts";

/**
 * Where GitHub has more or fewer records than are stored, all ids are compared: what vanished is deleted, what
 * is missing is fetched. A difference that stays is looked into once, not in every run.
 */
export async function* compare(walker: Walker): AsyncGenerator<Page> {
  const { context, repositories, states, totals } = walker;
  const { ids } = walker.spec;
  if (!context.stored || ids === undefined) return;
  const counts = await context.stored.counts(SEPARATOR);
  for (const repository of repositories) {
    const state = states.get(repository.id);
    const total = totals.get(repository.id);
    if (!state || state.open.length > 0 || total === undefined) continue;
    const stored = counts.get(repository.id) ?? 0;
    if (total === stored || state.compared === `${total} ${stored}`) continue;
    const before = walker.failures.count;
    const left = yield* compareIds(walker, ids, repository);
    // What could not be compared to its end is compared again; the same counts at a later time may be of other records.
    const compared = walker.failures.count === before ? `${total} ${left}` : undefined;
    states.set(repository.id, { ...(states.get(repository.id) ?? state), compared });
  }
}

/** Returns how many are then stored. */
async function* compareIds(walker: Walker, operation: string, repository: Repository): AsyncGenerator<Page, number> {
  const { context } = walker;
  const there = await idsOf(walker, operation, repository);
  if (!there) return 0;
  const stored = (await context.stored?.startingWith(repository.id + SEPARATOR)) ?? new Map<string, number | null>();
  const keys = new Set([...there].map((id) => keyOf(repository.id, id)));
  const gone = [...stored.keys()].filter((key) => !keys.has(key));
  const missing = [...there].filter((id) => !stored.has(keyOf(repository.id, id)));
  if (gone.length > 0) yield walker.pageOf(deletions(gone));
  yield* walker.fetch(repository, missing);
  return stored.size - gone.length + missing.length;
}

/** All ids of a list; undefined where GitHub does not give all. */
async function idsOf(walker: Walker, operation: string, repository: Repository): Promise<Set<string> | undefined> {
  const { github } = walker.session;
  const variables = { id: repository.id };
  const answer = await github.query(operation, variables, new PageSize(100));
  const first = listIn(answer);
  const list = first && (await toItsEnd(github, operation, variables, first));
  if (list && !hasHole(list)) return new Set(present(list).map(({ id }) => id));
  if (list) walker.failures.incomplete(repository);
  else walker.failures.refused(repository, problemAt(answer.problems, ["node"]));
  return undefined;
}
