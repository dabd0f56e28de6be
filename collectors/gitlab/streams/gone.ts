import { pageOf } from "../lists.ts";
import { type Span, type Timed, type Updated, windowOf } from "../windows.ts";

/** A stored record: its id, and when it last changed as far as is known. */
export interface Ours {
  readonly id: number;
  readonly at: number;
}

/** Fewer than these are asked for one by one rather than looked for in lists. */
const FEW = 2;

type Bounds = Pick<Span, "since" | "until">;

/**
 * Those that may be gone: GitLab says nothing of deletions. Spans of time that hold as many records as are stored hold the same
 * ones; others are halved until a page holds what is there.
 */
export async function* missing<Item extends Updated>(
  list: Timed<Item>,
  idOf: (item: Item) => number,
  ours: readonly Ours[],
  bounds: Bounds = { since: "", until: "" },
): AsyncGenerator<number> {
  if (ours.length === 0) return;
  const { items, next, total } = await pageOf(
    { ...list, ask: (page) => list.ask(windowOf(bounds), page) },
    1,
  );
  if (total === ours.length) return;
  if (next === null) yield* without(ours, new Set(items.map(idOf)));
  else if (ours.length <= FEW) yield* ours.map(({ id }) => id);
  else yield* halves(list, idOf, ours, bounds);
}

function* without(ours: readonly Ours[], there: ReadonlySet<number>): Generator<number> {
  for (const { id } of ours) if (!there.has(id)) yield id;
}

async function* halves<Item extends Updated>(
  list: Timed<Item>,
  idOf: (item: Item) => number,
  ours: readonly Ours[],
  { since, until }: Bounds,
): AsyncGenerator<number> {
  const sorted = ours.toSorted((a, b) => a.at - b.at);
  const middle = sorted[sorted.length >> 1]?.at ?? 0;
  const earlier = sorted.filter(({ at }) => at < middle);
  const later = sorted.filter(({ at }) => at >= middle);
  // All in one thousandth of a second: no span tells them apart.
  if (earlier.length === 0) return yield* ours.map(({ id }) => id);
  yield* missing(list, idOf, later, { since: new Date(middle).toISOString(), until });
  yield* missing(list, idOf, earlier, { since, until: new Date(middle - 1).toISOString() });
}
