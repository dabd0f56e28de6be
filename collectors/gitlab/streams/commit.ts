import { z } from "zod";
import type { Json, Page, Stream, StreamContext } from "../../contract.ts";
import type { GitLabConfig } from "../config.ts";
import { keyOf, States } from "../cursor.ts";
import { Failures, Refusal } from "../failures.ts";
import { PAGED, pageOf } from "../lists.ts";
import { isOff, type Project, type Session } from "../session.ts";
import { mainLine } from "./branch.ts";

const shape = z.looseObject({ id: z.string().min(1), parent_ids: z.array(z.string()).nullish() });

interface Commit extends Record<string, unknown> {
  readonly id: string;
  readonly committed_date?: string | null;
}

const projectState = z.object({
  /** The commit of the main line of which everything before is stored. */
  tip: z.string().nullable(),
  /** A reading that was cut short: of which commits, and the page that is next. */
  open: z.object({ range: z.string(), tip: z.string(), page: z.int() }).nullable(),
  /** Deployed commits that are not there any more. */
  absent: z.array(z.string()),
});

type ProjectState = z.output<typeof projectState>;

const NEW: ProjectState = { tip: null, open: null, absent: [] };
const MOST_ABSENT = 1_000;

/** Commits of main lines, and those that were deployed from elsewhere, with what these are built on. */
export const commitStream = (session: Session): Stream<GitLabConfig> => ({
  name: "commit",
  needs: ["branch"],
  async *pages({ since }, cursor, context): AsyncGenerator<Page> {
    session.client.reportTo(context);
    const { projects } = await session.scope();
    const states = new States(projectState, cursor, since ?? "");
    states.keepOnly(new Set(projects.map(({ id }) => id)));
    const failures = new Failures("commit");
    for (const project of projects.filter((one) => !isOff(one, "repository"))) {
      try {
        yield* new Reading(session, project, states, context).pages();
      } catch (error) {
        failures.add(project.path_with_namespace, error);
      }
    }
    failures.end();
  },
});

class Reading {
  readonly #session: Session;
  readonly #project: Project;
  readonly #states: States<ProjectState>;
  readonly #context: StreamContext;

  constructor(session: Session, project: Project, states: States<ProjectState>, context: StreamContext) {
    this.#session = session;
    this.#project = project;
    this.#states = states;
    this.#context = context;
  }

  async *pages(): AsyncGenerator<Page> {
    const main = await mainLine(this.#session, this.#project);
    if (!main) return;
    yield* this.#cutShort();
    yield* this.#upTo(main.commit.id);
    for (const sha of await this.#deployedElsewhere()) yield* this.#elsewhere(sha, main.commit.id);
  }

  get #state(): ProjectState {
    return this.#states.get(this.#project.id) ?? NEW;
  }

  #page(state: Partial<ProjectState>, commits: readonly Commit[] = []): Page {
    this.#states.set(this.#project.id, { ...this.#state, ...state });
    const records = commits.map((commit) => ({
      key: keyOf(this.#project.id, commit.id),
      ...(typeof commit.committed_date === "string" && { updatedAt: commit.committed_date }),
      payload: commit as Json,
    }));
    return { records, cursor: this.#states.cursor() };
  }

  async *#cutShort(): AsyncGenerator<Page> {
    const { open } = this.#state;
    if (!open) return;
    try {
      yield* this.#read(open.range, open.tip, open.page);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 404) throw error;
      yield this.#page({ open: null });
    }
  }

  /** What the main line has that it had not in the last run; all of it where that is gone. */
  async *#upTo(tip: string): AsyncGenerator<Page> {
    const before = this.#state.tip;
    if (before === tip) return;
    try {
      yield* this.#read(before === null ? tip : `${before}..${tip}`, tip, 1);
    } catch (error) {
      if (before === null || !(error instanceof Refusal) || error.status !== 404) throw error;
      yield* this.#read(tip, tip, 1);
    }
  }

  /** The commits of a range do not change, so a reading that was cut short goes on by page. */
  async *#read(range: string, tip: string, from: number): AsyncGenerator<Page> {
    const { since } = this.#session.config;
    for (let page: number | null = from; page !== null;) {
      const { items, next } = await this.#list(
        range,
        page,
        since === undefined ? {} : { since: `${since}T00:00:00Z` },
      );
      yield this.#page(next === null ? { tip, open: null } : { open: { range, tip, page: next } }, items);
      page = next;
    }
  }

  #list(refName: string, page: number, asked: { since?: string }) {
    const { id, path_with_namespace } = this.#project;
    return pageOf<Commit>(
      {
        what: `${path_with_namespace}: commit`,
        shape,
        ask: (number) =>
          this.#session.api.Commits.all(id, {
            refName,
            ...asked,
            ...PAGED,
            page: number,
          }),
      },
      page,
    );
  }

  /** Deployed commits that are not on the main line, such as those of release branches. */
  async #deployedElsewhere(): Promise<string[]> {
    const { stored, storedOf } = this.#context;
    const prefix = keyOf(this.#project.id, "");
    const deployments = await storedOf?.("deployment").saying(prefix, ["$.sha"]);
    const known = await stored?.startingWith(prefix);
    const shas = new Set(
      [...(deployments?.values() ?? [])].map(([sha]) => sha).filter((sha) => typeof sha === "string"),
    );
    return [...shas].filter((sha) => !known?.has(prefix + sha) && !this.#state.absent.includes(sha));
  }

  /** Stored at once: else a reading that was cut short would look whole. What is only older than the first day is not asked for again. */
  async *#elsewhere(sha: string, tip: string): AsyncGenerator<Page> {
    const commits: Commit[] = [];
    try {
      for (let page: number | null = 1; page !== null;) {
        const { items, next } = await this.#list(`${tip}..${sha}`, page, {});
        commits.push(...items);
        page = next;
      }
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 404) throw error;
    }
    const isThere = commits.some(({ id }) => id === sha);
    const absent = isThere ? this.#state.absent : [...this.#state.absent, sha].slice(-MOST_ABSENT);
    yield this.#page({ absent }, commits);
  }
}
