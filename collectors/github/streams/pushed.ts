import { z } from "zod";
import type { Repository } from "../session.ts";

export const pushedState = z.object({
  /** When it was last pushed to and changed, as far as what is stored goes. */
  mark: z.string(),
  /** Whether a later run found the same: two pushes may fall into one second. */
  isSettled: z.boolean(),
  /** Commits that are known to be there and not read yet. */
  frontier: z.array(z.string()).optional(),
});

export type PushedState = z.output<typeof pushedState>;

const markOf = ({ pushedAt, updatedAt }: Repository, branches: readonly string[]) =>
  [pushedAt, updatedAt, ...branches].join(" ");

/** Whether nothing can have been pushed since. */
export const isUnchanged = (
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
