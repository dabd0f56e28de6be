import { gitLines } from "./git.ts";
import type { Repository } from "./repository.ts";

/** The commit by which another came to the main line: itself, or the merge that brought it. */
export interface Landing {
  readonly sha: string;
  /** ISO 8601; null where the commit's time is none. */
  readonly at: string | null;
}

interface Node {
  readonly seconds: number;
  readonly parents: readonly string[];
}

/** How every commit that `tip` reaches came to the main line. */
export async function landingsOf(repository: Repository, tip: string): Promise<ReadonlyMap<string, Landing>> {
  const graph = await graphOf(repository, tip);
  const landings = new Map<string, Landing>();
  for (const sha of mainLineOf(graph, tip)) {
    const landing = { sha, at: isoOf(graph.get(sha)?.seconds) };
    const waiting = [sha];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (landings.has(next)) continue;
      landings.set(next, landing);
      waiting.push(...(graph.get(next)?.parents ?? []));
    }
  }
  return landings;
}

async function graphOf(repository: Repository, tip: string): Promise<ReadonlyMap<string, Node>> {
  const graph = new Map<string, Node>();
  const args = ["rev-list", "--timestamp", "--parents", "--end-of-options", tip, "--"];
  for await (const line of gitLines(repository, args)) {
    const [seconds, sha, ...parents] = line.split(" ");
    if (sha !== undefined) graph.set(sha, { seconds: Number(seconds), parents });
  }
  return graph;
}

/** From the oldest. */
function mainLineOf(graph: ReadonlyMap<string, Node>, tip: string): string[] {
  const line: string[] = [];
  for (let sha: string | undefined = tip; sha !== undefined; sha = graph.get(sha)?.parents[0]) line.push(sha);
  return line.reverse();
}

function isoOf(seconds = Number.NaN): string | null {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace(".000Z", "Z");
}
