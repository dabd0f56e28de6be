import { expect, test } from "vitest";
import { CHANGE_NAMES, type ChangeName, happen, randomWorld } from "./world/random.ts";
import { fullNameOf, type World } from "./world/world.ts";

/** What a client could see of it, in short. */
function summary({ repositories }: World): string {
  return JSON.stringify(
    repositories.map((repository) => ({
      name: fullNameOf(repository),
      isArchived: repository.isArchived,
      commits: repository.commits.size,
      refs: [...repository.refs.keys()],
      pulls: repository.pullRequests.map((pull) => [
        pull.state,
        pull.isDraft,
        pull.title,
        pull.updatedAt,
        pull.commits.length,
        pull.reviews.length,
        pull.labels.length,
      ]),
      issues: repository.issues.map(({ state, updatedAt, labels }) => [state, updatedAt, labels.length]),
      deployments: repository.deployments.map(({ history }) => history.map(({ state }) => state)),
      runs: repository.runs.map(({ attempts, approvals }) => [
        attempts.map(({ status }) => status),
        approvals.length,
      ]),
      rules: [
        repository.rulesets.map(({ enforcement, updatedAt }) => [enforcement, updatedAt]),
        repository.ruleSuites.map(({ result }) => result),
        repository.branchProtectionRules.map((one) => [one.pattern, one.isAdminEnforced]),
      ],
      releases: repository.releases.map(({ tagName, updatedAt }) => [tagName, updatedAt]),
    })),
  );
}

test("the same seed makes the same world, and another one another", () => {
  expect(summary(randomWorld(1).world)).toBe(summary(randomWorld(1).world));
  expect(summary(randomWorld(2).world)).not.toBe(summary(randomWorld(1).world));
});

/** Undoing or finishing something needs something to be undone or finished. */
const BEGINNINGS: readonly ChangeName[] = [
  "openPullRequest",
  "review",
  "openIssue",
  "deploy",
  "release",
  "startRun",
  "merge",
  "close",
  "closeIssue",
  "label",
  "finishRun",
  "gate",
  "addRuleset",
  "protect",
];

test.each(CHANGE_NAMES)("%s happens, and can be seen", (name) => {
  const { world, chance } = randomWorld(3, { count: 0 });
  happen(world, chance, { count: 300, among: BEGINNINGS });
  const before = summary(world);
  happen(world, chance, { count: 100, among: [name] });
  expect(summary(world)).not.toBe(before);
});

test("what happens later is dated later: nothing is updated before it was made", () => {
  const { world } = randomWorld(4, { count: 500 });
  for (const { pullRequests, deployments } of world.repositories)
    for (const { createdAt, updatedAt } of [...pullRequests, ...deployments])
      expect(updatedAt >= createdAt && updatedAt <= world.now).toBe(true);
});
