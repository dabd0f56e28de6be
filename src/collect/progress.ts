import { MultiBar } from "cli-progress";
import type { Effects } from "../effects.ts";
import { printable, printableLine } from "../printable.ts";

export interface Progress {
  /** Says what a stream is doing. */
  report(source: string, stream: string, message: string): void;
  /** Says how many records of a stream are stored so far. */
  advance(source: string, stream: string, records: number): void;
  /** Says something of a source that stays on the screen. */
  say(source: string, sentence: string): void;
  stop(): void;
}

/** Bars on a terminal, one plain line per step elsewhere. */
export function progressFor(effects: Effects): Progress {
  return effects.isTerminal ? bars() : lines(effects);
}

function bars(): Progress {
  const multi = new MultiBar({
    format: "{name}  {value} records  {message}",
    // Whoever interrupts a run gets the terminal back as it was.
    hideCursor: false,
    linewrap: true,
    clearOnComplete: true,
    emptyOnZero: true,
  });
  const open = new Map<string, ReturnType<MultiBar["create"]>>();
  const messages = new Map<string, string>();
  const barOf = (name: string) => {
    const known = open.get(name);
    if (known) return known;
    const bar = multi.create(0, 0, { name, message: "" });
    open.set(name, bar);
    return bar;
  };
  return {
    report(source, stream, message) {
      const name = `${source} ${stream}`;
      messages.set(name, printableLine(message));
      barOf(name).update({ message: messages.get(name) });
    },
    advance(source, stream, records) {
      const name = `${source} ${stream}`;
      const bar = barOf(name);
      bar.setTotal(records);
      bar.update(records, { message: messages.get(name) ?? "" });
    },
    say: (source, sentence) => multi.log(printable(`${source}: ${sentence}\n`)),
    stop: () => multi.stop(),
  };
}

function lines(effects: Effects): Progress {
  const last = new Map<string, string>();
  // A page that brings nothing, such as the last of a snapshot, would say the same again.
  const say = (name: string, text: string) => {
    if (last.get(name) !== text) effects.stderr(`${name}: ${printableLine(text)}\n`);
    last.set(name, text);
  };
  return {
    report: (source, stream, message) => say(`${source} ${stream}`, message),
    advance: (source, stream, records) =>
      say(`${source} ${stream}`, `${records} ${records === 1 ? "record" : "records"} so far`),
    say: (source, sentence) => effects.stderr(printable(`${source}: ${sentence}\n`)),
    stop: () => undefined,
  };
}
