import type { Json, Page, RawRecord } from "../../contract.ts";

/** Pages of GitHub are small, and storing one takes as long as storing many. */
const STORED_AT_ONCE = 1_000;

/** What was read and is not stored yet. It goes with the next page: the cursor has moved past it already. */
export class Waiting {
  readonly #cursor: () => Json;
  readonly #records: RawRecord[] = [];

  constructor(cursor: () => Json) {
    this.#cursor = cursor;
  }

  add(...records: RawRecord[]): void {
    this.#records.push(...records);
  }

  get isEmpty(): boolean {
    return this.#records.length === 0;
  }

  get isEnough(): boolean {
    return this.#records.length >= STORED_AT_ONCE;
  }

  page(): Page {
    const byKey = new Map(this.#records.splice(0).map((record) => [record.key, record]));
    return { records: [...byKey.values()], cursor: this.#cursor() };
  }

  /** What was read is stored, whatever ended it: else a run that is bounded to few points would never get any further. */
  async *storedWith(pages: AsyncIterable<Page>, last: () => Page = () => this.page()): AsyncGenerator<Page> {
    try {
      yield* pages;
    } catch (error) {
      if (!this.isEmpty) yield last();
      throw error;
    }
  }
}
