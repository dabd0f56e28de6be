import { type ListPage, pageOf } from "../lists.ts";
import { type Span, type Timed, type Updated, walk, windowOf } from "../windows.ts";

/** A stored record: its id, and when it last changed as far as is known. */
export interface Ours {
  readonly id: number;
  readonly at: number;
}

/** What is in a list, and which of ours may not be. */
interface Compared<Item> {
  readonly there: readonly Item[];
  readonly gone: readonly number[];
}

/** Fewer than these are not told apart by further spans. */
const FEW = 2;

type Bounds = Pick<Span, "since" | "until">;

const iso = (at: number) => new Date(at).toISOString();

/** A list of GitLab's, and how its records are told apart. */
export class Comparison<Item extends Updated> {
  readonly #list: Timed<Item>;
  readonly #idOf: (item: Item) => number;

  constructor(list: Timed<Item>, idOf: (item: Item) => number) {
    this.#list = list;
    this.#idOf = idOf;
  }

  first(bounds: Bounds): Promise<ListPage<Item>> {
    return pageOf({ ...this.#list, ask: (page) => this.#list.ask(windowOf(bounds), page) }, 1);
  }

  /**
   * GitLab says nothing of deletions, nor of what becomes visible. Spans of time that hold as many records as are stored are taken to hold
   * the same ones; others are halved until a page holds what is there.
   */
  async *differing(
    ours: readonly Ours[],
    bounds: Bounds,
    first?: ListPage<Item>,
  ): AsyncGenerator<Compared<Item>> {
    const { items, next, total } = first ?? (await this.first(bounds));
    if (total === ours.length) return;
    if (next === null) yield { there: items, gone: this.#without(ours, items) };
    else if (ours.length <= FEW) yield* this.all(ours, bounds);
    else yield* this.#halves(ours, bounds);
  }

  async *#halves(ours: readonly Ours[], { since, until }: Bounds): AsyncGenerator<Compared<Item>> {
    const sorted = ours.toSorted((a, b) => a.at - b.at);
    const middle = sorted[sorted.length >> 1]?.at ?? 0;
    const earlier = sorted.filter(({ at }) => at < middle);
    const later = sorted.filter(({ at }) => at >= middle);
    if (earlier.length === 0) {
      // All in one thousandth of a second: no span tells them apart.
      yield* this.all(ours, { since, until });
      return;
    }
    yield* this.differing(later, { since: iso(middle), until });
    yield* this.differing(earlier, { since, until: iso(middle - 1) });
  }

  /** One may be gone and another there, and their number be the same: only all of them tell. */
  async *all(ours: readonly Ours[], { since, until }: Bounds): AsyncGenerator<Compared<Item>> {
    let gone: readonly Ours[] = ours;
    for await (const { items } of walk(this.#list, { until, open: [{ since, until, page: 1 }] })) {
      const there = new Set(items.map(this.#idOf));
      gone = gone.filter(({ id }) => !there.has(id));
      yield { there: items, gone: [] };
    }
    yield { there: [], gone: gone.map(({ id }) => id) };
  }

  #without(ours: readonly Ours[], items: readonly Item[]): number[] {
    const there = new Set(items.map(this.#idOf));
    return ours.filter(({ id }) => !there.has(id)).map(({ id }) => id);
  }
}
