import type { Effects } from "../../src/effects.ts";

/** Effects that keep what was printed, for a command that runs in `cwd`. */
export function recordedEffects(cwd: string): Effects & { readonly printed: { out: string; err: string } } {
  const printed = { out: "", err: "" };
  return {
    printed,
    stdout: (text) => void (printed.out += text),
    stderr: (text) => void (printed.err += text),
    isTerminal: false,
    now: () => new Date("2026-07-01T00:00:00Z"),
    sleep: () => Promise.resolve(),
    onStop: () => () => undefined,
    fetch: () => Promise.reject(new Error("a test asks nobody")),
    cwd,
    env: { PATH: process.env["PATH"], HOME: cwd, GIT_CONFIG_NOSYSTEM: "1" },
  };
}
