import { SourceError } from "../../src/errors.ts";
import type { Fetch } from "./effects.ts";

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 5;

/** A fetch that goes to one origin only, also when it is sent on, since every request carries a token. */
export function within(source: string, origin: string, fetch: Fetch, timeout: number): Fetch {
  return async (input, init) => {
    let address = new URL(input instanceof Request ? input.url : input);
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      assertWithin(source, origin, address);
      const answer = await fetch(address, {
        ...init,
        redirect: "manual",
        signal: AbortSignal.timeout(timeout),
      });
      const location = REDIRECTS.has(answer.status) ? answer.headers.get("location") : null;
      if (location === null) return answer;
      await answer.body?.cancel();
      address = new URL(location, address);
    }
    throw new SourceError(source, "network", `${origin} redirects more than ${MOST_REDIRECTS} times`);
  };
}

/** @throws {SourceError} for an address elsewhere, such as a `next` link that leads away */
export function assertWithin(source: string, origin: string, address: URL): void {
  if (address.origin === origin) return;
  throw new SourceError(
    source,
    "schema",
    `${origin} sends on to ${address.origin}, where the token must not go: set url to the address that is meant`,
  );
}
