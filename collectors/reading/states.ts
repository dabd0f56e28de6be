import { z } from "zod";
import type { Json } from "../contract.ts";

/** What a cursor was written for: one of another form or variant counts as none. */
export interface Written {
  /** Raised by a collector when a record's form changes. */
  readonly form: number;
  /** What was asked for. Where it changes, everything is read again. */
  readonly variant: string;
}

/** What a stream knows of each repository or project that it reads, by its id. */
export class StatesOf<State extends object> {
  readonly #states: Map<string, State>;
  readonly #written: Written;

  /** A cursor that cannot be read counts as none. */
  constructor(schema: z.ZodType<State>, cursor: Json | undefined, written: Written) {
    this.#written = written;
    const form = z.object({
      form: z.literal(written.form),
      variant: z.literal(written.variant),
      repositories: z.record(z.string(), schema),
    });
    this.#states = new Map(Object.entries(form.safeParse(cursor).data?.repositories ?? {}));
  }

  get(id: string | number): State | undefined {
    return this.#states.get(String(id));
  }

  set(id: string | number, state: State): void {
    this.#states.set(String(id), state);
  }

  /** One that is no longer meant is read anew if it comes back. */
  keepOnly(ids: Iterable<string | number>): void {
    const kept = new Set(Array.from(ids, String));
    for (const id of this.#states.keys()) if (!kept.has(id)) this.#states.delete(id);
  }

  cursor(): Json {
    return { ...this.#written, repositories: Object.fromEntries(this.#states) as Json };
  }
}

/** Key of a record: with the repository first, so that its records can be counted and found. */
export const SEPARATOR = ":";
export const keyOf = (repository: string | number, id: string | number) => `${repository}${SEPARATOR}${id}`;
