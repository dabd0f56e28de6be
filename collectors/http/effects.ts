export type Fetch = typeof globalThis.fetch;

/** What a client does to the world, so that tests need no waiting. */
export interface HttpEffects {
  readonly fetch: Fetch;
  readonly sleep: (seconds: number) => Promise<void>;
}

export const realEffects: HttpEffects = {
  fetch: (input, init) => globalThis.fetch(input, init),
  sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
};
