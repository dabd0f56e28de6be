import type { Problem } from "./client/answer.ts";
import type { StreamName } from "./failures.ts";
import type { Repository, Session } from "./session.ts";

const BATCH = 25;
export const PROBED = ["ref", "deployment", "environment", "pull_request", "issue", "release"] as const satisfies readonly StreamName[];
export type Probed = (typeof PROBED)[number];

/** How many records of each kind a repository has; a problem where the token may not know. */
export interface Probe {
  readonly repository: Repository;
  readonly found: Readonly<Partial<Record<Probed, { readonly totalCount?: number } | null>>>;
  readonly problems: readonly Problem[];
}

export async function probe({ github }: Session, repositories: readonly Repository[]): Promise<Probe[]> {
  const all: Probe[] = [];
  for (let start = 0; start < repositories.length; start += BATCH) {
    const batch = repositories.slice(start, start + BATCH);
    const { data, problems } = await github.query("Probe", { ids: batch.map(({ id }) => id) });
    const nodes = (data?.["nodes"] ?? []) as readonly (Probe["found"] | null)[];
    for (const [index, repository] of batch.entries()) {
      const own = problems.filter(({ path }) => path?.[0] === "nodes" && path[1] === index);
      all.push({ repository, found: nodes[index] ?? {}, problems: own });
    }
  }
  return all;
}
