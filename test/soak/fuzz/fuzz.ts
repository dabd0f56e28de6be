import { inspect } from "node:util";
import fc from "fast-check";
import { clearingUp } from "../scenario.ts";
import { edited, editsOf, type Edit } from "./edits.ts";
import type { Input, OpenReader, Reader } from "./reader.ts";

export interface Failure {
  readonly seed: number;
  readonly message: string;
  /** Found to fail alone, and with as few edits as possible; none where only all of them fail together. */
  readonly input?: Input;
}

export interface Fuzzed {
  readonly inputs: number;
  readonly failures: readonly Failure[];
}

interface Options {
  readonly inputs: number;
  readonly seed: number;
  /** Of so many different failures no more are looked for. */
  readonly mostFailures?: number;
  /** Called before inputs are read. */
  readonly onBatch?: (done: number, seed: number) => void;
  /** Called before each reading, also while the one is looked for that fails. */
  readonly onRead?: (seed: number) => void;
}

interface Case {
  readonly sample: number;
  readonly edits: readonly Edit[];
}

/** Much more than any reader needs for what it holds at once. */
const MOST_BYTES = 3 * 2 ** 30;

/** Alters real payloads and has them read. Seeds of later inputs count on from the first, so that any part repeats alone. */
export function fuzz(reader: Reader, options: Options): Promise<Fuzzed> {
  return clearingUp(async (atEnd) => new Fuzzing(await reader.open(atEnd), reader, options).run());
}

class Fuzzing {
  readonly #open: OpenReader;
  readonly #reader: Reader;
  readonly #options: Options;
  readonly #material: { readonly samples: readonly Buffer[] };
  readonly #failures = new Map<string, Failure>();

  constructor(open: OpenReader, reader: Reader, options: Options) {
    this.#open = open;
    this.#reader = reader;
    this.#options = options;
    this.#material = { samples: open.samples.map(({ bytes }) => bytes) };
  }

  async run(): Promise<Fuzzed> {
    const { inputs, seed: first, mostFailures = 10, onBatch } = this.#options;
    await this.#open.read(this.#open.samples.slice(0, this.#reader.together), 1);
    let done = 0;
    for (let seed = first; done < inputs && this.#failures.size < mostFailures; seed += 1) {
      onBatch?.(done, seed);
      const cases = this.#cases(Math.min(this.#reader.together, inputs - done), seed);
      await this.#read(cases, seed);
      done += cases.length;
      if (process.memoryUsage().rss > MOST_BYTES) throw new Error(`seed ${seed}: memory grows without bound`);
    }
    return { inputs: done, failures: [...this.#failures.values()] };
  }

  #cases(numRuns: number, seed: number): Case[] {
    const one = fc.record({
      sample: fc.nat(this.#open.samples.length - 1),
      edits: editsOf(this.#open.isJson === true),
    });
    return fc.sample(one, { numRuns, seed });
  }

  #input({ sample, edits }: Case): Input {
    const { name, bytes } = this.#open.samples[sample]!;
    return { name, bytes: edited(bytes, edits, this.#material) };
  }

  async #read(cases: readonly Case[], seed: number): Promise<void> {
    const message = await this.#failureOf(cases, seed);
    if (message === undefined) return;
    const found = cases.length === 1 ? [] : await this.#single(cases, seed);
    const alone = cases.length === 1 ? cases : found;
    if (alone.length === 0) this.#note({ seed, message });
    for (const one of alone) this.#note(await this.#smallest(one, seed));
  }

  /** The cases that fail alone; looked for in halves. */
  async #single(cases: readonly Case[], seed: number): Promise<Case[]> {
    if (cases.length === 1) return [...cases];
    const middle = Math.ceil(cases.length / 2);
    const single: Case[] = [];
    for (const half of [cases.slice(0, middle), cases.slice(middle)])
      if (single.length < 3 && (await this.#failureOf(half, seed)) !== undefined)
        single.push(...(await this.#single(half, seed)));
    return single;
  }

  async #smallest(one: Case, seed: number): Promise<Failure> {
    let least = one;
    for (let index = least.edits.length - 1; index >= 0 && least.edits.length > 1; index -= 1) {
      const fewer = { ...least, edits: least.edits.toSpliced(index, 1) };
      if ((await this.#failureOf([fewer], seed)) !== undefined) least = fewer;
    }
    return { seed, message: (await this.#failureOf([least], seed)) ?? "", input: this.#input(least) };
  }

  #note(failure: Failure): void {
    const kind = failure.message
      .replaceAll(/\d+|"[^"]*"/g, "")
      .replace(/\n\s+at .*(?:\n.*)*?cause\]/, "")
      .slice(0, 120);
    if (!this.#failures.has(kind)) this.#failures.set(kind, failure);
  }

  async #failureOf(cases: readonly Case[], seed: number): Promise<string | undefined> {
    this.#options.onRead?.(seed);
    try {
      await this.#open.read(
        cases.map((one) => this.#input(one)),
        seed,
      );
      return undefined;
    } catch (error) {
      return inspect(error);
    }
  }
}
