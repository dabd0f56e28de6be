import { SourceError } from "../../../src/errors.ts";
import type { Json, Page, RawRecord, Stream, StreamContext } from "../../contract.ts";
import { nodesIn, problemAt } from "../client/answer.ts";
import { hasHole, type List, listIn, listsIn, nextPage, type Node, payloadOf, present } from "../client/lists.ts";
import { PageSize } from "../client/page-size.ts";
import type { GitHubConfig } from "../config.ts";
import { keyOf, States } from "../cursor.ts";
import { Failures, type StreamName } from "../failures.ts";
import type { Repository, Scope, Session } from "../session.ts";
import { ofOtherRepositories } from "./gone.ts";
import { compare } from "./compare.ts";
import { completed, type Inner } from "./inner.ts";
import { Waiting } from "./waiting.ts";
import { floorOf, isBelow, later, untouched, type Walk, type WalkState, walkState, withPending } from "./walk-state.ts";

/** A list of each repository that is read from its newest record down. */
export interface WalkSpec {
  readonly name: StreamName;
  /** Operations: a page of one repository, the top of several, all ids of one, records by id. */
  readonly page: string;
  readonly heads: string;
  /** Left out = not every record of the list is kept, so that there is nothing to compare. */
  readonly ids?: string;
  readonly byId: string;
  readonly inner: Inner;
  /** What the list is ordered by. */
  readonly orderedBy: "updatedAt" | "createdAt";
  /** Seconds before the newest known that are read again. */
  readonly lag: (config: GitHubConfig) => number;
  /** Sizes at which GitHub's rounding of points is kindest. */
  readonly sizes: (config: GitHubConfig) => { readonly page: number; readonly head: number };
  readonly variables?: (config: GitHubConfig) => object;
  /** Left out = order of update tells of every change. */
  readonly isFinal?: (node: Node) => boolean;
  /** Repositories that have such a list; left out = all. */
  readonly isMeant?: (repository: Repository) => boolean;
  /** What is kept of a record; left out = the record itself. */
  readonly record?: (repository: Repository, node: Node) => Promise<RawRecord | undefined>;
}

/** Repositories whose newest records are asked for at once. */
export const HEADS = 10;

export const walkStream = (session: Session, spec: WalkSpec): Stream<GitHubConfig> => ({
  name: spec.name,
  needs: [],
  async *pages(_, cursor, context) {
    yield* new Walker(session, spec, cursor, context, await session.scope()).pages();
  },
});

interface Taken {
  readonly records: readonly RawRecord[];
  readonly hasHole: boolean;
  readonly seen: readonly { readonly id: string; readonly isFinal: boolean }[];
}

export class Walker {
  readonly session: Session;
  readonly spec: WalkSpec;
  readonly context: StreamContext;
  readonly scope: Scope;
  readonly repositories: readonly Repository[];
  readonly failures: Failures;
  readonly states: States<WalkState>;
  /** Repository -> how many records GitHub says it has. */
  readonly totals = new Map<string, number>();
  readonly seen = new Set<string>();
  readonly #waiting = new Waiting(() => this.states.cursor());
  readonly #page: PageSize;
  readonly #head: PageSize;
  readonly #byId = new PageSize(25);

  constructor(
    session: Session,
    spec: WalkSpec,
    cursor: Json | undefined,
    context: StreamContext,
    scope: Scope,
  ) {
    this.session = session;
    this.spec = spec;
    this.context = context;
    this.scope = scope;
    this.repositories = scope.repositories.filter((one) => spec.isMeant?.(one) ?? true);
    this.failures = new Failures(spec.name);
    // Asking for more, such as paths, means reading everything again.
    this.states = new States(walkState, cursor, JSON.stringify(this.#variables()));
    const { page, head } = spec.sizes(session.config);
    this.#page = new PageSize(page);
    this.#head = new PageSize(head);
  }

  pages(): AsyncGenerator<Page> {
    return this.#waiting.storedWith(this.#all());
  }

  async *#all(): AsyncGenerator<Page> {
    const { repositories, scope } = this;
    yield* this.#others();
    for (let start = 0; start < repositories.length; start += HEADS) {
      await this.#headsOrNone(repositories.slice(start, start + HEADS));
      yield this.#waiting.page();
    }
    for (const repository of repositories) yield* this.failures.within(repository, this.#walks(repository));
    yield* this.#unfinished();
    // What is compared is what is stored.
    yield this.#waiting.page();
    yield* compare(this);
    yield { ...this.#waiting.page(), ...this.#declared() };
    this.failures.end(scope);
  }

  pageOf(records: readonly RawRecord[]): Page {
    this.#waiting.add(...records);
    return this.#waiting.page();
  }

  async *#others(): AsyncGenerator<Page> {
    const gone = await ofOtherRepositories(this.context.stored, this.scope);
    if (this.scope.failures.length > 0) return;
    this.states.keepOnly(new Set(this.scope.repositories.map(({ id }) => id)));
    if (gone.length > 0) yield this.pageOf(gone);
  }

  /** Where GitHub cannot answer for several repositories together, each is walked by itself. */
  async #headsOrNone(repositories: readonly Repository[]): Promise<void> {
    try {
      await this.#heads(repositories);
    } catch (error) {
      if (!(error instanceof SourceError) || error.failure !== "network") throw error;
      for (const { id } of repositories) {
        const state = this.states.get(id) ?? untouched;
        this.states.set(id, { ...state, open: [this.#fresh(state), ...state.open] });
      }
    }
  }

  /** The newest records of several repositories: of most, nothing more is new. */
  async #heads(repositories: readonly Repository[]): Promise<void> {
    const ids = repositories.map(({ id }) => id);
    const { github } = this.session;
    const answer = await github.query(this.spec.heads, { ids, ...this.#variables() }, this.#head);
    const lists = listsIn(answer);
    for (const [index, repository] of repositories.entries()) {
      const list = lists[index];
      if (list) await this.#takeHead(repository, list);
      else this.failures.refused(repository, problemAt(answer.problems, ["nodes", index]));
    }
  }

  async #takeHead(repository: Repository, list: List): Promise<void> {
    const state = this.states.get(repository.id) ?? untouched;
    const fresh = this.#fresh(state);
    const { records, hasHole: isHoley, seen } = await this.take(repository, list);
    // What is not whole is walked from its beginning, page by page.
    const rest = isHoley ? [fresh] : this.#rest(fresh, list);
    const top = later(state.top, this.#topOf(list));
    this.states.set(repository.id, withPending({ ...state, top, open: [...rest, ...state.open] }, seen, fresh.floor));
    this.#waiting.add(...records);
  }

  #fresh(state: WalkState): Walk {
    return { after: null, floor: floorOf(state, this.spec.lag(this.session.config)) };
  }

  async *#walks(repository: Repository): AsyncGenerator<Page> {
    let state = this.states.get(repository.id) ?? untouched;
    while (state.open[0]) {
      const [walk, ...others] = state.open;
      const list = await this.#ask(repository, walk);
      if (!list) return;
      const { records, hasHole: isHoley, seen } = await this.take(repository, list);
      if (isHoley) {
        this.failures.incomplete(repository);
        this.#waiting.add(...records);
        return;
      }
      const top = later(state.top, this.#topOf(list));
      state = withPending({ ...state, top, open: [...this.#rest(walk, list), ...others] }, seen, walk.floor);
      this.states.set(repository.id, state);
      this.#waiting.add(...records);
      if (this.#waiting.isEnough) yield this.#waiting.page();
    }
  }

  async #ask(repository: Repository, { after }: Walk): Promise<List | undefined> {
    const variables = { id: repository.id, after, ...this.#variables() };
    const answer = await this.session.github.query(this.spec.page, variables, this.#page);
    const list = listIn(answer);
    if (!list) this.failures.refused(repository, problemAt(answer.problems, ["node"]));
    return list;
  }

  #variables(): object {
    return this.spec.variables?.(this.session.config) ?? {};
  }

  /** What is left of a walk after a page of it. */
  #rest({ floor }: Walk, list: List): Walk[] {
    const after = nextPage(list);
    const isDone = after === undefined || present(list).some((node) => isBelow(this.#instantOf(node), floor));
    return isDone ? [] : [{ after, floor }];
  }

  #instantOf(node: Node): string {
    return String(node[this.spec.orderedBy]);
  }

  #topOf(list: List): string | null {
    return present(list).reduce<string | null>((top, node) => later(top, this.#instantOf(node)), null);
  }

  /** Records of a page, with what belongs to them. */
  async take(repository: Repository, list: List): Promise<Taken> {
    if (list.totalCount !== undefined) this.totals.set(repository.id, list.totalCount);
    const { spec, session } = this;
    const records: RawRecord[] = [];
    const seen: { id: string; isFinal: boolean }[] = [];
    let isHoley = hasHole(list);
    for (const given of present(list)) {
      const { node, hasHole: isPart } = await completed(session.github, given, spec.inner);
      isHoley ||= isPart;
      this.seen.add(node.id);
      seen.push({ id: node.id, isFinal: spec.isFinal?.(node) ?? true });
      const record = spec.record ? await spec.record(repository, node) : recordOf(repository, node);
      if (record) records.push(record);
    }
    return { records, hasHole: isHoley, seen };
  }

  /** What was not final when last read, and is older than what was read again. */
  async *#unfinished(): AsyncGenerator<Page> {
    if (!this.spec.isFinal) return;
    for (const repository of this.repositories) {
      const state = this.states.get(repository.id);
      const ids = state?.pending.filter((id) => !this.seen.has(id)) ?? [];
      if (ids.length > 0) yield* this.fetch(repository, ids);
    }
  }

  /** Records by id. What is not there any more is deleted. */
  async *fetch(repository: Repository, ids: readonly string[]): AsyncGenerator<Page> {
    for (let left = [...ids]; left.length > 0; ) {
      const { data, problems } = await this.session.github.byId(this.spec.byId, left, this.#variables(), this.#byId);
      const nodes = nodesIn(data) as readonly (Node | null)[];
      if (nodes.length === 0) {
        this.failures.incomplete(repository);
        return;
      }
      const { records, hasHole: isHoley, seen } = await this.take(repository, { nodes: nodes.filter((node) => node !== null) });
      const gone = nodes.flatMap((node, index) =>
        node === null && problemAt(problems, ["nodes", index])?.type === "NOT_FOUND" ? [left[index] ?? ""] : [],
      );
      if (isHoley || nodes.filter((node) => node === null).length > gone.length) this.failures.incomplete(repository);
      const state = withPending(this.states.get(repository.id) ?? untouched, [
        ...seen,
        ...gone.map((id) => ({ id, isFinal: true })),
      ]);
      this.states.set(repository.id, state);
      yield this.pageOf([...records, ...gone.map((id) => ({ key: keyOf(repository.id, id), payload: null }))]);
      left = left.slice(nodes.length);
    }
  }

  #declared(): Pick<Page, "declaredTotal"> {
    const totals = this.repositories.map(({ id }) => this.totals.get(id));
    return this.spec.ids === undefined || totals.includes(undefined)
      ? {}
      : { declaredTotal: totals.reduce<number>((sum, total) => sum + (total ?? 0), 0) };
  }
}

export function recordOf({ id }: Pick<Repository, "id">, node: Node): RawRecord {
  const updatedAt = node["updatedAt"];
  return {
    key: keyOf(id, node.id),
    ...(typeof updatedAt === "string" && { updatedAt }),
    payload: payloadOf(node),
  };
}
