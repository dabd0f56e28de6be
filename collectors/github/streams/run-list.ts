import { z } from "zod";
import { Denied, type RestRecord, unlessAbsent } from "../client/rest.ts";
import type { GitHub } from "../client/github.ts";
import type { Window } from "./run-window.ts";

export const PAGE = 100;
/** Pages of one repository whose ETags are kept: those of busy weeks are simply read again. */
const MOST_KNOWN = 40;

export const knownPage = z.object({
  etag: z.string(),
  /** How many runs fit the filters. */
  total: z.number(),
  /** When the oldest of the page was created. */
  oldest: z.string().nullable(),
});

export type KnownPage = z.output<typeof knownPage>;

export interface RunRecord extends RestRecord {
  readonly created_at: string;
  readonly updated_at: string;
  readonly run_attempt?: number;
  readonly status: string | null;
}

export interface RunPage {
  readonly total: number;
  readonly oldest: string | null;
  /** Undefined where it is as it was in the last run. */
  readonly runs: readonly RunRecord[] | undefined;
}

interface Body {
  readonly total_count: number;
  readonly workflow_runs: readonly RunRecord[];
}

/** Asks for runs of one repository, without paying for pages that are as they were. */
export class RunList {
  readonly #github: GitHub;
  readonly #base: string;
  readonly #before: Readonly<Record<string, KnownPage>>;
  readonly #now = new Map<string, KnownPage>();
  #last = "";

  constructor(github: GitHub, repository: string, before: Readonly<Record<string, KnownPage>>) {
    this.#github = github;
    this.#base = `/repos/${repository}/actions/runs`;
    this.#before = before;
  }

  /** The newest of all. */
  head(size = PAGE): Promise<RunPage> {
    return this.#page(`?per_page=${size}&exclude_pull_requests=true`, true);
  }

  of({ from, to }: Window, page: number, isKept: boolean): Promise<RunPage> {
    const created = encodeURIComponent(`${from}..${to}`);
    return this.#page(`?created=${created}&per_page=${PAGE}&page=${page}&exclude_pull_requests=true`, isKept);
  }

  /** Undefined where it was deleted. */
  async byId(id: number | string): Promise<RunRecord | undefined> {
    return unlessAbsent(await this.#github.find<RunRecord>(`${this.#base}/${id}?exclude_pull_requests=true`));
  }

  async attempt(id: number, attempt: number): Promise<RunRecord | undefined> {
    return unlessAbsent(await this.#github.find<RunRecord>(`${this.#base}/${id}/attempts/${attempt}?exclude_pull_requests=true`));
  }

  /** The next run reads the page that was last asked for again, though it be as it was. */
  forgetLast(): void {
    this.#now.delete(this.#last);
  }

  /** What the next run need not pay for. */
  known(): Record<string, KnownPage> {
    return Object.fromEntries([...this.#now].slice(0, MOST_KNOWN));
  }

  async #page(query: string, isKept: boolean): Promise<RunPage> {
    const path = this.#base + query;
    this.#last = path;
    const before = this.#before[path];
    const found = await this.#github.find<Body>(path, before?.etag);
    if (found.kind === "unchanged" && before) {
      this.#now.set(path, before);
      return { ...before, runs: undefined };
    }
    const body = unlessAbsent(found);
    if (!body) throw new Denied({ type: "NOT_FOUND", message: "the list of its workflow runs is not there." });
    const { total_count: total, workflow_runs: runs } = body;
    const oldest = runs.reduce<string | null>((first, { created_at: at }) => (first === null || at < first ? at : first), null);
    const etag = found.kind === "found" ? found.etag : undefined;
    if (isKept && etag !== undefined) this.#now.set(path, { etag, total, oldest });
    return { total, oldest, runs };
  }
}
