import { z } from "zod";
import type { Json, Page, RawRecord, Stream, StreamContext } from "../../contract.ts";
import type { Node } from "../client/lists.ts";
import type { Found } from "../client/rest.ts";
import type { GitHubConfig } from "../config.ts";
import { keyOf, SEPARATOR } from "../cursor.ts";
import { Failures } from "../failures.ts";
import type { Repository, Session } from "../session.ts";
import { deletions, ofOtherRepositories } from "./gone.ts";
import { type Heads, heads } from "./heads.ts";

const RULESETS = { heads: "RulesetHeads", ids: "RulesetIds" } as const;

/** Kinds of sources whose rulesets came without those who may bypass them: the token may not see that. */
const cursorSchema = z.object({ blind: z.array(z.string()) });

interface Ruleset {
  readonly [field: string]: Json;
}

/** Rulesets that hold for each repository. GitHub says when each was changed: those that were are read. */
export const rulesetStream = (session: Session): Stream<GitHubConfig> => ({
  name: "ruleset",
  needs: [],
  async *pages(_, cursor, context): AsyncGenerator<Page> {
    const scope = await session.scope();
    const reader = new Reader(session, context, cursorSchema.safeParse(cursor).data?.blind ?? []);
    const gone = await ofOtherRepositories(context.stored, scope);
    if (gone.length > 0) yield reader.page(gone);
    let total = 0;
    for await (const [repository, there] of heads(session, reader.failures, RULESETS, scope.repositories)) {
      total += there.size;
      const records = await reader.read(repository, there);
      if (records.length > 0) yield reader.page(records);
    }
    yield { records: [], cursor: { blind: [...reader.blind] }, ...(reader.failures.count === 0 && { declaredTotal: total }) };
    reader.failures.end(scope);
  },
});

class Reader {
  readonly failures = new Failures("ruleset");
  /** As far as this run knows. */
  readonly blind = new Set<string>();
  readonly #session: Session;
  readonly #context: StreamContext;
  readonly #before: readonly string[];
  /** One ruleset of an organisation holds for many repositories. */
  readonly #known = new Map<unknown, Found<Ruleset>>();
  /** Kinds of sources of which the token was found to see as little as before. */
  readonly #stillBlind = new Set<string>();

  constructor(session: Session, context: StreamContext, before: readonly string[]) {
    this.#session = session;
    this.#context = context;
    this.#before = before;
  }

  /** Until all is read, what was not seen before counts as not seen. */
  page(records: readonly RawRecord[]): Page {
    return { records, cursor: { blind: [...new Set([...this.#before, ...this.blind])] } };
  }

  async read(repository: Repository, there: Heads): Promise<RawRecord[]> {
    const before = (await this.#context.stored?.startingWith(repository.id + SEPARATOR)) ?? new Map<string, number | null>();
    const keys = new Set([...there.keys()].map((id) => keyOf(repository.id, id)));
    const records: RawRecord[] = deletions([...before.keys()].filter((key) => !keys.has(key)));
    for (const head of there.values()) {
      const key = keyOf(repository.id, head.id);
      const isKnown = before.get(key) === Date.parse(String(head["updatedAt"]));
      if (isKnown && !this.#mayShowMore(head)) continue;
      const payload = await this.#ask(repository, head);
      if (payload) records.push({ key, updatedAt: String(head["updatedAt"]), payload });
    }
    return records;
  }

  /** Where a token could not see everything, one ruleset of each kind of source tells whether it can now. */
  #mayShowMore(head: Node): boolean {
    const kind = kindOf(head);
    if (!this.#before.includes(kind)) return false;
    if (this.#stillBlind.has(kind)) this.blind.add(kind);
    return !this.#stillBlind.has(kind);
  }

  async #ask(repository: Repository, head: Node): Promise<Ruleset | undefined> {
    const number = head["databaseId"];
    const path = `/repos/${repository.nameWithOwner}/rulesets/${String(number)}`;
    const found = this.#known.get(number) ?? (await this.#session.github.find<Ruleset>(path));
    this.#known.set(number, found);
    if (found.kind !== "found") {
      this.failures.incomplete(repository);
      return undefined;
    }
    if (!("bypass_actors" in found.body)) {
      this.blind.add(kindOf(head));
      this.#stillBlind.add(kindOf(head));
    }
    return found.body;
  }
}

const kindOf = (head: Node): string => (head["source"] as { readonly __typename: string } | null)?.__typename ?? "";
