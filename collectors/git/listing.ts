import type { StreamContext } from "../contract.ts";
import type { CommitState } from "./cursor.ts";
import { git } from "./git.ts";
import { readRefs } from "./refs.ts";
import { shallowEdge, type Repository } from "./repository.ts";

/** What to list: everything reachable from `tips` and not from `base`, which is stored already. */
export interface Listing {
  readonly tips: readonly string[];
  readonly base: readonly string[];
  readonly edge: ReadonlyMap<string, readonly string[]>;
  /** Says whether what is known is already what there is. */
  readonly isUnchanged: boolean;
}

export async function listingOf(
  repository: Repository,
  known: CommitState | undefined,
  context: Pick<StreamContext, "warn">,
): Promise<Listing> {
  const edge = await shallowEdge(repository);
  if (edge.size > 0) {
    context.warn(
      `${repository.name} (${repository.path}): is a shallow clone, so its history is cut, and what deployments before the cut contained is unknown. Run \`git fetch --unshallow\` there`,
    );
  }
  const tips = sorted((await readRefs(repository)).map(({ sha }) => sha));
  const usable = known && known.paths === repository.config.paths && same(known.edge, sorted(edge.keys()));
  const base = usable ? await existing(repository, known.tips, tips) : [];
  return {
    tips,
    base,
    edge,
    isUnchanged: usable === true && same(known.tips, tips) && known.fingerprint === repository.fingerprint,
  };
}

/** Tips of an earlier run that a force-push made unreachable may have been cleaned up since. */
async function existing(
  repository: Repository,
  known: readonly string[],
  tips: readonly string[],
): Promise<string[]> {
  const present = new Set(tips);
  const doubtful = known.filter((sha) => !present.has(sha));
  if (doubtful.length === 0) return [...known];
  const printed = await git(
    repository,
    ["cat-file", "--batch-check=%(objecttype)"],
    doubtful.map((sha) => `${sha}\n`).join(""),
  );
  const types = printed.split("\n");
  const kept = doubtful.filter((_, index) => types[index] === "commit");
  return [...known.filter((sha) => present.has(sha)), ...kept];
}

/** How many commits git itself counts in what is reachable from some and not, with `^`, from others. */
export async function countCommits(repository: Repository, revisions: readonly string[]): Promise<number> {
  if (revisions.length === 0) return 0;
  return Number(await git(repository, ["rev-list", "--count", "--stdin"], `${revisions.join("\n")}\n`));
}

/** The listing as `git log --stdin` takes it. */
export function revisionsOf({ tips, base }: Listing): string[] {
  if (tips.length === 0) return [];
  return [...tips, ...base.map((sha) => `^${sha}`)];
}

/** In a fixed order, each once. */
export function sorted(shas: Iterable<string>): string[] {
  return [...new Set(shas)].sort();
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((sha, index) => sha === right[index]);
}
