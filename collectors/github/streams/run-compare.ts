import type { KnownRuns } from "./known-runs.ts";
import type { RunList, RunRecord } from "./run-list.ts";
import { PAGE } from "./run-list.ts";
import { canSplit, split, type Window } from "./run-window.ts";

export interface Difference {
  /** How many runs GitHub has in the window. */
  readonly total: number;
  /** Ids of runs that GitHub has no more. */
  readonly gone: readonly string[];
  readonly missing: readonly RunRecord[];
}

const none = (total: number): Difference => ({ total, gone: [], missing: [] });

/** Where GitHub and what is stored differ: halves windows in which their counts do, until one page holds all. */
export async function differing(list: RunList, known: KnownRuns, window: Window): Promise<Difference> {
  const stored = known.within(window);
  const { total, runs = [] } = await list.of(window, 1, false);
  if (total === stored.size) return none(total);
  if (total <= PAGE) return { total, ...differenceOf(stored, runs) };
  if (!canSplit(window)) return none(total);
  const gone: string[] = [];
  const missing: RunRecord[] = [];
  for (const half of split(window, 0)) {
    const found = await differing(list, known, half);
    gone.push(...found.gone);
    missing.push(...found.missing);
  }
  return { total, gone, missing };
}

function differenceOf(stored: ReadonlySet<string>, runs: readonly RunRecord[]): Omit<Difference, "total"> {
  const there = new Set(runs.map(({ id }) => String(id)));
  return { gone: [...stored].filter((id) => !there.has(id)), missing: runs.filter(({ id }) => !stored.has(String(id))) };
}
