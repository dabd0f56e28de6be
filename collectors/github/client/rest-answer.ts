import type { Json } from "../../contract.ts";
import { messageOf, type Problem } from "./answer.ts";
import type { GitHub } from "./github.ts";

/** An object as REST gives it. */
export interface RestRecord {
  readonly [field: string]: unknown;
  readonly id: number;
}

export type RestAnswer =
  | { readonly kind: "given"; readonly body: unknown; readonly etag: string | undefined }
  /** It is as it was when the ETag was given. */
  | { readonly kind: "unchanged" }
  /** Deleted, or too old for GitHub to keep. */
  | { readonly kind: "gone" };

/** GitHub does not give what is asked for, however often one asks. */
export class Denied extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** @throws {Denied} where the token may not read it */
export async function ask(github: GitHub, path: string, etag?: string): Promise<RestAnswer> {
  const { status, headers, body } = await github.get(path, etag);
  if (status === 200) return { kind: "given", body, etag: headers["etag"]?.toString() };
  if (status === 304) return { kind: "unchanged" };
  if (status === 404 || status === 410) return { kind: "gone" };
  const said = messageOf(body) || `GitHub answered with status ${status}`;
  throw new Denied({ message: said, type: status === 403 ? "FORBIDDEN" : "UNEXPECTED" });
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
