import { writeFileSync } from "node:fs";
import { Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { printable } from "./printable.ts";

/**
 * Everything a command does to the world outside comes through here, with the real thing as default, so
 * that tests hand in their own and need no mocking library.
 */
export interface Effects {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly isTerminal: boolean;
  readonly now: () => Date;
  /** Waits; no longer than until the signal is given. */
  readonly sleep: (milliseconds: number, until?: AbortSignal) => Promise<void>;
  /** Calls back once when the process is asked to end; asked again, it ends at once with 2. Returns how to stop listening. */
  readonly onStop: (asked: () => void) => () => void;
  readonly fetch: typeof globalThis.fetch;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export const realEffects: Effects = {
  stdout: writeAll,
  stderr: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
  now: () => new Date(),
  sleep: (milliseconds, until) =>
    setTimeout(milliseconds, undefined, until && { signal: until }).catch((error: unknown) => {
      if (until?.aborted !== true) throw error;
    }),
  onStop: onFirstSignal,
  fetch: (...request) => globalThis.fetch(...request),
  cwd: process.cwd(),
  env: process.env,
};

/**
 * Into a file the stream would write what still fits on its disk, and take that for all of it. What is data for programs, such as CSV,
 * stays as it is, but not on a terminal, which it could speak to.
 */
function writeAll(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(text.split("\t").map(printable).join("\t"));
  else if (process.stdout instanceof Socket) process.stdout.write(text);
  else writeFileSync(1, text);
}

function onFirstSignal(asked: () => void): () => void {
  const signals = ["SIGTERM", "SIGINT"] as const;
  let isAsked = false;
  // Listens on after the first: whoever looks after child processes takes a signal that nobody else listens to for the end.
  const listen = () => {
    // Ends child processes, too; and the first process of a container, which no signal of its own ends.
    if (isAsked) process.exit(2);
    isAsked = true;
    asked();
  };
  for (const signal of signals) process.on(signal, listen);
  return () => {
    for (const signal of signals) process.off(signal, listen);
  };
}
