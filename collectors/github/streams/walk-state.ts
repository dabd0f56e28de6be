import { z } from "zod";

/** A stretch of a list that is not read to its end yet. */
const walk = z.object({
  /** Page after which to go on. */
  after: z.string().nullable(),
  /** Instant down to which to read; null = to the end of the list. */
  floor: z.string().nullable(),
});

export const walkState = z.object({
  /** The newest instant of the list when it was last looked at. */
  top: z.string().nullable(),
  /** Newest first. A run that was cut short leaves its own behind, beside those of earlier ones. */
  open: z.array(walk),
  /** Records that were not final when last read, the newest first. */
  pending: z.array(z.string()),
  /** How many there were, and how many stored, when both were last compared one by one. */
  compared: z.string().optional(),
});

export type WalkState = z.output<typeof walkState>;
export type Walk = z.output<typeof walk>;

export const untouched: WalkState = { top: null, open: [], pending: [] };

/** From the newest down to some time before the newest that is known. */
export function floorOf({ top }: Pick<WalkState, "top">, lag: number): string | null {
  return top === null ? null : new Date(Date.parse(top) - lag * 1000).toISOString();
}

/** Instants of GitHub are all of one form, but floors carry milliseconds. */
export const isBelow = (instant: string, floor: string | null): boolean =>
  floor !== null && Date.parse(instant) < Date.parse(floor);

export const later = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other > one) ? other : one;

/** Bounds the cursor: of more, the oldest are forgotten. What is still not final behind so many newer ones will hardly become so. */
const MOST_PENDING = 500;

/** Of a walk to the end of its list, what is seen is older than what was pending before; of one down to a floor, it is newer. */
export function withPending(
  state: WalkState,
  seen: readonly { readonly id: string; readonly isFinal: boolean }[],
  floor: string | null = null,
): WalkState {
  const final = new Set(seen.filter(({ isFinal }) => isFinal).map(({ id }) => id));
  const before = state.pending.filter((id) => !final.has(id));
  const now = seen.filter(({ isFinal }) => !isFinal).map(({ id }) => id);
  // What was pending before keeps its place.
  const fresh = now.filter((id) => !before.includes(id));
  const pending = new Set(floor === null ? [...before, ...fresh] : [...fresh, ...before]);
  return { ...state, pending: [...pending].slice(0, MOST_PENDING) };
}
