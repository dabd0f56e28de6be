import { expect, test } from "vitest";
import { eventful, FIRST, SECOND } from "./world/eventful.ts";
import { fullNameOf } from "./world/world.ts";

test("between two collections everything happens that collectors miss", () => {
  const world = eventful();
  const payments = world.repository("acme/payments")!;
  const old = [...payments.pullRequests, ...payments.issues];
  const names = () => world.repositories.map(fullNameOf);
  const counts = () => [payments.deployments.length, payments.runs.length, payments.issues.length];
  const before = { names: names(), counts: counts(), states: old.map(({ state }) => state) };
  expect(world.now).toBe(FIRST);
  expect(
    payments.pullRequests.map(({ commits, reviews }) => Math.max(commits.length, reviews.length)),
  ).toEqual([250, 130, 3, 1, 1]);
  world.advanceTo(SECOND);
  expect(before.names).toEqual([
    "acme/payments",
    "acme/fork-of-payments",
    "acme/empty",
    "acme/old-name",
    "acme/moving",
    "acme/legacy",
  ]);
  expect(names()).toEqual([
    "acme/payments",
    "acme/fork-of-payments",
    "acme/empty",
    "acme/new-name",
    "acme-labs/moving",
    "acme/legacy",
    "acme/brand-new",
  ]);
  // One deployment deleted and one made; one run and one issue deleted.
  expect(before.counts).toEqual([3, 1203, 3]);
  expect(counts()).toEqual([3, 1202, 2]);
  expect(before.states).toEqual(["OPEN", "MERGED", "OPEN", "MERGED", "CLOSED", "CLOSED", "OPEN", "OPEN"]);
  expect(old.map(({ state }) => state)).toEqual([
    "OPEN",
    "MERGED",
    "OPEN",
    "MERGED",
    "MERGED",
    "CLOSED",
    "OPEN",
    "OPEN",
  ]);
  const [late, live] = payments.deployments;
  expect(late?.history.map(({ state }) => state)).toEqual(["IN_PROGRESS", "SUCCESS"]);
  expect(live?.history.map(({ state }) => state)).toEqual(["SUCCESS", "INACTIVE"]);
});
