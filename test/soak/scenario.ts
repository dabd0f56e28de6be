/** Undoes something when a seed has ended, whether it held or not. */
export type AtEnd = (undo: () => unknown) => void;

export interface Seeds {
  /** Those of every `npm test`, which together go through all kinds; none where one seed takes too long for it. */
  readonly test: readonly number[];
  /** How many in `npm run soak`, beginning with 1. */
  readonly soak: number;
}

/**
 * A course of events made from a number, the same for the same number: the world changes, things go wrong, collections
 * break off; in the end there must be what one whole collection would have brought.
 */
export interface Scenario {
  readonly name: string;
  readonly seeds: Seeds;
  /** Each must have happened in some seed of `npm test`, and a soak says which did not: what never happens proves nothing. */
  readonly kinds: readonly string[];
  /**
   * Says what happened.
   * @throws where what was collected is not what one whole collection brings
   */
  run(seed: number, atEnd: AtEnd): Promise<ReadonlySet<string>>;
}

/** Does something and undoes what it leaves behind. */
export async function clearingUp<T>(work: (atEnd: AtEnd) => Promise<T>): Promise<T> {
  const undos: (() => unknown)[] = [];
  try {
    return await work((undo) => void undos.push(undo));
  } finally {
    for (const undo of undos.reverse()) await undo();
  }
}

export const runSeed = (scenario: Scenario, seed: number) => clearingUp((atEnd) => scenario.run(seed, atEnd));
