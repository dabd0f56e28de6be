import { SourceError, type SourceFailure } from "../../src/errors.ts";
import type { Json } from "../contract.ts";
import type { ExampleConfig } from "./config.ts";

export interface Item {
  readonly [key: string]: Json;
  readonly id: string;
  readonly updated_at: string;
}

export interface ItemPage {
  readonly items: readonly Item[];
  readonly next: URL | undefined;
  readonly total: number | undefined;
}

/** Address of the first page of everything that was updated at or after an instant, oldest update first. */
export function firstPage({ url }: ExampleConfig, resource: string, since: string | undefined): URL {
  const address = new URL(`/api/${resource}`, url);
  address.searchParams.set("order", "updated_at");
  if (since !== undefined) address.searchParams.set("updated_since", since);
  return address;
}

/**
 * Asks for one page. The token goes to the configured server only: neither redirects nor `next` links
 * take it anywhere else.
 * @throws {SourceError}
 */
export async function getPage(config: ExampleConfig, address: URL): Promise<ItemPage> {
  if (address.origin !== new URL(config.url).origin) {
    throw new SourceError(
      "example",
      "schema",
      `expected a next page at ${config.url}, found one at ${address.origin}`,
    );
  }
  const headers = { authorization: `Bearer ${config.token.reveal()}` };
  const response = await fetch(address, { headers, redirect: "error" }).catch((error: unknown) => {
    throw new SourceError("example", "network", `${address.origin} does not answer: is the address right?`, {
      cause: error,
    });
  });
  if (!response.ok) throw refused(response.status, address);
  return readPage(
    (await response.json()) as { items?: Item[]; next?: string | null; total?: number },
    address,
  );
}

const FAILURES: Readonly<Record<number, readonly [SourceFailure, string]>> = {
  401: ["auth", "the token is not accepted: make a new one"],
  403: ["auth", "the token may not read this: give it permission to read deployments"],
  429: ["rate", "too many requests: the next run goes on from here"],
};

function refused(status: number, address: URL): SourceError {
  const [failure, message] = FAILURES[status] ?? ["network", `answered with status ${status}`];
  return new SourceError("example", failure, `${address.origin}: ${message}`);
}

function readPage(
  { items, next, total }: { items?: Item[]; next?: string | null; total?: number },
  address: URL,
): ItemPage {
  if (!Array.isArray(items))
    throw new SourceError("example", "schema", `${address.href}: expected a list of items`);
  return { items, next: next ? new URL(next, address) : undefined, total };
}
