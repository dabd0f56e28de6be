import { SourceError } from "../../../src/errors.ts";
import type { Received } from "./answer.ts";
import type { Response } from "./octokit.ts";

/** A page of a REST list. */
export interface RestPage extends Pick<Received, "status" | "headers"> {
  readonly items: readonly unknown[];
  /** How many GitHub says there are in all, where it says so. */
  readonly total: number | undefined;
}

export const receivedIn = ({ status, headers, data }: Pick<Response, "status" | "headers" | "data">): Received => ({
  status,
  headers,
  body: data,
});

/** Plugin-paginate-rest takes lists out of what is around them, and hangs the total on them. */
export function pageIn(received: Received): RestPage {
  const { status, headers, body } = received;
  if (status !== 200) return { status, headers, items: [], total: undefined };
  if (!Array.isArray(body)) throw new SourceError("github", "schema", "an answer that should be a list is no list. Is url the address of the API?");
  return { status, headers, items: [...(body as unknown[])], total: (body as { total_count?: number }).total_count };
}
