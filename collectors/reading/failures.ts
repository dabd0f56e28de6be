import { SourceError } from "../../src/errors.ts";

/** Failures named one by one; of more, only how many. */
const NAMED = 5;

/**
 * What went wrong with single repositories while the others went on, as one error.
 * @throws {SourceError} where anything did
 */
export function throwAll(source: string, failures: readonly SourceError[]): void {
  const [first] = failures;
  if (!first) return;
  const named = failures.slice(0, NAMED).map(({ message }) => message);
  const more = failures.length > NAMED ? [`and ${failures.length - NAMED} more`] : [];
  throw new SourceError(source, first.failure, [...named, ...more].join("\n"));
}
