import { SourceError } from "../../../src/errors.ts";

/** The places at which a list went on: one that comes again would go on for ever. */
export class Tokens {
  readonly #seen = new Set<string>();

  /** @throws {SourceError} for a token that was there before */
  unseen(token: string | undefined): string | undefined {
    if (token === undefined) return undefined;
    if (this.#seen.has(token))
      throw new SourceError(
        "jira",
        "schema",
        "Jira gives the same pages again and again: collect again later, and report it to Atlassian if it stays so",
      );
    this.#seen.add(token);
    return token;
  }
}
