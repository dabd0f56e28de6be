/** Successes after which a page may be larger again. */
const GROW_AFTER = 5;

/** How many records to ask for at once: half where GitHub gives up, and back again by and by. */
export class PageSize {
  readonly most: number;
  current: number;
  #successes = 0;

  constructor(most: number) {
    this.most = most;
    this.current = most;
  }

  failed(): void {
    this.current = Math.max(1, Math.floor(this.current / 2));
    this.#successes = 0;
  }

  succeeded(): void {
    this.#successes += 1;
    if (this.#successes < GROW_AFTER) return;
    this.current = Math.min(this.most, this.current * 2);
    this.#successes = 0;
  }
}
