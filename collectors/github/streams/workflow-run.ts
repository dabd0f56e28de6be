import { z } from "zod";
import type { Json, Page, RawRecord, Stream, StreamContext } from "../../contract.ts";
import { restPayload } from "../client/rest.ts";
import type { GitHubConfig } from "../config.ts";
import { States } from "../cursor.ts";
import { Failures } from "../failures.ts";
import type { Repository, Scope, Session } from "../session.ts";
import { deletions, ofOtherRepositories } from "./gone.ts";
import { attemptOf, KnownRuns, runKey } from "./known-runs.ts";
import { differing } from "./run-compare.ts";
import { knownPage, PAGE, RunList, type RunPage, type RunRecord } from "./run-list.ts";
import { canSplit, instantOf, MOST_LISTED, split } from "./run-window.ts";
import { Waiting } from "./waiting.ts";
import { floorOf, isBelow, later } from "./walk-state.ts";

const runState = z.object({
  /** When the newest known run was created. */
  top: z.string().nullable(),
  /** Windows that are not read to their end yet, the newest first. `isRecent` where each run reads it again. */
  open: z.array(z.object({ from: z.string(), to: z.string(), isRecent: z.boolean() })),
  /** Pages whose ETag is known, by address. */
  pages: z.record(z.string(), knownPage),
  hasUnfinished: z.boolean(),
  /** How often something was read that may be new: what builds on runs looks only then. */
  readings: z.number(),
  total: z.number(),
  /** Attempts beyond one for each run. */
  reruns: z.number(),
  /** How many there were, and how many stored, when both were last compared one by one. */
  compared: z.string().optional(),
});

type RunState = z.output<typeof runState>;
type Open = RunState["open"][number];

const untouched: RunState = { top: null, open: [], pages: {}, hasUnfinished: false, readings: 0, total: 0, reruns: 0 };

/** Before there were any. */
const BEGINNING = "2018-01-01T00:00:00Z";

/** A deleted run moves those behind it to the page before: the window is then read again, so often. */
const MOST_READINGS = 3;

/**
 * Every attempt of every run. GitHub orders runs by creation and lists 1,000 for one set of filters: windows of
 * creation are cut until each fits. What is younger than the window of re-runs is read again, where its ETag says that it changed.
 */
export const workflowRunStream = (session: Session): Stream<GitHubConfig> => ({
  name: "workflow_run",
  needs: [],
  async *pages(_, cursor, context): AsyncGenerator<Page> {
    yield* new RunReader(session, cursor, context, await session.scope()).pages();
  },
});

class RunReader {
  readonly #session: Session;
  readonly #context: StreamContext;
  readonly #scope: Scope;
  readonly #states: States<RunState>;
  readonly #failures = new Failures("workflow_run");
  readonly #waiting = new Waiting(() => this.#states.cursor());

  constructor(session: Session, cursor: Json | undefined, context: StreamContext, scope: Scope) {
    this.#session = session;
    this.#context = context;
    this.#scope = scope;
    this.#states = new States(runState, cursor);
  }

  pages(): AsyncGenerator<Page> {
    return this.#waiting.storedWith(this.#all());
  }

  async *#all(): AsyncGenerator<Page> {
    const { repositories, failures } = this.#scope;
    this.#waiting.add(...(await ofOtherRepositories(this.#context.stored, this.#scope)));
    if (failures.length === 0) this.#states.keepOnly(new Set(repositories.map(({ id }) => id)));
    for (const repository of repositories) yield* this.#failures.within(repository, this.#of(repository));
    yield { ...this.#waiting.page(), ...this.#declared() };
    // Only now is it stored: before, jobs would count as looked at for runs that are not there.
    for (const { id } of repositories) this.#session.runReadings.set(id, this.#states.get(id)?.readings ?? 0);
    this.#failures.end(this.#scope);
  }

  async *#of(repository: Repository): AsyncGenerator<Page> {
    const before = this.#states.get(repository.id) ?? untouched;
    const list = new RunList(this.#session.github, repository.nameWithOwner, before.pages);
    const head = await list.head();
    const floor = floorOf(before, this.#session.config.pipelines.window);
    const rest = behind(repository, head, floor);
    if (head.runs === undefined && rest.length === 0 && before.open.length === 0 && !before.hasUnfinished) return;
    const reading = new Reading(repository, list, await KnownRuns.of(repository.id, this.#context.stored));
    this.#waiting.add(...(await reading.take(head.runs ?? [])));
    this.#states.set(repository.id, {
      ...before,
      readings: before.readings + 1,
      top: reading.top(before.top),
      open: [...rest, ...before.open],
    });
    yield* this.#windows(reading);
    if (floor !== null) this.#waiting.add(...(await reading.unfinished(this.#keptFrom(reading), floor)));
    await this.#compare(reading, head.total);
    this.#finish(reading);
    if (this.#waiting.isEnough) yield this.#waiting.page();
  }

  async *#windows(reading: Reading): AsyncGenerator<Page> {
    const { id } = reading.repository;
    for (let state = this.#states.get(id); state?.open[0]; state = this.#states.get(id)) {
      const [window, ...others] = state.open;
      const parts = await reading.read(window);
      if (!parts) {
        this.#failures.incomplete(reading.repository);
        return;
      }
      this.#waiting.add(...reading.taken());
      this.#states.set(id, { ...state, top: reading.top(state.top), open: [...parts, ...others] });
      if (this.#waiting.isEnough) yield this.#waiting.page();
    }
  }

  /** Where GitHub has more or fewer runs than are known, it is asked which. A difference that stays is looked into once. */
  async #compare(reading: Reading, total: number): Promise<void> {
    const { known, repository } = reading;
    const state = this.#states.get(repository.id) ?? untouched;
    if (!this.#context.stored || state.open.length > 0 || known.count === total) this.#states.set(repository.id, { ...state, total });
    else if (state.compared !== `${total} ${known.count}`) {
      const there = await this.#compareKept(reading, state.top ?? BEGINNING);
      this.#states.set(repository.id, { ...state, total: there, compared: `${total} ${known.count}` });
    }
  }

  /** Of what GitHub is sure to keep. Returns how many runs there should be, those that it may have expired included. */
  async #compareKept(reading: Reading, top: string): Promise<number> {
    const { known, list } = reading;
    const window = { from: this.#keptFrom(reading), to: top };
    if (window.from > window.to) return known.count;
    const { total, gone, missing } = await differing(list, known, window);
    this.#waiting.add(...(await reading.take(missing)), ...deletions(gone.flatMap((id) => known.forget(id))));
    return total + known.count - known.within(window).size;
  }

  /**
   * GitHub may no longer have what was created before: that it is not there then says nothing. Where this machine's clock is behind, the newest
   * run tells how late it is.
   */
  #keptFrom({ repository }: Reading): string {
    const { now } = this.#context;
    if (now === undefined) return BEGINNING;
    const newest = Date.parse(this.#states.get(repository.id)?.top ?? BEGINNING);
    return instantOf(Math.floor(Math.max(now.getTime(), newest) / 1000) - this.#session.config.pipelines.kept);
  }

  #finish(reading: Reading): void {
    const { list, known, repository } = reading;
    const state = this.#states.get(repository.id) ?? untouched;
    // ETags say that what they stand for is stored: not so while something is still to be read.
    const pages = state.open.length === 0 ? list.known() : {};
    const hasUnfinished = known.unfinished(this.#keptFrom(reading)).length > 0;
    this.#states.set(repository.id, { ...state, pages, hasUnfinished, reruns: known.reruns });
  }

  /** GitHub counts runs, and each attempt is a record of its own. */
  #declared(): Pick<Page, "declaredTotal"> {
    if (this.#failures.count > 0) return {};
    const states = this.#scope.repositories.map(({ id }) => this.#states.get(id) ?? untouched);
    return { declaredTotal: states.reduce((sum, { total, reruns }) => sum + total + reruns, 0) };
  }
}

/** What the first page does not show: of a first run everything, else what may have changed. */
function behind({ createdAt }: Repository, { total, oldest }: RunPage, floor: string | null): Open[] {
  if (total <= PAGE || oldest === null || isBelow(oldest, floor)) return [];
  const beginning = createdAt < oldest ? createdAt : BEGINNING;
  const from = (floor ?? beginning).replace(/\.\d+Z$/, "Z");
  return [{ from, to: oldest, isRecent: floor !== null }];
}

/** Runs of one repository while they are read. */
class Reading {
  readonly repository: Repository;
  readonly list: RunList;
  readonly known: KnownRuns;
  readonly #seen = new Set<string>();
  #newest: string | null = null;
  #taken: RawRecord[] = [];

  constructor(repository: Repository, list: RunList, known: KnownRuns) {
    this.repository = repository;
    this.list = list;
    this.known = known;
  }

  top(before: string | null): string | null {
    return later(before, this.#newest);
  }

  taken(): RawRecord[] {
    return this.#taken.splice(0);
  }

  /** Reads a window, or says into which it is to be cut. Undefined where GitHub's list did not hold still. */
  async read(window: Open): Promise<Open[] | undefined> {
    for (let reading = 0; reading < MOST_READINGS; reading += 1) {
      const first = await this.list.of(window, 1, window.isRecent);
      if (first.total >= MOST_LISTED && canSplit(window))
        return split(window, first.total).map((part) => ({ ...part, isRecent: window.isRecent }));
      if (await this.#toItsEnd(window, first)) return [];
    }
    return undefined;
  }

  async #toItsEnd(window: Open, first: RunPage): Promise<boolean> {
    this.#taken.push(...(await this.take(first.runs ?? [])));
    for (let page = 2; (page - 1) * PAGE < Math.min(first.total, MOST_LISTED); page += 1) {
      const next = await this.list.of(window, page, window.isRecent);
      if (next.total !== first.total) return false;
      this.#taken.push(...(await this.take(next.runs ?? [])));
    }
    return first.total <= MOST_LISTED;
  }

  /** Records of runs, with the attempts before the last, which lists do not show. */
  async take(runs: readonly RunRecord[]): Promise<RawRecord[]> {
    const records: RawRecord[] = [];
    for (const run of runs) {
      this.#newest = later(this.#newest, run.created_at);
      this.#seen.add(String(run.id));
      records.push(...(await this.#earlier(run)), this.#record(run));
    }
    return records;
  }

  /** An attempt never changes once it is done. */
  async #earlier(run: RunRecord): Promise<RawRecord[]> {
    const records: RawRecord[] = [];
    for (let attempt = 1; attempt < attemptOf(run); attempt += 1) {
      if (this.known.isCompleted(run.id, attempt)) continue;
      const found = await this.list.attempt(run.id, attempt);
      if (found) records.push(this.#record(found));
      // A 404 of an attempt whose run is there is no answer.
      else if (await this.list.byId(run.id)) this.list.forgetLast();
    }
    return records;
  }

  #record(run: RunRecord): RawRecord {
    this.known.take(run);
    return {
      key: runKey(this.repository.id, run.id, attemptOf(run)),
      updatedAt: run.updated_at,
      payload: restPayload(run),
    };
  }

  /** What was not done when last read, and is older than what is read again. */
  async unfinished(keptFrom: string, floor: string): Promise<RawRecord[]> {
    const records: RawRecord[] = [];
    for (const { id, createdAt } of this.known.unfinished(keptFrom)) {
      if (this.#seen.has(id) || !isBelow(createdAt, floor)) continue;
      // GitHub says 404 at times of what is there: a run is gone where it says so twice.
      const run = (await this.list.byId(id)) ?? (await this.list.byId(id));
      records.push(...(run ? await this.take([run]) : deletions(this.known.forget(id))));
    }
    return records;
  }
}
