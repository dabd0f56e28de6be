import { z } from "zod";
import type { Json, Page, RawRecord, Stream, StreamContext } from "../../contract.ts";
import type { Refused } from "../client/rest.ts";
import type { GitHubConfig } from "../config.ts";
import { keyOf, States } from "../cursor.ts";
import { Failures } from "../failures.ts";
import type { Repository, Session } from "../session.ts";
import { ofOtherRepositories } from "./gone.ts";

/** What passed is every push there is; what did not is evidence. */
const RESULTS = ["bypass", "fail"] as const;

/** The longest that GitHub offers. */
const PERIOD = "month";

const listState = z.object({
  etag: z.string(),
  /** Those that were meant when the list was read. */
  repositories: z.array(z.string()),
});

type ListState = z.output<typeof listState>;

interface Suite {
  readonly [field: string]: Json;
  readonly id: number;
  readonly repository_id: number;
  readonly pushed_at: string;
}

/**
 * Pushes that a ruleset refused, or that somebody took past it. GitHub keeps them for a while only, and they never
 * change. An organisation's are asked for at once; where the token may not do that, repository by repository.
 */
export const ruleSuiteStream = (session: Session): Stream<GitHubConfig> => ({
  name: "rule_suite",
  needs: [],
  async *pages(_, cursor, context): AsyncGenerator<Page> {
    const scope = await session.scope();
    const reader = new Reader(session, context, cursor);
    const gone = await ofOtherRepositories(context.stored, scope);
    if (gone.length > 0) yield reader.page(gone);
    for (const [owner, repositories] of byOwner(scope.repositories)) {
      if (repositories.length > 1 && (yield* reader.read(`/orgs/${owner}`, repositories)) === undefined) continue;
      for (const repository of repositories) yield* reader.failures.within(repository, reader.readAlone(repository));
    }
    reader.failures.end(scope);
  },
});

function byOwner(repositories: readonly Repository[]): Map<string, Repository[]> {
  const owners = new Map<string, Repository[]>();
  for (const repository of repositories) {
    const [owner = ""] = repository.nameWithOwner.split("/");
    owners.set(owner, [...(owners.get(owner) ?? []), repository]);
  }
  return owners;
}

class Reader {
  readonly failures = new Failures("rule_suite");
  readonly #session: Session;
  readonly #context: StreamContext;
  readonly #states: States<ListState>;

  constructor(session: Session, context: StreamContext, cursor: Json | undefined) {
    this.#session = session;
    this.#context = context;
    this.#states = new States(listState, cursor);
  }

  page(records: readonly RawRecord[]): Page {
    return { records, cursor: this.#states.cursor() };
  }

  async *readAlone(repository: Repository): AsyncGenerator<Page> {
    const refusal = yield* this.read(`/repos/${repository.nameWithOwner}`, [repository]);
    if (refusal) this.failures.refused(repository, { message: refusal.problem.message });
  }

  /** What an owner or a repository lists of these repositories; returns why it does not. */
  async *read(base: string, repositories: readonly Repository[]): AsyncGenerator<Page, Refused | undefined> {
    for (const result of RESULTS) {
      const path = `${base}/rulesets/rule-suites?rule_suite_result=${result}&time_period=${PERIOD}&per_page=100`;
      const found = await this.#session.github.findAll<Suite>(path, this.#etagOf(path, repositories));
      if (found.kind === "unchanged") continue;
      if (found.kind !== "found") return found;
      const records = await this.#suites(found.body.items, repositories);
      const { etag } = found;
      if (etag !== undefined) this.#states.set(path, { etag, repositories: repositories.map(({ id }) => id) });
      yield this.page(records);
    }
    return undefined;
  }

  /** What a list said when it was asked for fewer repositories is not all that it says. */
  #etagOf(path: string, repositories: readonly Repository[]): string | undefined {
    const state = this.#states.get(path);
    return state && repositories.every(({ id }) => state.repositories.includes(id)) ? state.etag : undefined;
  }

  async #suites(suites: readonly Suite[], repositories: readonly Repository[]): Promise<RawRecord[]> {
    const records: RawRecord[] = [];
    for (const suite of suites) {
      const repository = repositories.find(({ databaseId }) => databaseId === suite.repository_id);
      if (!repository) continue;
      const key = keyOf(repository.id, String(suite.id));
      if ((await this.#context.stored?.startingWith(key))?.has(key)) continue;
      const path = `/repos/${repository.nameWithOwner}/rulesets/rule-suites/${suite.id}`;
      const found = await this.#session.github.find<Suite>(path);
      // Forgotten meanwhile: then what the list said is what there is.
      records.push({ key, updatedAt: suite.pushed_at, payload: found.kind === "found" ? found.body : suite });
    }
    return records;
  }
}
