import { z } from "zod";
import type { Json } from "../contract.ts";

/** Raise it when a record's form changes: everything is then read again. */
const FORM = 1;

/** What a stream knows of each project, by the project's id. */
export class States<State extends object> {
  readonly #states: Map<string, State>;
  readonly #question: string;

  /** A cursor that cannot be read, or was of another question, counts as none. */
  constructor(schema: z.ZodType<State>, cursor: Json | undefined, question = "") {
    this.#question = question;
    const form = z.object({
      form: z.literal(FORM),
      question: z.literal(question),
      projects: z.record(z.string(), schema),
    });
    this.#states = new Map(Object.entries(form.safeParse(cursor).data?.projects ?? {}));
  }

  get(id: number): State | undefined {
    return this.#states.get(String(id));
  }

  set(id: number, state: State): void {
    this.#states.set(String(id), state);
  }

  /** A project that is no longer meant is read anew if it comes back. */
  keepOnly(ids: ReadonlySet<number>): void {
    for (const id of this.#states.keys()) if (!ids.has(Number(id))) this.#states.delete(id);
  }

  cursor(): Json {
    return { form: FORM, question: this.#question, projects: Object.fromEntries(this.#states) as Json };
  }
}

/** Key of a record: with the project first, so that its records can be counted and found. */
export const SEPARATOR = ":";
export const keyOf = (project: number, id: number | string) => `${project}${SEPARATOR}${id}`;
export const idIn = (key: string) => key.slice(key.indexOf(SEPARATOR) + 1);
