import { push, tag } from "./commits.ts";
import { deleteDeployment, deploy, editRelease, publishRelease, release, setStatus } from "./deployments.ts";
import {
  addLabel,
  close,
  closeIssue,
  deleteIssue,
  dismiss,
  forcePush,
  merge,
  openIssue,
  openPullRequest,
  readyForReview,
  removeLabel,
  reopen,
  reopenIssue,
  review,
} from "./pull-requests.ts";
import type { Repository } from "./records.ts";
import { archive, environment, judgePush, rename, repository, ruleset, transfer } from "./repositories.ts";
import { approve, attempt, deleteRun, finish, startRun, wait } from "./runs.ts";
import { begun, lateSuccess, manyCommits, manyReviews, manyRuns } from "./scenarios.ts";
import { World } from "./world.ts";

/** When to collect for the first time, and when again. */
export const FIRST = "2026-03-10T00:00:00Z";
export const SECOND = "2026-04-20T00:00:00Z";

/**
 * A world at the first instant, in which until the second everything happens that makes collectors lose
 * records: each line of the functions below has cost somebody data.
 */
export function eventful(): World {
  const world = new World("2026-03-01T08:00:00Z");
  const payments = begun(world, "acme/payments");
  repository(world, "acme/fork-of-payments", { parent: payments });
  repository(world, "acme/empty");
  changesOf(world, payments);
  deploymentsOf(world, payments);
  runsOf(world, payments);
  issuesOf(world, payments);
  repositoriesOf(world);
  return world.advanceTo(FIRST);
}

function changesOf(world: World, target: Repository): void {
  manyCommits(world, target, 250);
  manyReviews(world, target, 130);
  const draft = openPullRequest(world, target, { by: "ada", title: "Later", isDraft: true, commitCount: 3 });
  world.plan("2026-03-12T09:00:00Z", () => readyForReview(world, draft, "ada"));
  world.plan("2026-03-12T10:00:00Z", () => forcePush(world, draft, 2));
  const merged = openPullRequest(world, target, { by: "grace", title: "Done", labels: ["feature"] });
  const approval = review(world, merged, { by: "linus" });
  merge(world, merged, { by: "linus" });
  world.plan("2026-04-15T09:00:00Z", () => addLabel(world, merged, "hotfix", "grace"));
  world.plan("2026-04-15T09:01:00Z", () => removeLabel(world, merged, "feature", "grace"));
  world.plan("2026-04-16T09:00:00Z", () => dismiss(world, approval, "ada"));
  const given = openPullRequest(world, target, { by: "ada", title: "Given up" });
  close(world, given, "ada");
  world.plan("2026-03-30T09:00:00Z", () => reopen(world, given, "grace"));
  world.plan("2026-04-01T09:00:00Z", () => merge(world, given, { by: "grace", method: "merge" }));
}

function deploymentsOf(world: World, target: Repository): void {
  environment(world, target, "production", { reviewers: ["grace"], waitMinutes: 10 });
  lateSuccess(world, target, "2026-04-05T12:00:00Z");
  const live = deploy(world, target, { by: "ada", environment: "staging" });
  setStatus(world, live, "SUCCESS");
  world.plan("2026-04-10T12:00:00Z", () => {
    const next = deploy(world, target, { by: "ada", environment: "staging" });
    setStatus(world, next, "SUCCESS");
  });
  const mistaken = deploy(world, target, { by: "ada", environment: "staging-2" });
  setStatus(world, mistaken, "FAILURE");
  world.plan("2026-03-20T12:00:00Z", () => deleteDeployment(world, mistaken));
  const draft = release(world, target, {
    by: "ada",
    tagName: "v1.0.0",
    isDraft: true,
    assets: ["app.tar.gz"],
  });
  world.plan("2026-03-25T12:00:00Z", () => {
    tag(world, target, "v1.0.0", push(world, target, { by: "ada", message: "Release" }), {
      message: "v1.0.0",
    });
    publishRelease(world, draft);
  });
  world.plan("2026-04-18T12:00:00Z", () => editRelease(world, draft, { description: "Notes, at last" }));
}

function runsOf(world: World, target: Repository): void {
  const sha = "f".repeat(40);
  manyRuns(world, target, 1200, "2026-03-05");
  const failed = startRun(world, target, {
    by: "ada",
    sha,
    seconds: 90,
    conclusion: "failure",
    jobs: ["test"],
  });
  world.plan("2026-03-14T10:00:00Z", () => {
    attempt(world, failed, { by: "grace", seconds: 60, jobs: ["test"] });
  });
  const gated = startRun(world, target, { by: "ada", sha, jobs: ["deploy"] });
  wait(world, gated, ["production"]);
  world.plan("2026-03-11T10:00:00Z", () => {
    approve(world, gated, { by: "grace", environments: ["production"], comment: "Go ahead" });
  });
  world.plan("2026-03-11T10:20:00Z", () => {
    const latest = gated.attempts.at(-1);
    if (latest) finish(world, latest, "success");
  });
  const unwanted = startRun(world, target, { by: "ada", sha, seconds: 5 });
  world.plan("2026-03-15T10:00:00Z", () => deleteRun(world, unwanted));
}

function issuesOf(world: World, target: Repository): void {
  const outage = openIssue(world, target, { by: "grace", title: "Nobody can pay", labels: ["incident"] });
  closeIssue(world, outage, { by: "grace" });
  world.plan("2026-04-02T10:00:00Z", () => reopenIssue(world, outage, "ada"));
  world.plan("2026-04-03T10:00:00Z", () => closeIssue(world, outage, { by: "ada" }));
  const late = openIssue(world, target, { by: "ada", title: "Slow since Monday" });
  world.plan("2026-04-04T10:00:00Z", () => addLabel(world, late, "incident", "grace"));
  const spam = openIssue(world, target, { by: "ada", title: "Buy this" });
  world.plan("2026-03-13T10:00:00Z", () => deleteIssue(world, spam));
}

function repositoriesOf(world: World): void {
  const renamed = begun(world, "acme/old-name");
  openPullRequest(world, renamed, { by: "ada", title: "Before the rename" });
  world.plan("2026-03-16T10:00:00Z", () => rename(world, renamed, "new-name"));
  const transferred = begun(world, "acme/moving");
  openPullRequest(world, transferred, { by: "ada", title: "Before the move" });
  world.plan("2026-03-17T10:00:00Z", () => transfer(world, transferred, "acme-labs"));
  const ended = begun(world, "acme/legacy");
  world.plan("2026-03-18T10:00:00Z", () => archive(world, ended));
  const rules = ruleset(world, ended, { name: "main", rules: [{ type: "PULL_REQUEST" }], bypass: ["ada"] });
  world.plan("2026-03-12T10:00:00Z", () =>
    judgePush(world, rules, { by: "ada", before: "a".repeat(40), after: "b".repeat(40), result: "bypass" }),
  );
  world.plan("2026-03-19T10:00:00Z", () => begun(world, "acme/brand-new"));
}
