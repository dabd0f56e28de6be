import type { z } from "zod";
import type { Json } from "../contract.ts";
import { keyOf, SEPARATOR, StatesOf } from "../reading/states.ts";

export { keyOf, SEPARATOR };

/** Raise it when a record's form changes: everything is then read again. */
const FORM = 2;

/** What a stream knows of each project, by the project's id. */
export class States<State extends object> extends StatesOf<State> {
  constructor(schema: z.ZodType<State>, cursor: Json | undefined, variant = "") {
    super(schema, cursor, { form: FORM, variant });
  }
}

export const idIn = (key: string) => key.slice(key.indexOf(SEPARATOR) + 1);
