import { push } from "./commits.ts";
import { deploy, setStatus } from "./deployments.ts";
import { addCommits, merge, openPullRequest, review } from "./pull-requests.ts";
import type { Deployment, PullRequest, Repository } from "./records.ts";
import { repository } from "./repositories.ts";
import { startRun } from "./runs.ts";
import { later, type World } from "./world.ts";

/** A repository with a first commit. */
export function begun(world: World, fullName = "acme/payments"): Repository {
  const made = repository(world, fullName);
  push(world, made, { by: "ada", message: "Begin" });
  return made;
}

/** More commits than one page has, and than REST lists at all. */
export function manyCommits(world: World, target: Repository, count = 250): PullRequest {
  const pull = openPullRequest(world, target, { by: "ada", title: "A long story", commitCount: 1 });
  addCommits(world, pull, count - 1);
  return pull;
}

export function manyReviews(world: World, target: Repository, count = 130): PullRequest {
  const pull = openPullRequest(world, target, { by: "ada", title: "Much discussed" });
  for (let index = 0; index < count; index++)
    review(world, pull, {
      by: `reviewer-${index % 7}`,
      state: index === count - 1 ? "APPROVED" : "COMMENTED",
      at: later(pull.createdAt, 60 * (index + 1)),
    });
  merge(world, pull, { by: "grace", at: later(pull.createdAt, 60 * (count + 1)) });
  return pull;
}

/** More runs in a day than GitHub lists for one set of filters. */
export function manyRuns(world: World, target: Repository, count = 1200, day = world.now.slice(0, 10)): void {
  for (let index = 0; index < count; index++)
    startRun(world, target, {
      by: "ada",
      sha: "0".repeat(40),
      at: later(`${day}T00:00:00Z`, Math.floor((index * 86_000) / count)),
      seconds: 60,
    });
}

/** A deployment that is still under way; its success comes later. */
export function lateSuccess(world: World, target: Repository, at: string): Deployment {
  const deployment = deploy(world, target, { by: "ada", environment: "production" });
  setStatus(world, deployment, "IN_PROGRESS");
  world.plan(at, (then) => setStatus(then, deployment, "SUCCESS"));
  return deployment;
}

export interface Size {
  readonly pulls: number;
  readonly deployments: number;
}

/** A company's worth, of typical shape: two commits and two reviews to a pull request, three statuses. */
export function large(world: World, target: Repository, { pulls, deployments }: Size): void {
  for (let index = 0; index < pulls; index++) {
    const at = later(world.now, index * 600);
    const pull = openPullRequest(world, target, { by: "ada", title: `Change ${index}`, at, commitCount: 2 });
    review(world, pull, { by: "grace", state: "COMMENTED", at: later(at, 60) });
    review(world, pull, { by: "linus", at: later(at, 120) });
    merge(world, pull, { by: "linus", at: later(at, 180) });
  }
  for (let index = 0; index < deployments; index++) {
    const at = later(world.now, index * 120);
    const made = deploy(world, target, { by: "ada", environment: `env-${index % 5}`, at });
    setStatus(world, made, "IN_PROGRESS", { at: later(at, 10) });
    setStatus(world, made, "SUCCESS", { at: later(at, 60) });
  }
}
