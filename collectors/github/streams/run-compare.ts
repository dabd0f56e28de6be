import type { KnownRuns } from "./known-runs.ts";
import type { RunList, RunRecord } from "./run-list.ts";
import { PAGE } from "./run-list.ts";
import { canSplit, split, type Window } from "./run-window.ts";

export interface Difference {
  /** Ids of runs that GitHub has no more. */
  readonly gone: readonly string[];
  readonly missing: readonly RunRecord[];
}

const NONE: Difference = { gone: [], missing: [] };

/** Where GitHub and what is stored differ: halves windows in which their counts do, until one page holds all. */
export async function differing(list: RunList, known: KnownRuns, window: Window): Promise<Difference> {
  const stored = known.within(window);
  const { total, runs = [] } = await list.of(window, 1, false);
  if (total === stored.size) return NONE;
  if (total <= PAGE) return differenceOf(stored, runs);
  if (!canSplit(window)) return NONE;
  const gone: string[] = [];
  const missing: RunRecord[] = [];
  for (const half of split(window, 0)) {
    const found = await differing(list, known, half);
    gone.push(...found.gone);
    missing.push(...found.missing);
  }
  return { gone, missing };
}

function differenceOf(stored: ReadonlySet<string>, runs: readonly RunRecord[]): Difference {
  const there = new Set(runs.map(({ id }) => String(id)));
  return { gone: [...stored].filter((id) => !there.has(id)), missing: runs.filter(({ id }) => !stored.has(String(id))) };
}
