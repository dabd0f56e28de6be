import { z } from "zod";
import type { Json } from "../contract.ts";

/** Raise it when a record's form changes: everything is then read again. */
const FORM = 1;

/** What a stream knows of each repository, by the repository's id. */
export class States<State extends object> {
  readonly #states: Map<string, State>;
  readonly #variant: string;

  /** A cursor that cannot be read, or is of another version or variant, counts as none. */
  constructor(schema: z.ZodType<State>, cursor: Json | undefined, variant = "") {
    this.#variant = variant;
    const form = z.object({
      form: z.literal(FORM),
      variant: z.literal(variant),
      repositories: z.record(z.string(), schema),
    });
    this.#states = new Map(Object.entries(form.safeParse(cursor).data?.repositories ?? {}));
  }

  get(id: string): State | undefined {
    return this.#states.get(id);
  }

  set(id: string, state: State): void {
    this.#states.set(id, state);
  }

  /** A repository that is no longer meant is read anew if it comes back. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#states.keys()) if (!ids.has(id)) this.#states.delete(id);
  }

  cursor(): Json {
    return { form: FORM, variant: this.#variant, repositories: Object.fromEntries(this.#states) as Json };
  }
}

/** Key of a record: with the repository first, so that its records can be counted and found. */
export const SEPARATOR = ":";
export const keyOf = (repository: string, id: string) => `${repository}${SEPARATOR}${id}`;
