import { z } from "zod";
import type { Json } from "../contract.ts";

/** Raise it when a record's form changes: everything is then read again. */
const FORM = 1;

const walkState = z.object({
  form: z.literal(FORM),
  /** What was asked for. Asking for more means reading everything again. */
  variant: z.string(),
  /** Everything up to this update is stored: milliseconds since 1970. */
  until: z.number().nullable(),
  /** Records that were not final when last read. */
  pending: z.array(z.string()),
  /** How many there were, how many stored, when both were compared one by one, and how many there really were; and when that was. */
  compared: z.object({ counts: z.string(), total: z.number(), at: z.number().default(0) }).nullable(),
});

export type WalkState = z.output<typeof walkState>;

/** A cursor that cannot be read, or is of another form or variant, counts as none. */
export function stateOf(cursor: Json | undefined, variant: string): WalkState {
  const { data } = walkState.safeParse(cursor);
  return data?.variant === variant ? data : { form: FORM, variant, until: null, pending: [], compared: null };
}

export const cursorOf = (state: WalkState): Json => ({
  ...state,
  compared: state.compared && { ...state.compared },
});
