import type { Effects } from "../effects.ts";
import { printableLine } from "../printable.ts";

/** What the schedule itself says, with the time: its lines stand between those of runs. */
export function logTo({ stderr, now }: Effects): (text: string) => void {
  return (text) => {
    stderr(`${now().toISOString()} ${text.split("\n").map(printableLine).join("\n  ")}\n`);
  };
}

/** The same effects, with names of variables where secrets would be printed, and lines instead of bars. */
export const effectsForLog = (effects: Effects, withoutSecrets: (text: string) => string): Effects => ({
  ...effects,
  isTerminal: false,
  stdout: (text) => effects.stdout(withoutSecrets(text)),
  stderr: (text) => effects.stderr(withoutSecrets(text)),
});
