import { SourceError } from "../../../src/errors.ts";
import type { Json } from "../../contract.ts";
import { messageOf, type Problem, type Received } from "./answer.ts";
import type { Response } from "./octokit.ts";

/** An object as REST gives it. */
export interface RestRecord {
  readonly [field: string]: unknown;
  readonly id: number;
}

/** A list, or a page of one. */
export interface RestList<Item> {
  readonly items: readonly Item[];
  /** How many GitHub says there are in all, where it says so. */
  readonly total: number | undefined;
}

/** GitHub does not give what is asked for: not there, or too old to keep; or not for this token. It says the one for the other at times. */
export interface Refused {
  readonly kind: "absent" | "denied";
  readonly problem: Problem;
}

/** What GitHub has at a REST address. */
export type Found<Body> =
  | { readonly kind: "found"; readonly body: Body; readonly etag: string | undefined }
  /** It is as it was when the ETag was given. */
  | { readonly kind: "unchanged" }
  | Refused;

/** The token may not read what is asked for, however often one asks. */
export class Denied extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/**
 * What is there; undefined where it is not.
 * @throws {Denied}
 */
export function unlessAbsent<Body>(found: Found<Body>): Body | undefined {
  if (found.kind === "denied") throw new Denied(found.problem);
  return found.kind === "found" ? found.body : undefined;
}

export const receivedIn = ({ status, headers, data }: Pick<Response, "status" | "headers" | "data">): Received => ({
  status,
  headers,
  body: data,
});

export function foundIn<Body>({ status, headers, body }: Received): Found<Body> {
  if (status === 304) return { kind: "unchanged" };
  if (status === 200) return { kind: "found", body: body as Body, etag: headers["etag"]?.toString() };
  const message = messageOf(body) || `GitHub answered with status ${status}`;
  if (status === 404 || status === 410) return { kind: "absent", problem: { message, type: "NOT_FOUND" } };
  return { kind: "denied", problem: { message, type: status === 403 ? "FORBIDDEN" : "UNEXPECTED" } };
}

/** Plugin-paginate-rest takes lists out of what is around them, and hangs the total on them. */
export function listIn<Item>(received: Received): Found<RestList<Item>> {
  const found = foundIn<readonly Item[]>(received);
  if (found.kind !== "found") return found;
  const { body, etag } = found;
  if (!Array.isArray(body)) throw new SourceError("github", "schema", "an answer that should be a list is no list. Is url the address of the API?");
  return { kind: "found", etag, body: { items: [...(body as Item[])], total: (body as { total_count?: number }).total_count } };
}

const isAddress = (name: string) => name === "url" || name.endsWith("_url");

/**
 * What is stored. Addresses are made from the repository's name, and change with it; what is said of the repository in each record is
 * a stream of its own.
 */
export function restPayload(value: unknown): Json {
  if (Array.isArray(value)) return value.map(restPayload);
  if (typeof value !== "object" || value === null) return value as Json;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !isAddress(name) && name !== "repository" && name !== "head_repository")
      .map(([name, inner]) => [name, restPayload(inner)]),
  );
}
