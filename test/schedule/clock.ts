import type { Effects } from "../../src/effects.ts";
import { recordedEffects } from "../cli/effects.ts";

/** A clock that moves when somebody sleeps, and asks to stop when it comes to its end. */
export class Clock {
  now: Date;
  readonly end: Date;
  readonly stop = new AbortController();
  readonly recorded: ReturnType<typeof recordedEffects>;
  readonly slept: number[] = [];

  constructor(folder: string, from: string, end: string) {
    this.now = new Date(from);
    this.end = new Date(end);
    this.recorded = recordedEffects(folder);
  }

  get effects(): Effects {
    return {
      ...this.recorded,
      now: () => this.now,
      sleep: async (milliseconds) => {
        this.slept.push(milliseconds);
        this.pass(milliseconds);
      },
    };
  }

  pass(milliseconds: number): void {
    this.now = new Date(this.now.getTime() + milliseconds);
    if (this.now >= this.end) this.stop.abort();
  }

  /** What was said, without the time before each line. */
  get said(): string[] {
    const lines = this.recorded.printed.err.split("\n").filter((line) => line !== "");
    return lines.map((line) => line.replace(/^\S+Z /, ""));
  }
}
