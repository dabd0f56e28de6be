import { z } from "zod";
import type { Json, Page, RawRecord, StreamContext } from "../../contract.ts";
import { idIn, keyOf, type States } from "../cursor.ts";
import { assertShape, Refusal } from "../failures.ts";
import { type List, MANY, pageOf } from "../lists.ts";
import type { Project } from "../session.ts";
import {
  type Bounds,
  millisecondsOf,
  progress,
  resumed,
  type Span,
  type Timed,
  type Updated,
  walk,
  windowOf,
} from "../windows.ts";
import { missing } from "./gone.ts";
import type { Kind } from "./kind.ts";

export const projectState = progress.extend({
  /** Those that were not final when last read. */
  unfinished: z.array(z.int()),
  /** Those that were wanted and are not there. */
  absent: z.array(z.int()),
});

type ProjectState = z.output<typeof projectState>;

/** Bounds the cursor; what goes on for so long is seen by its time of update. */
const MOST_UNFINISHED = 1_000;
const MOST_ABSENT = 10_000;
/** Records stored at once where each takes more questions. */
const FEW = 20;

interface About {
  readonly project: Project;
  readonly context: StreamContext;
  readonly states: States<ProjectState>;
  readonly bounds: Bounds;
}

/** One project's records of one kind. */
export class Reading<Item extends Updated> {
  /** How many GitLab says there are. */
  total: number | undefined;
  readonly #kind: Kind<Item>;
  readonly #about: About;
  readonly #list: Timed<Item>;
  readonly #unfinished: Set<number>;
  readonly #absent: Set<number>;
  /** Id -> when it was updated, of what was read in this run. */
  readonly #seen = new Map<number, number>();
  #known: ReadonlyMap<string, number | null> = new Map();
  /** What was updated since may have been read in the very instant of an update, before a further one. */
  #settled = -Infinity;

  constructor(kind: Kind<Item>, about: About) {
    this.#kind = kind;
    this.#about = about;
    const { project, states } = about;
    this.#unfinished = new Set(states.get(project.id)?.unfinished);
    this.#absent = new Set(states.get(project.id)?.absent);
    this.#list = {
      what: `${project.path_with_namespace}: ${kind.stream}`,
      shape: kind.shape,
      ask: (window, page) => kind.ask(project, window, page),
    };
  }

  async *pages(): AsyncGenerator<Page> {
    const { project, states, bounds, context } = this.#about;
    await this.#kind.begin?.(project, context);
    const before = states.get(project.id);
    const began = resumed(before, bounds);
    const earlier = [...this.#unfinished];
    // Where there is no state of this question, what is stored answers another.
    if (before && this.#kind.whole) {
      this.#known = (await context.stored?.startingWith(keyOf(project.id, ""))) ?? this.#known;
      this.#settled = Date.parse(before.until) - bounds.lag * 1000;
    }
    let open: readonly Span[] = began.open;
    for await (const page of walk(this.#list, began)) {
      const parts = chunks(
        page.items.filter((one) => this.#isNew(one)),
        this.#kind.whole ? FEW : MANY,
      );
      for (const items of parts.slice(0, -1))
        yield this.#page(await this.#recordsOf(items), { until: began.until, open });
      open = page.open;
      yield this.#page(await this.#recordsOf(parts.at(-1) ?? []), { until: began.until, open });
    }
    const wanted = (await this.#kind.wanted?.(project, context)) ?? [];
    yield* this.#byId([...earlier, ...wanted.filter((id) => !this.#absent.has(id))], began.until);
    yield* this.#gone(began.until);
  }

  #page(records: readonly RawRecord[], { until, open }: { until: string; open: readonly Span[] }): Page {
    const { project, states } = this.#about;
    const unfinished = [...this.#unfinished].slice(-MOST_UNFINISHED);
    states.set(project.id, {
      until,
      open: [...open],
      unfinished,
      absent: [...this.#absent].slice(-MOST_ABSENT),
    });
    return { records, cursor: states.cursor() };
  }

  /** Where each takes more questions, what is stored as it is now is left out. */
  #isNew(item: Item): boolean {
    const { idOf, isFinal = () => true } = this.#kind;
    const at = millisecondsOf(item);
    if (this.#seen.get(idOf(item)) === at) return false;
    const isStored =
      at < this.#settled &&
      this.#known.get(keyOf(this.#about.project.id, idOf(item))) === at &&
      isFinal(item);
    if (isStored) this.#note(item);
    return !isStored;
  }

  #note(item: Item): void {
    const { idOf, isFinal = () => true } = this.#kind;
    this.#seen.set(idOf(item), millisecondsOf(item));
    if (isFinal(item)) this.#unfinished.delete(idOf(item));
    else this.#unfinished.add(idOf(item));
  }

  async #recordsOf(items: readonly Item[]): Promise<RawRecord[]> {
    const records: RawRecord[] = [];
    for (const item of items) records.push(await this.#recordOf(item));
    return records;
  }

  async #recordOf(item: Item): Promise<RawRecord> {
    const { project } = this.#about;
    const payload = (await this.#kind.whole?.(project, item)) ?? (item as unknown as Json);
    this.#note(item);
    return { key: keyOf(project.id, this.#kind.idOf(item)), updatedAt: item.updated_at, payload };
  }

  async *#byId(ids: readonly number[], until: string): AsyncGenerator<Page> {
    const unseen = [...new Set(ids)].filter((id) => !this.#seen.has(id));
    for (const some of chunks(unseen, FEW)) {
      const records: RawRecord[] = [];
      for (const id of some) records.push(await this.#shown(id));
      yield this.#page(records, { until, open: [] });
    }
  }

  /** What is not there any more has no payload. */
  async #shown(id: number): Promise<RawRecord> {
    const { project } = this.#about;
    const item = await this.#found(id);
    if (item) return await this.#recordOf(item);
    this.#unfinished.delete(id);
    this.#absent.add(id);
    return { key: keyOf(project.id, id), payload: null };
  }

  async #found(id: number): Promise<Item | undefined> {
    try {
      const item = await this.#kind.show(this.#about.project, id);
      if (item) assertShape(this.#list.what, this.#kind.shape, item);
      return item;
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) return undefined;
      throw error;
    }
  }

  async *#gone(until: string): AsyncGenerator<Page> {
    const { project, context, bounds } = this.#about;
    if (!this.#kind.isCompared) return;
    const window = { since: bounds.first, until: "" };
    const list: List<Item> = { ...this.#list, ask: (page) => this.#list.ask(windowOf(window), page) };
    this.total = (await pageOf(list, 1)).total;
    const stored = [...((await context.stored?.startingWith(keyOf(project.id, ""))) ?? [])];
    const ours = stored
      .map(([key, at]) => ({ id: Number(idIn(key)), at: at ?? 0 }))
      .filter(({ at }) => bounds.first === "" || at >= Date.parse(bounds.first));
    if (ours.length === this.total) return;
    const ids: number[] = [];
    for await (const id of missing(this.#list, this.#kind.idOf, ours, window)) ids.push(id);
    yield* this.#again(ids, until);
  }

  /** Asked for once more, also where it was seen in this run. */
  async *#again(ids: readonly number[], until: string): AsyncGenerator<Page> {
    for (const id of ids) this.#seen.delete(id);
    yield* this.#byId(ids, until);
  }
}

const chunks = <Item>(items: readonly Item[], size: number): (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
