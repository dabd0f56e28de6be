import { expect, test } from "vitest";
import { imagine } from "../../../examples/acme/generator/world.ts";
import { SEED } from "../../../examples/acme/generate.ts";
import { AS_OF } from "../../../examples/acme/generator/clock.ts";
import { acmeWorld } from "./acme/world.ts";
import { historyOf } from "./graphql/resolvers/commit.ts";
import { mainLine } from "./world/commits.ts";

const SCALE = 0.05;
const { world: acme } = imagine(SEED, SCALE);
const world = acmeWorld({ scale: SCALE });

test("every pull request, review and deployment of the bank is on its GitHub", () => {
  const reviewed = acme.changes.filter(({ repository }) => repository.hasReviewTool);
  const pulls = world.repositories.flatMap(({ pullRequests }) => pullRequests);
  expect(pulls.length).toBe(reviewed.length);
  expect(pulls.filter(({ state }) => state === "MERGED").length).toBe(
    reviewed.filter(({ mergedAt }) => mergedAt < AS_OF).length,
  );
  const reviews = reviewed
    .flatMap((change) => change.reviews)
    .filter(({ submittedAt }) => submittedAt < AS_OF);
  expect(pulls.flatMap((pull) => pull.reviews).length).toBe(reviews.length);
  const deployments = world.repositories.flatMap((repository) => repository.deployments);
  expect(deployments.length).toBe(acme.deployments.filter(({ status }) => status !== "skipped").length);
  const succeeded = deployments.filter(({ history }) => history.some(({ state }) => state === "SUCCESS"));
  expect(succeeded.length).toBe(acme.deployments.filter(({ status }) => status === "success").length);
});

test("commits have the hashes that git and the files give them, and reach back to the first", () => {
  for (const repository of world.repositories) {
    const merged = acme.changes.filter(
      (change) => change.repository.name === `acme/${repository.name}` && change.mergedAt < AS_OF,
    );
    const reachable = new Set(historyOf(mainLine(repository)!).map(({ oid }) => oid));
    expect(merged.filter(({ sha }) => !reachable.has(sha))).toEqual([]);
  }
  for (const { repository, commitOid } of world.repositories.flatMap(({ deployments }) => deployments))
    expect(repository.commits.has(commitOid)).toBe(true);
});

test("the bank can be stopped half-way, and go on", () => {
  const half = acmeWorld({ scale: SCALE, until: "2025-07-01T00:00:00Z" });
  const count = () => half.repositories.flatMap(({ deployments }) => deployments).length;
  const before = count();
  half.advanceTo("2026-07-01T00:00:00Z");
  expect(before).toBeLessThan(count());
  expect(count()).toBe(world.repositories.flatMap(({ deployments }) => deployments).length);
});
