import { expect, test } from "vitest";
import { CHANGE_NAMES, happen, randomWorld } from "./world/random.ts";
import { fullNameOf, type World } from "./world/world.ts";

/** All that a client could see, by what it is called. */
function summary({ repositories }: World): unknown {
  return repositories.map((repository) => ({
    name: fullNameOf(repository),
    updatedAt: repository.updatedAt,
    pulls: repository.pullRequests.map(({ state, updatedAt, commits }) => [state, updatedAt, commits.length]),
    issues: repository.issues.map(({ state, updatedAt }) => [state, updatedAt]),
    deployments: repository.deployments.map(({ history }) => history.map(({ state }) => state)),
    runs: repository.runs.map(({ attempts }) => attempts.map(({ status }) => status)),
    releases: repository.releases.map(({ tagName }) => tagName),
  }));
}

test("the same seed makes the same world, and another one another", () => {
  expect(summary(randomWorld(1).world)).toEqual(summary(randomWorld(1).world));
  expect(summary(randomWorld(2).world)).not.toEqual(summary(randomWorld(1).world));
});

test("each kind of change leaves its mark", () => {
  const { world, chance } = randomWorld(3, { count: 400 });
  const rare = new Set(["rename", "transfer", "archive"]);
  for (const name of CHANGE_NAMES.filter((one) => !rare.has(one))) {
    // Undoing or finishing something needs something to be undone.
    happen(world, chance, {
      count: 60,
      among: [
        "openPullRequest",
        "openIssue",
        "deploy",
        "release",
        "startRun",
        "merge",
        "close",
        "closeIssue",
        "label",
        "finishRun",
      ],
    });
    const { version } = world;
    const before = JSON.stringify(summary(world));
    happen(world, chance, { count: 40, among: [name] });
    expect(world.version, name).toBeGreaterThan(version + 40);
    if (!["review", "ready", "approve", "deleteBranch"].includes(name))
      expect(JSON.stringify(summary(world)), name).not.toBe(before);
  }
});

test("what happens later is dated later: nothing is updated before it was made", () => {
  const { world } = randomWorld(4, { count: 500 });
  for (const { pullRequests, deployments } of world.repositories)
    for (const { createdAt, updatedAt } of [...pullRequests, ...deployments])
      expect(updatedAt >= createdAt && updatedAt <= world.now).toBe(true);
});
