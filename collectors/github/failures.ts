import { SourceError } from "../../src/errors.ts";
import type { Problem } from "./client/answer.ts";
import { Denied } from "./client/rest.ts";
import { throwAll } from "../reading/failures.ts";
import type { Repository, Scope } from "./session.ts";

/** What the token needs for each stream, as GitHub's forms call it. */
export const PERMISSIONS = {
  repository: "Metadata",
  ref: "Contents",
  commit: "Contents",
  pull_request: "Pull requests",
  issue: "Issues",
  deployment: "Deployments",
  environment: "Actions",
  release: "Contents",
  deployment_approval: "Actions",
  ruleset: "Metadata",
  rule_suite: "Administration",
  branch_protection: "Administration",
  workflow_run: "Actions",
  workflow_job: "Actions",
  check_run: "Checks",
} as const;

/** What is not there without each of them. */
export const WITHOUT: Readonly<Record<StreamName, string>> = {
  repository: "everything",
  ref: "main line, tags and commits: what a deployment contains can then only be told by time",
  commit: "commits: what a deployment contains can then only be told by time",
  deployment: "deployments, and with them every figure",
  environment: "the rules that protect environments",
  pull_request: "pull requests and reviews: no lead time by stage, no review control",
  issue: "issues: no incidents by label, no tickets",
  release: "releases and what they shipped",
  deployment_approval: "who approved deployments",
  ruleset: "the rulesets that hold for branches and tags",
  rule_suite: "who pushed past a ruleset: whether gates were bypassed is then unknown, not clean",
  branch_protection: "what protects branches, and who may bypass it",
  workflow_run: "workflow runs and their jobs: no pipeline behind a deployment, no repeated or failed attempts",
  workflow_job: "jobs of workflow runs: no waits for runners, no steps",
  check_run: "what apps checked in commits that were merged or deployed",
};

/** What to do where the token cannot have a permission. */
const INSTEAD: Readonly<Record<string, string>> = {
  Administration: ", or say `rules: false`",
  Checks: ", which needs an App or a classic token, or say `checks: none`",
};

/** What the token needs for a stream, or else is to be said. */
export const remedyOf = (stream: StreamName): string =>
  `the permission "${PERMISSIONS[stream]}: read"${INSTEAD[PERMISSIONS[stream]] ?? ""}`;

export type StreamName = keyof typeof PERMISSIONS;

/** What went wrong with single repositories: the others go on, and at the end all of it is said. */
export class Failures {
  readonly #stream: StreamName;
  readonly #failures: SourceError[] = [];
  #isLastLost = false;

  constructor(stream: StreamName) {
    this.#stream = stream;
  }

  /** What goes wrong with one repository leaves the others. */
  async *within<T>(repository: Repository, items: AsyncIterable<T>): AsyncGenerator<T> {
    try {
      yield* items;
      this.#isLastLost = false;
    } catch (error) {
      this.#add(repository, error);
    }
  }

  /** One repository that GitHub cannot answer for leaves the others; two in a row mean that it answers for none. */
  #add(repository: Repository, error: unknown): void {
    if (error instanceof Denied) return this.refused(repository, error.problem);
    if (!(error instanceof SourceError) || error.failure !== "network" || this.#isLastLost) throw error;
    this.#isLastLost = true;
    this.#failures.push(new SourceError("github", "network", `${repository.nameWithOwner}: ${error.message}`));
  }

  /** What GitHub says of a list that it does not give. */
  refused(repository: Repository, problem: Problem | undefined): void {
    this.#failures.push(refusal(this.#stream, repository.nameWithOwner, problem));
  }

  /** GitHub says that there are records which it does not give, however often it is asked. */
  incomplete(repository: Repository): void {
    const message = `${repository.nameWithOwner}: ${this.#stream}: GitHub left out records that it says are there; they are asked for again in the next run`;
    this.#failures.push(new SourceError("github", "schema", message));
  }

  get count(): number {
    return this.#failures.length;
  }

  /** @throws {SourceError} where anything went wrong, the list of repositories included */
  end({ failures }: Pick<Scope, "failures">): void {
    throwAll("github", [...failures, ...this.#failures]);
  }
}

function refusal(stream: StreamName, repository: string, problem: Problem | undefined): SourceError {
  const said = problem?.message ?? "it was not given";
  if (problem?.type === "NOT_FOUND")
    return new SourceError("github", "missing", `${repository}: ${stream}: ${said} Was it deleted just now, or the token's access taken away?`);
  if (problem?.type === "UNEXPECTED")
    return new SourceError("github", "schema", `${repository}: ${stream}: ${said}: the next run asks again`);
  const choice = INSTEAD[PERMISSIONS[stream]] ?? "";
  const remedy = `give the token the permission "${PERMISSIONS[stream]}: read" for it${choice}; without it is missing: ${WITHOUT[stream]}`;
  return new SourceError("github", "auth", `${repository}: ${stream}: ${said}: ${remedy}`);
}
