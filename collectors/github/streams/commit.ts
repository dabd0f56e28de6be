import type { Page, RawRecord, Stream, StreamContext } from "../../contract.ts";
import { type List, nextPage, type Node, payloadOf, present } from "../client/lists.ts";
import { PageSize } from "../client/page-size.ts";
import type { GitHubConfig } from "../config.ts";
import { keyOf, SEPARATOR, type States } from "../cursor.ts";
import type { Repository, Session } from "../session.ts";
import { type Pushed, type PushedState, pushedStream, read } from "./pushed.ts";
import type { RefLister, Refs } from "./refs.ts";
import { Waiting } from "./waiting.ts";

interface Commit extends Node {
  readonly oid: string;
  readonly parents: { readonly nodes: readonly { readonly oid: string }[] };
}

/** Everything that is reachable from the main line, the tags and the branches that are deployed from. */
export const commitStream = (session: Session, lister: RefLister): Stream<GitHubConfig> =>
  pushedStream("commit", session, lister, (pushed) => new History(session, pushed).pages());

const tipsOf = ({ main, tags, branches }: Refs): string[] => [
  ...(main ? [main.target.oid] : []),
  ...[...tags, ...branches].flatMap(({ target }) => (target ? [target.target?.oid ?? target.oid] : [])),
];

/**
 * Commits never change, so a run reads until every parent of what it has read is stored. By time alone it could
 * not tell: a merge brings in commits that are older than what is known.
 */
class History {
  readonly #session: Session;
  readonly #repository: Repository;
  readonly #refs: Refs;
  readonly #states: States<PushedState>;
  readonly #context: StreamContext;
  readonly #size = new PageSize(100);
  readonly #frontier = new Set<string>();
  readonly #waiting = new Waiting(() => this.#states.cursor());
  #known = new Set<string>();

  constructor(session: Session, { repository, refs, states, context }: Pushed) {
    this.#session = session;
    this.#repository = repository;
    this.#refs = refs;
    this.#states = states;
    this.#context = context;
  }

  pages(): AsyncGenerator<Page> {
    const before = this.#states.get(this.#repository.id);
    return this.#waiting.storedWith(this.#all(before), () => this.#stored(before));
  }

  async *#all(before: PushedState | undefined): AsyncGenerator<Page> {
    const { id } = this.#repository;
    const stored = (await this.#context.stored?.startingWith(id + SEPARATOR)) ?? new Map<string, number | null>();
    this.#known = new Set([...stored.keys()].map((key) => key.slice(id.length + SEPARATOR.length)));
    for (const oid of [...tipsOf(this.#refs), ...(before?.frontier ?? [])]) if (!this.#known.has(oid)) this.#frontier.add(oid);
    for (const [oid] of this.#frontier.entries()) yield* this.#from(oid, before);
    this.#states.set(id, read(this.#repository, this.#session.config.branches, before));
    yield this.#waiting.page();
  }

  /** Reads back from one commit for as long as that brings anything new. */
  async *#from(oid: string, before: PushedState | undefined): AsyncGenerator<Page> {
    for (let after: string | undefined; this.#frontier.has(oid) || after !== undefined; ) {
      const list = await this.#ask(oid, after);
      const fresh = list ? (present(list) as Commit[]).filter((commit) => !this.#known.has(commit.oid)) : [];
      for (const commit of fresh) this.#take(commit);
      // What is gone meanwhile has no history to give.
      if (!list) this.#frontier.delete(oid);
      this.#waiting.add(...fresh.map((commit) => this.#record(commit)));
      if (this.#waiting.isEnough) yield this.#stored(before);
      after = list && fresh.length > 0 && this.#frontier.size > 0 ? nextPage(list) : undefined;
      if (fresh.length === 0) this.#frontier.delete(oid);
    }
  }

  #take({ oid, parents }: Commit): void {
    this.#known.add(oid);
    this.#frontier.delete(oid);
    for (const parent of parents.nodes) if (!this.#known.has(parent.oid)) this.#frontier.add(parent.oid);
  }

  /** What was read so far, and from where to go on. */
  #stored(before: PushedState | undefined): Page {
    const state = { mark: before?.mark ?? "", isSettled: false, frontier: [...this.#frontier] };
    this.#states.set(this.#repository.id, state);
    return this.#waiting.page();
  }

  #record(commit: Commit): RawRecord {
    return {
      key: keyOf(this.#repository.id, commit.oid),
      updatedAt: String(commit["committedDate"]),
      payload: payloadOf(commit),
    };
  }

  async #ask(oid: string, after: string | undefined): Promise<List | undefined> {
    const { data } = await this.#session.github.query("Commits", { id: this.#repository.id, oid, after }, this.#size);
    const node = data?.["node"] as { object?: { list?: List } | null } | null | undefined;
    return node?.object?.list;
  }
}
