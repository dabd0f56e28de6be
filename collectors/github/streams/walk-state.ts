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
  /** Records that were not final when last read. */
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

/** Bounds the cursor: what is still not final behind so many newer ones will hardly become so. */
const MOST_PENDING = 500;

export function withPending(
  state: WalkState,
  seen: readonly { readonly id: string; readonly isFinal: boolean }[],
): WalkState {
  const pending = new Set(state.pending);
  for (const { id, isFinal } of seen) {
    pending.delete(id);
    if (!isFinal) pending.add(id);
  }
  return { ...state, pending: [...pending].slice(-MOST_PENDING) };
}
