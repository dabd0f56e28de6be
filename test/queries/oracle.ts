import type { Told } from "./random-history.ts";

/**
 * What design 3 says of containment, in its plainest form: a deployment contains a change when its commit reaches
 * the change's merge commit, or, of a pull request of one commit, that commit. The first in time ships it.
 */
export function shippedByReachability({ commits, changes, deployments }: Told): Record<string, string[]> {
  const parents = new Map(commits.map((commit) => [commit.sha, commit.parents]));
  const live = deployments.filter(({ isLive }) => isLive);
  const result = new Map(live.map(({ id }) => [id, [] as string[]]));
  for (const change of changes) {
    const own = change.commits.length === 1 ? change.commits.map(({ sha }) => sha) : [];
    const wanted = [change.merge.sha, ...own];
    const first = live.find(({ sha }) => {
      const reached = reachable(sha, parents);
      return wanted.some((commit) => reached.has(commit));
    });
    if (first) result.get(first.id)?.push(change.nativeId);
  }
  return Object.fromEntries([...result].map(([id, found]) => [id, found.toSorted()]));
}

function reachable(sha: string, parents: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>();
  const waiting = [sha];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...(parents.get(next) ?? []));
  }
  return seen;
}

/**
 * Every deployment that went live with its kind, told as `waves` tells it. What was live in the same release line
 * is the last deployment before whose commit reaches this one's, or is reached by it.
 */
export function kindsByReachability({ commits, deployments }: Told): string[] {
  const parents = new Map(commits.map((commit) => [commit.sha, commit.parents]));
  const reaches = (from: string, to: string) => reachable(from, parents).has(to);
  const live = deployments.filter(({ isLive }) => isLive);
  return live.map((deployment, index) => {
    const { id, sha, at } = deployment;
    const before = live
      .slice(0, index)
      .findLast((earlier) => reaches(earlier.sha, sha) || reaches(sha, earlier.sha));
    if (before === undefined) return `${id} deployment`;
    if (before.sha !== sha)
      return reaches(before.sha, sha) ? `${id} rollback of ${before.id}` : `${id} deployment`;
    const hasFailed = deployments.some(
      (other) => !other.isLive && other.sha !== sha && other.at >= before.at && other.at < at,
    );
    return hasFailed && before === live[index - 1] ? `${id} rollback` : `${id} redeployment`;
  });
}
