import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xorshift128plus } from "pure-rand/generator/xorshift128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** Choices that are the same for the same seed. */
export class Chance {
  private readonly generator: RandomGenerator;

  constructor(seed: number) {
    this.generator = xorshift128plus(seed);
  }

  whole(from: number, to: number): number {
    return uniformInt(this.generator, from, to);
  }

  /** True so often of a hundred times. */
  percent(often: number): boolean {
    return this.whole(1, 100) <= often;
  }

  of<T>(items: readonly T[]): T | undefined {
    return items.length === 0 ? undefined : items[this.whole(0, items.length - 1)];
  }

  /** Of a list that has some. */
  one<T>(items: readonly [T, ...T[]]): T {
    return items[this.whole(0, items.length - 1)] ?? items[0];
  }
}
