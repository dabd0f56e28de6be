/**
 * One class per reader's reaction. Known errors print as one line; anything else is a bug and prints
 * its stack.
 */
export class KnownError extends Error {
  /** Exit code of a command that ends with it. */
  readonly exitCode: number = 2;
}

/** The command line was wrong: the person at the keyboard corrects it. */
export class UsageError extends KnownError {
  override readonly name = "UsageError";
}

export interface ConfigProblem {
  readonly file: string;
  readonly line: number;
  /** Dotted path inside the document, e.g. `services.api.tier`. */
  readonly path: string;
  readonly message: string;
}

/** quarterdeck.yaml was wrong: all problems at once, each with its place. */
export class ConfigError extends KnownError {
  override readonly name = "ConfigError";
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(
      problems
        .map(({ file, line, path, message }) => `${file}:${line}: ${path ? `${path}: ` : ""}${message}`)
        .join("\n"),
    );
    this.problems = problems;
  }
}

/** `stopped`: nothing is wrong, the run was not to cost more. */
export type SourceFailure = "auth" | "rate" | "network" | "schema" | "missing" | "stopped";

/** A source could not be read: says which, why, and what to do. Other sources go on. */
export class SourceError extends KnownError {
  override readonly name = "SourceError";
  readonly source: string;
  readonly failure: SourceFailure;

  constructor(source: string, failure: SourceFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.source = source;
    this.failure = failure;
  }
}

/** The database, a query or a record in it was not as it must be. */
export class DataError extends KnownError {
  override readonly name = "DataError";
}
