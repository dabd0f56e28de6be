import { z } from "zod";
import type { Json } from "../contract.ts";
import type { PagerDutyConfig } from "./config.ts";

/** Raise it when a record's form changes: everything is then read again. */
const FORM = 1;

/** What a stream remembered; undefined where it cannot be read or another first day is meant now. */
export function remembered<State>(
  schema: z.ZodType<State>,
  cursor: Json | undefined,
  { since }: PagerDutyConfig,
): State | undefined {
  const form = z.object({ form: z.literal(FORM), since: z.literal(since ?? null), state: schema });
  return form.safeParse(cursor).data?.state;
}

export const cursorOf = (state: object, { since }: PagerDutyConfig): Json =>
  ({ form: FORM, since: since ?? null, state }) as unknown as Json;
