import { z } from "zod";
import type { Page, Stream, StreamContext } from "../../contract.ts";
import type { GitHubConfig } from "../config.ts";
import { States } from "../cursor.ts";
import { Failures } from "../failures.ts";
import type { Repository, Session } from "../session.ts";
import { ofOtherRepositories } from "./gone.ts";
import type { RefLister, Refs } from "./refs.ts";

export const pushedState = z.object({
  /** When it was last pushed to and changed, as far as what is stored goes. */
  mark: z.string(),
  /** Whether a later run found the same: two pushes may fall into one second. */
  isSettled: z.boolean(),
  /** Commits that are known to be there and not read yet. */
  frontier: z.array(z.string()).optional(),
});

export type PushedState = z.output<typeof pushedState>;

/** A repository to which something may have been pushed, with what a stream of it needs. */
export interface Pushed {
  readonly repository: Repository;
  readonly refs: Refs;
  readonly states: States<PushedState>;
  readonly context: StreamContext;
}

/** A stream of what is pushed: repository by repository, those left out to which nothing was. */
export const pushedStream = (
  name: "ref" | "commit",
  session: Session,
  lister: RefLister,
  pagesOf: (pushed: Pushed) => AsyncIterable<Page>,
): Stream<GitHubConfig> => ({
  name,
  needs: [],
  async *pages(_, cursor, context): AsyncGenerator<Page> {
    const scope = await session.scope();
    const failures = new Failures(name);
    const states = new States(pushedState, cursor);
    const changed = scope.repositories.filter((one) => !isUnchanged(one, session.config.branches, states.get(one.id)));
    const gone = await ofOtherRepositories(context.stored, scope);
    if (gone.length > 0) yield { records: gone, cursor: states.cursor() };
    for (const repository of changed) {
      const refs = await lister.of(repository, changed);
      if ("problem" in refs) {
        failures.refused(repository, refs.problem);
        continue;
      }
      yield* failures.within(repository, pagesOf({ repository, refs, states, context }));
    }
    failures.end(scope);
  },
});

const markOf = ({ pushedAt, updatedAt }: Repository, branches: readonly string[]) =>
  [pushedAt, updatedAt, ...branches].join(" ");

/** Whether nothing can have been pushed since. */
const isUnchanged = (
  repository: Repository,
  branches: readonly string[],
  state: PushedState | undefined,
): boolean =>
  state !== undefined &&
  state.isSettled &&
  state.mark === markOf(repository, branches) &&
  (state.frontier ?? []).length === 0;

export const read = (
  repository: Repository,
  branches: readonly string[],
  before: PushedState | undefined,
): PushedState => ({
  mark: markOf(repository, branches),
  isSettled: before?.mark === markOf(repository, branches),
});
