import { afterEach, expect, test } from "vitest";
import { measure } from "./graphql/execute.ts";
import { type FakeGitHub, startFakeGitHub } from "./index.ts";
import { ask } from "./support.ts";
import { begun } from "./world/scenarios.ts";
import { World } from "./world/world.ts";

let github: FakeGitHub | undefined;
afterEach(async () => github?.close());

test("GitHub's own example: 5,101 requests are 51 points", () => {
  const query = `query { viewer { login repositories(first: 100) { edges { node { id
    issues(first: 50) { edges { node { id
      labels(first: 60) { edges { node { id name } } } } } } } } } } }`;
  expect(measure({ query })).toMatchObject({ requests: 5101, points: 51 });
});

test("GitHub's own examples: 550 nodes and 22,060 nodes", () => {
  const simple = `query { viewer { repositories(first: 50) { edges { repository: node { name
    issues(first: 10) { totalCount edges { node { title bodyHTML } } } } } } } }`;
  expect(measure({ query: simple }).nodes).toBe(550);
  const complex = `query { viewer {
    repositories(first: 50) { edges { repository: node { name
      pullRequests(first: 20) { edges { pullRequest: node { title comments(first: 10) { edges { comment: node { bodyHTML } } } } } }
      issues(first: 20) { totalCount edges { issue: node { title bodyHTML comments(first: 10) { edges { comment: node { bodyHTML } } } } } }
    } } }
    followers(first: 10) { edges { follower: node { login } } } } }`;
  expect(measure({ query: complex }).nodes).toBe(22_060);
});

test("the least is one point", () => {
  expect(measure({ query: "{ viewer { login } }" })).toEqual({ requests: 0, nodes: 0, points: 1 });
});

test("page sizes come from variables, from their defaults and through fragments", () => {
  const query = `query($ids: [ID!]!, $size: Int = 10, $more: Boolean!) { nodes(ids: $ids) { ...Reviewed } }
    fragment Reviewed on PullRequest {
      reviews(first: $size) { nodes { id comments(last: 5) { nodes { id } } } }
      commits(first: 100) @include(if: $more) { nodes { id } } }`;
  const ids = ["PR_1", "PR_2", "PR_3"];
  // 3 requests for reviews, 30 for their comments; with commits 3 more.
  expect(measure({ query, variables: { ids, more: false } })).toEqual({
    requests: 33,
    nodes: 3 + 30 + 150,
    points: 1,
  });
  expect(measure({ query, variables: { ids, more: true } })).toMatchObject({ requests: 36, nodes: 483 });
});

test("a connection that two fragments ask for is one connection", () => {
  const query = `query { repository(owner: "a", name: "b") { ...One ...Two } }
    fragment One on Repository { issues(first: 10) { nodes { id } } }
    fragment Two on Repository { issues(first: 10) { totalCount } }`;
  expect(measure({ query })).toMatchObject({ requests: 1, nodes: 10 });
});

test("a query for more than 500,000 nodes is refused", async () => {
  const world = new World();
  begun(world);
  github = await startFakeGitHub({ world });
  const answer = await ask(
    github,
    `{ repository(owner: "acme", name: "payments") { pullRequests(first: 100) { nodes {
      commits(first: 100) { nodes { commit { authors(first: 50) { nodes { name } } } } } } } } }`,
  );
  expect(answer.errors).toEqual([
    {
      type: "MAX_NODE_LIMIT_EXCEEDED",
      message: "This query requests up to 510,100 possible nodes which exceeds the maximum limit of 500,000.",
    },
  ]);
});

test("points are taken from the hour, told in headers and in the answer, and run out", async () => {
  let now = Date.parse("2026-05-01T10:00:00Z");
  const token = { token: "t", kind: "classic", login: "ada", scopes: ["repo"], pointsPerHour: 3 } as const;
  github = await startFakeGitHub({ world: new World(), tokens: [token], clock: () => now });
  const query = "query Left { rateLimit { cost limit used remaining resetAt } }";
  const once = () => ask(github!, query, {}, { authorization: "token t" });
  const first = await once();
  expect(first.data).toEqual({
    rateLimit: { cost: 1, limit: 3, used: 1, remaining: 2, resetAt: "2026-05-01T11:00:00Z" },
  });
  expect(first.headers.get("x-ratelimit-remaining")).toBe("2");
  await once();
  await once();
  const refused = await once();
  expect(refused.status).toBe(200);
  expect(refused.errors).toMatchObject([{ type: "RATE_LIMITED" }]);
  expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
  expect(github.counts()).toMatchObject({ graphql: 4, points: 3, pointsByName: { Left: 3 } });
  now += 3_600_000;
  expect((await once()).data).toMatchObject({ rateLimit: { used: 1 } });
});

test("a query that asks for too much at once fails until its page is small enough", async () => {
  const world = new World();
  begun(world);
  github = await startFakeGitHub({ world, heavy: { nodes: 1_000, answer: "bad-gateway" } });
  const query = `query($first: Int!) { repository(owner: "acme", name: "payments") {
    pullRequests(first: $first) { totalCount nodes { reviews(first: 30) { nodes { id } } } } } }`;
  const statuses = [];
  for (const first of [100, 50, 25]) statuses.push((await ask(github, query, { first })).status);
  // 3,100 nodes, 1,550 nodes, 775 nodes.
  expect(statuses).toEqual([502, 502, 200]);
});
