import { SourceError } from "../../../src/errors.ts";
import type { Json, Page, RawRecord, Stream, StreamContext } from "../../contract.ts";
import { isWeekApart } from "../../week.ts";
import type { JiraConfig } from "../config.ts";
import { cursorOf, stateOf, type WalkState } from "../cursor.ts";
import { oneOf } from "../jql.ts";
import type { Session } from "../session.ts";
import type { Issue } from "../shapes.ts";
import { issuesSince, type Wanted } from "./reader.ts";

/** Records that are made of issues. */
export interface WalkSpec {
  readonly name: string;
  /** Which issues; undefined where there are none. */
  readonly wanted: (session: Session) => Promise<Wanted | undefined>;
  readonly records: (session: Session, issues: readonly Issue[]) => Promise<readonly Taken[]>;
}

export interface Taken {
  readonly record: RawRecord;
  /** Left out = it is: any change to it is an update of its issue. */
  readonly isFinal?: boolean;
}

/** Pages of Jira are small; changelogs come for so many issues at once, and storing one takes as long as storing many. */
const AT_ONCE = 1_000;
/** Issues that are asked for by their ids at once. */
const BY_ID = 100;
/** Up to so many pages of ids are compared in each run; more of them once a week. */
const FEW_PAGES = 20;
/** Bounds the cursor: what is still open behind so many newer ones will hardly be decided. */
const MOST_PENDING = 500;

export const walkStream = (session: Session, spec: WalkSpec): Stream<JiraConfig> => ({
  name: spec.name,
  needs: [],
  async *pages(_, cursor, context) {
    session.serve(context);
    const wanted = await spec.wanted(session);
    const asked = [session.config.projects, session.config.jql, wanted?.fields];
    const variant = JSON.stringify(wanted?.described ? [...asked, wanted.described] : asked);
    yield* new Walker(session, spec, wanted, stateOf(cursor, variant), context).pages();
    endOf(await session.scope());
  },
});

class Walker {
  readonly #session: Session;
  readonly #spec: WalkSpec;
  readonly #wanted: Wanted | undefined;
  readonly #context: StreamContext;
  readonly #seen = new Set<string>();
  #state: WalkState;

  constructor(
    session: Session,
    spec: WalkSpec,
    wanted: Wanted | undefined,
    state: WalkState,
    context: StreamContext,
  ) {
    this.#session = session;
    this.#spec = spec;
    this.#wanted = wanted;
    this.#state = state;
    this.#context = context;
  }

  async *pages(): AsyncGenerator<Page> {
    const listed = await this.#listed();
    if (listed) yield* this.#withoutGone(listed);
    if (this.#wanted) {
      yield* this.#updates(this.#wanted);
      yield* this.#pending(this.#wanted);
    }
    yield* this.#compare(listed);
  }

  async *#updates(wanted: Wanted): AsyncGenerator<Page> {
    const { until } = this.#state;
    const from = until === null ? null : until - this.#session.config.overlap * 1000;
    const { failures } = await this.#session.scope();
    let waiting = new Map<string, Issue>();
    for await (const read of issuesSince(this.#session, wanted, from)) {
      for (const issue of read.issues) waiting.set(issue.id, issue);
      // Where a project is not there, what changes in it meanwhile is still to be read once it is back.
      if (failures.length === 0)
        this.#state = { ...this.#state, until: Math.max(read.until, until ?? read.until) };
      if (waiting.size < AT_ONCE) continue;
      yield await this.#pageOf([...waiting.values()]);
      waiting = new Map();
    }
    yield await this.#pageOf([...waiting.values()]);
  }

  async #pageOf(issues: readonly Issue[], gone: readonly string[] = []): Promise<Page> {
    const state = this.#state;
    const taken = issues.length === 0 ? [] : await this.#spec.records(this.#session, issues);
    const pending = new Set(state.pending);
    for (const { record, isFinal = true } of taken) {
      this.#seen.add(record.key);
      pending.delete(record.key);
      if (!isFinal) pending.add(record.key);
    }
    for (const key of gone) pending.delete(key);
    this.#state = { ...this.#state, pending: [...pending].slice(-MOST_PENDING) };
    const records = [...taken.map(({ record }) => record), ...gone.map((key) => ({ key, payload: null }))];
    return { records, cursor: cursorOf(this.#state) };
  }

  /** What was not final when last read, and was not updated since. What is no longer there is found by comparing. */
  async *#pending(wanted: Wanted): AsyncGenerator<Page> {
    const open = this.#state.pending.filter((id) => !this.#seen.has(id));
    if (open.length === 0) return;
    const there = await this.#session.platform.ids(wanted.where);
    yield* this.#fetch(
      wanted,
      open.filter((id) => there.has(id)),
    );
    // Where a project is not there, what it held is not deleted.
    if ((await this.#session.scope()).failures.length > 0) return;
    const gone = open.filter((id) => !there.has(id));
    if (gone.length > 0) yield await this.#pageOf([], gone);
  }

  async *#fetch({ where, fields }: Wanted, ids: readonly string[]): AsyncGenerator<Page> {
    for (let start = 0; start < ids.length; start += BY_ID) {
      const some = ids.slice(start, start + BY_ID);
      const issues: Issue[] = [];
      const searching = { where: `${where} AND ${oneOf("id", some)}`, fields };
      for await (const read of issuesSince(this.#session, searching, null)) issues.push(...read.issues);
      yield await this.#pageOf(issues);
    }
  }

  /** Ids of all that there is, where they are few enough to be compared in each run. */
  async #listed(): Promise<ReadonlySet<string> | undefined> {
    const { stored } = this.#context;
    if (!stored || this.#state.until === null) return undefined;
    const { size } = await stored.startingWith("");
    return size <= FEW_PAGES * this.#session.platform.idsAtOnce ? this.#ids() : undefined;
  }

  /**
   * Before the updates are read, past which the next run does not look back: what is hidden while they are, and was changed, is
   * not stored as it was once, and is read when it is shown again.
   */
  async *#withoutGone(listed: ReadonlySet<string>): AsyncGenerator<Page> {
    const { stored } = this.#context;
    // Where a project is not there, what it held is not deleted.
    if (!stored || (await this.#session.scope()).failures.length > 0) return;
    const keys = [...(await stored.startingWith("")).keys()];
    const gone = keys.filter((key) => !listed.has(key));
    if (gone.length > 0) yield await this.#pageOf([], gone);
  }

  async #ids(): Promise<ReadonlySet<string>> {
    return this.#wanted ? this.#session.platform.ids(this.#wanted.where) : new Set<string>();
  }

  /**
   * All ids are compared: what was deleted or moved away goes, what became visible comes. Where they are too many for each
   * run, a difference in their number tells that it is time. Cloud counts roughly: one that stays is looked into once.
   */
  async *#compare(listed: ReadonlySet<string> | undefined): AsyncGenerator<Page> {
    const { stored } = this.#context;
    // Where a project is not there, what it held is not deleted.
    if (!stored || (await this.#session.scope()).failures.length > 0) return;
    const keys = new Set((await stored.startingWith("")).keys());
    if (listed) {
      yield* this.#compareIds(keys, new Set([...listed, ...this.#seen]));
      return;
    }
    const total = this.#wanted ? await this.#session.platform.count(this.#wanted.where) : 0;
    const known = this.#known(total, keys.size);
    if (known !== undefined) {
      yield this.#declared(known);
      return;
    }
    const there = await this.#ids();
    const compared = { counts: `${total} ${there.size}`, total: there.size, at: this.#now };
    yield* this.#compareIds(keys, there, compared);
  }

  /**
   * How many there are, where what is stored need not be held against them now. One may be gone and another shown again, and their
   * number be the same: so all are compared once a week.
   */
  #known(total: number, stored: number): number | undefined {
    const { compared } = this.#state;
    if (compared && isWeekApart(this.#now, compared.at)) return undefined;
    if (total !== stored) return compared?.counts === `${total} ${stored}` ? compared.total : undefined;
    this.#state = { ...this.#state, compared: compared ?? { counts: "", total, at: this.#now } };
    return total;
  }

  async *#compareIds(
    keys: ReadonlySet<string>,
    there: ReadonlySet<string>,
    compared = this.#state.compared,
  ): AsyncGenerator<Page> {
    const gone = [...keys].filter((key) => !there.has(key));
    if (gone.length > 0) yield await this.#pageOf([], gone);
    const unread = [...there].filter((id) => !keys.has(id));
    if (this.#wanted) yield* this.#fetch(this.#wanted, unread);
    this.#state = { ...this.#state, compared };
    yield this.#declared(there.size);
  }

  get #now(): number {
    return this.#context.now?.getTime() ?? 0;
  }

  #declared(declaredTotal: number): Page {
    return { records: [], cursor: cursorOf(this.#state), declaredTotal };
  }
}

function endOf({ failures }: { readonly failures: readonly SourceError[] }): void {
  const [first] = failures;
  if (first) throw new SourceError("jira", first.failure, failures.map(({ message }) => message).join("\n"));
}

/** Words for "in three days" and the like change by themselves. */
export function withoutFriendly(value: unknown): Json {
  if (Array.isArray(value)) return value.map(withoutFriendly);
  if (typeof value !== "object" || value === null) return value as Json;
  const kept = Object.entries(value).filter(([name]) => name !== "friendly");
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutFriendly(inner)]));
}
