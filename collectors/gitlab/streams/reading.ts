import { z } from "zod";
import type { Json, Page, RawRecord, StreamContext } from "../../contract.ts";
import { isWeekApart } from "../../week.ts";
import { idIn, keyOf, type States } from "../cursor.ts";
import { assertShape, Refusal } from "../failures.ts";
import { MANY } from "../lists.ts";
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
} from "../windows.ts";
import { Comparison, type Ours } from "./compare.ts";
import type { Kind } from "./kind.ts";

export const projectState = progress.extend({
  /** Those that were not final when last read. */
  unfinished: z.array(z.int()),
  /** Those that were wanted and are not there. */
  absent: z.array(z.int()),
  /** When all were last listed: milliseconds since 1970. */
  listed: z.number().nullable().default(null),
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
  /** The first run begins with it, also one that is cut short. */
  #listed: number;
  /** Id -> when it was updated, of what was read in this run. */
  readonly #seen = new Map<number, number>();
  #known: ReadonlyMap<string, number | null> = new Map();
  /** What was updated since may have been read in the very instant of an update, before a further one. */
  #settled = -Infinity;

  constructor(kind: Kind<Item>, about: About) {
    this.#kind = kind;
    this.#about = about;
    const { project, states, context } = about;
    this.#listed = states.get(project.id)?.listed ?? context.now?.getTime() ?? 0;
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
      const parts = this.#partsOf(page.items);
      for (const items of parts.slice(0, -1))
        yield this.#page(await this.#recordsOf(items), { until: began.until, open });
      open = page.open;
      yield this.#page(await this.#recordsOf(parts.at(-1) ?? []), { until: began.until, open });
    }
    const wanted = (await this.#kind.wanted?.(project, context)) ?? [];
    yield* this.#byId([...earlier, ...wanted.filter((id) => !this.#absent.has(id))], began.until);
    yield* this.#compared(began.until);
  }

  #page(records: readonly RawRecord[], { until, open }: { until: string; open: readonly Span[] }): Page {
    const { project, states } = this.#about;
    const unfinished = [...this.#unfinished].slice(-MOST_UNFINISHED);
    states.set(project.id, {
      until,
      open: [...open],
      unfinished,
      absent: [...this.#absent].slice(-MOST_ABSENT),
      listed: this.#listed,
    });
    return { records, cursor: states.cursor() };
  }

  /** What is new among them, in as many parts as are to be stored at once. */
  #partsOf(items: readonly Item[]): (readonly Item[])[] {
    const some = items.filter((one) => this.#isNew(one));
    return chunks(some, this.#kind.whole ? FEW : MANY);
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

  /** What is stored is held against what is there: by number, and once a week one by one. */
  async *#compared(until: string): AsyncGenerator<Page> {
    const { bounds, context } = this.#about;
    if (!this.#kind.isCompared) return;
    const window = { since: bounds.first, until: "" };
    const comparison = new Comparison(this.#list, this.#kind.idOf);
    const first = await comparison.first(window);
    this.total = first.total;
    const ours = await this.#ours();
    const at = context.now?.getTime() ?? 0;
    // One may be gone and another shown again, and their number be the same.
    const isDue = isWeekApart(at, this.#listed);
    const gone: number[] = [];
    for await (const found of isDue
      ? comparison.all(ours, window)
      : comparison.differing(ours, window, first)) {
      for (const items of this.#partsOf(found.there))
        yield this.#page(await this.#recordsOf(items), { until, open: [] });
      gone.push(...found.gone);
    }
    yield* this.#again(gone, until);
    if (!isDue) return;
    this.#listed = at;
    yield this.#page([], { until, open: [] });
  }

  async #ours(): Promise<readonly Ours[]> {
    const { project, context, bounds } = this.#about;
    const stored = [...((await context.stored?.startingWith(keyOf(project.id, ""))) ?? [])];
    return stored
      .map(([key, at]) => ({ id: Number(idIn(key)), at: at ?? 0 }))
      .filter(({ at }) => bounds.first === "" || at >= Date.parse(bounds.first));
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
