import { z } from "zod";
import type { Json } from "../contract.ts";

/** Raise it when a record's form changes: everything is then listed again. */
const FORM = 1;

const refState = z.object({
  fingerprint: z.string().optional(),
  /** Full name -> object, of every reference that is stored. */
  refs: z.record(z.string(), z.string()),
});

const commitState = z.object({
  fingerprint: z.string().optional(),
  paths: z.boolean(),
  /** Edge of a shallow clone. */
  edge: z.array(z.string()),
  /** Everything reachable from these is stored. */
  tips: z.array(z.string()),
  /** How many commits git counts there. */
  total: z.number().optional(),
});

/** What decides which revisions there are. */
const runbookState = z.object({
  fingerprint: z.string().optional(),
  tip: z.string().nullable(),
  edge: z.array(z.string()),
  /** Patterns of files. */
  files: z.array(z.string()),
});

export type RefState = z.output<typeof refState>;
export type CommitState = z.output<typeof commitState>;
export type RunbookState = z.output<typeof runbookState>;

/** What is stored of each repository, by its name. */
export type Known<State> = Readonly<Record<string, State>>;

export const refCursor = cursorOf(refState);
export const commitCursor = cursorOf(commitState);
export const runbookCursor = cursorOf(runbookState);

/** Reads and writes a stream's cursor. One that cannot be read, of another version, counts as none. */
function cursorOf<State extends z.ZodType>(state: State) {
  const form = z.object({ form: z.literal(FORM), repositories: z.record(z.string(), state) });
  return {
    read: (cursor: Json | undefined): Known<z.output<State>> | undefined =>
      form.safeParse(cursor).data?.repositories,
    write: (repositories: Known<z.output<State>>): Json => ({
      form: FORM,
      repositories: { ...repositories } as Json,
    }),
  };
}
