import type { AtEnd } from "../scenario.ts";

/** Something real to begin with. */
export interface Sample {
  /** Tells the reader what it is: a file name, a stream. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** A sample that was altered. */
export type Input = Sample;

export interface OpenReader {
  readonly samples: readonly Sample[];
  /** Whatever is read is JSON, which it is not for the reader to notice. */
  readonly isJson?: boolean;
  /**
   * Reads all of them, however they are.
   * @throws where one brings the reader down, is refused without a place, or leaves something half-written
   */
  read(inputs: readonly Input[], seed: number): Promise<void>;
}

/** What takes in what others wrote. */
export interface Reader {
  readonly name: string;
  /** Inputs in every `npm test`. */
  readonly test: number;
  /** What it needs takes seconds to make: it goes with the tests of whole runs. */
  readonly isSlow?: boolean;
  /** Inputs that are read at once; which of them it was is looked for when they fail. */
  readonly together: number;
  open(atEnd: AtEnd): Promise<OpenReader>;
}
