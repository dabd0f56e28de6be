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
