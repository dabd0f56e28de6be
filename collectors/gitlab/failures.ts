import type { z } from "zod";
import { SourceError } from "../../src/errors.ts";
import type { Answer } from "../http/answer.ts";
import { throwAll } from "../reading/failures.ts";

export const SOURCE = "gitlab";

/** What is missing without each stream, and which role in the project reads it. */
export const NEEDS = {
  project: { role: "Guest", without: "everything" },
  environment: { role: "Reporter", without: "environments" },
  deployment: { role: "Reporter", without: "deployments, and with them every figure" },
  branch: {
    role: "Reporter",
    without: "the main line: what a deployment contains can then only be told by time",
  },
  commit: { role: "Reporter", without: "commits: what a deployment contains can then only be told by time" },
  merge_request: { role: "Reporter", without: "merge requests: no lead time, no review control" },
  pipeline: { role: "Reporter", without: "pipelines and their jobs" },
  release: { role: "Reporter", without: "releases and what they shipped" },
  issue: { role: "Reporter", without: "issues: no incidents, no tickets" },
} as const;

export type StreamName = keyof typeof NEEDS;

/** An answer of 403 or 404: what it means depends on what was asked for. */
export class Refusal extends SourceError {
  readonly status: number;

  constructor(answer: Answer, path: string) {
    const { status, body } = answer;
    const what =
      status === 403 ? "may not be read with this token" : "is not there, or the token may not see it";
    super(SOURCE, status === 403 ? "auth" : "missing", `${path} ${what}${messageOf(body)}`);
    this.status = status;
  }
}

/** What an answer that is none means here; undefined where it means what it means everywhere. */
export function explain({ status, body }: Answer, path: string): SourceError | undefined {
  if (status !== 400 && status !== 405) return undefined;
  return new SourceError(
    SOURCE,
    "schema",
    `${path}: GitLab does not take what is asked for${messageOf(body)}; it takes GitLab 16 or newer, or a newer Quarterdeck`,
  );
}

/** GitLab's own words, in brackets. */
function messageOf(body: unknown): string {
  const { message, error, error_description } = (
    typeof body === "object" && body !== null ? body : {}
  ) as Record<string, unknown>;
  const words = [message, error, error_description].filter((one) => typeof one === "string");
  return words.length === 0 ? "" : ` (GitLab says: ${words.join(": ")})`;
}

/** @throws {SourceError} an answer of another shape than GitLab promises */
export const unexpected = (what: string, expected: string) =>
  new SourceError(
    SOURCE,
    "schema",
    `${what}: expected ${expected}, found something else: is url the address of a GitLab, version 16 or newer? If it is, please report it`,
  );

export function assertShape(what: string, shape: z.ZodType, item: unknown): void {
  const [problem] = shape.safeParse(item).error?.issues ?? [];
  if (!problem) return;
  const { iid, id } = (item ?? {}) as { iid?: unknown; id?: unknown };
  const place = [iid ?? id ?? "a record", ...problem.path].map(String).join(".");
  throw unexpected(what, `${place} to be as GitLab describes it (${problem.message})`);
}

/** What went wrong with single projects: the others go on, and at the end all of it is said. */
export class Failures {
  readonly #stream: StreamName;
  readonly #failures: SourceError[] = [];

  constructor(stream: StreamName, before: readonly SourceError[] = []) {
    this.#stream = stream;
    this.#failures.push(...before);
  }

  /** @throws what is not about one project alone */
  add(project: string, error: unknown): void {
    if (!(error instanceof Refusal)) throw error;
    const { role, without } = NEEDS[this.#stream];
    this.#failures.push(
      new SourceError(
        SOURCE,
        error.failure,
        `${project}: ${this.#stream}: ${error.message}: give the token the scope read_api and the role ${role} there; without it is missing: ${without}`,
      ),
    );
  }

  get isEmpty(): boolean {
    return this.#failures.length === 0;
  }

  /** @throws {SourceError} where anything went wrong */
  end(): void {
    throwAll(SOURCE, this.#failures);
  }
}
