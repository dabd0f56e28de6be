import { AS_OF, type Instant } from "./clock.ts";

/** What is to happen, done in the order of time; what happens may put more on it. */
export interface Agenda {
  add(at: Instant, act: (at: Instant) => void): void;
  run(): void;
}

export function agenda(): Agenda {
  const entries: { at: Instant; act: (at: Instant) => void }[] = [];
  return {
    add(at, act) {
      const after = entries.findLastIndex((entry) => entry.at <= at);
      entries.splice(after + 1, 0, { at, act });
    },
    run() {
      for (let entry = entries.shift(); entry && entry.at < AS_OF; entry = entries.shift())
        entry.act(entry.at);
    },
  };
}
