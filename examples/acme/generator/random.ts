/** A seeded source of chance. The same seed and purpose give the same numbers on every machine. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  chance(probability: number): boolean;
  between(low: number, high: number): number;
  /** Both ends included. */
  integer(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  /** Skewed like most durations of human work: half of the values lie below `median`. */
  logNormal(median: number, spread: number): number;
}

/**
 * Each purpose has a stream of its own, so that one more draw in one place does not change what all
 * other places get.
 */
export function random(seed: number, purpose: string): Random {
  const next = mulberry32(seed ^ fnv1a(purpose));
  const between = (low: number, high: number) => low + (high - low) * next();
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    integer,
    chance: (probability) => next() < probability,
    pick: (list) => itemAt(list, Math.floor(next() * list.length)),
    logNormal: (median, spread) => median * Math.exp(spread * normal(next)),
  };
}

function itemAt<T>(list: readonly T[], index: number): T {
  if (index >= list.length) throw new RangeError("nothing to pick from");
  return list[index] as T;
}

/** The sum of twelve even draws is close enough to a normal one, and needs no transcendental function. */
function normal(next: () => number): number {
  let sum = -6;
  for (let draw = 0; draw < 12; draw++) sum += next();
  return sum;
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
