import type { z } from "zod";
import type { Json } from "../contract.ts";
import { StatesOf } from "../reading/states.ts";

export { keyOf, SEPARATOR } from "../reading/states.ts";

/** Raise it when a record's form changes: everything is then read again. */
const FORM = 1;

/** What a stream knows of each repository, by the repository's id. */
export class States<State extends object> extends StatesOf<State> {
  constructor(schema: z.ZodType<State>, cursor: Json | undefined, variant = "") {
    super(schema, cursor, { form: FORM, variant });
  }
}
