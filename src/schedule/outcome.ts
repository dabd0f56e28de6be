import { inspect } from "node:util";
import type { RunReport } from "../collect/report.ts";
import { KnownError } from "../errors.ts";

export interface Failure {
  /** null = it concerns none alone. */
  readonly stream: string | null;
  readonly message: string;
}

/** How a run of one source, or a build, ended. `stopped`: not all was read, and nothing is wrong. */
export type Outcome = {
  /** Whether there is something to build from: one stream that always fails must not hold back what the others bring. */
  readonly hasBrought: boolean;
} & (
  | { readonly status: "completed" | "stopped"; readonly rejected: number }
  | { readonly status: "failed"; readonly failures: readonly Failure[] }
);

/** Whatever goes wrong is an outcome: it ends neither the other sources nor the process. */
export async function outcomeOf(work: () => Promise<Outcome | undefined>): Promise<Outcome> {
  try {
    return (await work()) ?? { status: "stopped", rejected: 0, hasBrought: false };
  } catch (error) {
    return { status: "failed", failures: [{ stream: null, message: messageOf(error) }], hasBrought: false };
  }
}

const messageOf = (error: unknown): string =>
  error instanceof KnownError ? error.message : `this is a bug; please report it with what follows\n${inspect(error)}`;

export function outcomeOfRun({ streams }: RunReport): Outcome {
  const failures = streams
    .filter(({ status }) => status === "failed")
    .map(({ stream, message }) => ({ stream, message: message ?? "failed" }));
  const hasBrought = streams.some(({ status, stored, deleted }) => status === "completed" || stored + deleted > 0);
  if (failures.length > 0) return { status: "failed", failures, hasBrought };
  const status = streams.every((stream) => stream.status === "completed") ? "completed" : "stopped";
  return { status, rejected: streams.reduce((sum, { rejected }) => sum + rejected, 0), hasBrought };
}

/** As `collect` ends: 0 all was read, 1 rows were rejected or not all was to be read, 2 something failed. */
export function exitCodeOfAll(outcomes: readonly Outcome[]): 0 | 1 | 2 {
  if (outcomes.some(({ status }) => status === "failed")) return 2;
  const isWhole = (outcome: Outcome) => outcome.status === "completed" && outcome.rejected === 0;
  return outcomes.every(isWhole) ? 0 : 1;
}
