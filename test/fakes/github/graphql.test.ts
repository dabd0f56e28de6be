import { afterEach, expect, test } from "vitest";
import { type FakeGitHub, type FakeOptions, startFakeGitHub } from "./index.ts";
import { ask } from "./support.ts";
import { begun, large, lateSuccess, manyCommits, manyReviews } from "./world/scenarios.ts";
import {
  addLabel,
  deleteIssue,
  forcePush,
  merge,
  openIssue,
  openPullRequest,
} from "./world/pull-requests.ts";
import {
  archive,
  deleteRepository,
  organization,
  rename,
  repository,
  transfer,
} from "./world/repositories.ts";
import { deploy, setStatus } from "./world/deployments.ts";
import { mainLine, push } from "./world/commits.ts";
import { World } from "./world/world.ts";

let github: FakeGitHub | undefined;
afterEach(async () => github?.close());

async function start(world: World, options: Partial<FakeOptions> = {}): Promise<FakeGitHub> {
  github = await startFakeGitHub({ world, ...options });
  return github;
}

test("a field that the schema does not have is an error in GitHub's form", async () => {
  const answer = await ask(await start(new World()), "{ viewer { login salary } }");
  expect(answer.status).toBe(200);
  expect(answer.data).toBeUndefined();
  expect(answer.errors).toEqual([
    {
      extensions: { code: "undefinedField", fieldName: "salary", typeName: "User" },
      locations: [{ line: 1, column: 18 }],
      message: "Field 'salary' doesn't exist on type 'User'",
    },
  ]);
});

test("an order that the schema does not know is refused", async () => {
  const world = new World();
  begun(world);
  const answer = await ask(
    await start(world),
    `{ repository(owner: "acme", name: "payments") {
      deployments(first: 1, orderBy: { field: UPDATED_AT, direction: ASC }) { totalCount } } }`,
  );
  expect(answer.errors?.[0]?.message).toContain(
    'Value "UPDATED_AT" does not exist in "DeploymentOrderField"',
  );
});

test("a connection needs a page size to give nodes, and none to be counted", async () => {
  const world = new World();
  begun(world);
  const server = await start(world);
  const counted = await ask(
    server,
    `{ repository(owner: "acme", name: "payments") { pullRequests { totalCount } } }`,
  );
  expect(counted.data).toEqual({ repository: { pullRequests: { totalCount: 0 } } });
  const listed = await ask(
    server,
    `{ repository(owner: "acme", name: "payments") { releases { nodes { id } } id } }`,
  );
  expect(listed.errors).toMatchObject([
    { type: "MISSING_PAGINATION_BOUNDARIES", path: ["repository", "releases"] },
  ]);
});

test("a page of more than a hundred is refused at the field", async () => {
  const world = new World();
  begun(world);
  const answer = await ask(
    await start(world),
    `{ repository(owner: "acme", name: "payments") { pullRequests(first: 101) { nodes { id } } } }`,
  );
  expect(answer.errors).toMatchObject([
    {
      type: "EXCESSIVE_PAGINATION",
      message:
        "Requesting 101 records on the `pullRequests` connection exceeds the `first` limit of 100 records.",
    },
  ]);
});

test("pages of inner connections lead to every commit and every review", async () => {
  const world = new World();
  const target = begun(world);
  const pull = manyCommits(world, target, 250);
  const reviewed = manyReviews(world, target, 130);
  const server = await start(world);
  expect(await walk(server, pull.id, "commits")).toHaveLength(250);
  const reviews = await walk(server, reviewed.id, "reviews");
  expect(new Set(reviews).size).toBe(130);
});

interface Page {
  readonly node: Readonly<
    Record<
      string,
      {
        readonly totalCount: number;
        readonly nodes: { readonly id: string }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      }
    >
  >;
}

async function walk(server: FakeGitHub, id: string, field: string): Promise<string[]> {
  const query = `query Walk($id: ID!, $after: String) { node(id: $id) { ... on PullRequest {
    ${field}(first: 100, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } } }`;
  const found: string[] = [];
  let after: string | null = null;
  for (let more = true; more;) {
    const answer = await ask(server, query, { id, after });
    const page = (answer.data as Page).node[field]!;
    found.push(...page.nodes.map((node) => node.id));
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
    if (!more) expect(found).toHaveLength(page.totalCount);
  }
  return found;
}

const UPDATED = `query($after: String) { repository(owner: "acme", name: "payments") {
  pullRequests(first: 2, after: $after, orderBy: { field: UPDATED_AT, direction: ASC }) {
    nodes { number } pageInfo { endCursor } } } }`;

interface Updated {
  readonly repository: {
    readonly pullRequests: {
      readonly nodes: readonly { readonly number: number }[];
      readonly pageInfo: { readonly endCursor: string };
    };
  };
}

test("a page goes on behind the last record, also when that has been edited since", async () => {
  const world = new World("2026-01-01T00:00:00Z");
  const target = begun(world);
  const [first] = ["01", "02", "03", "04"].map((day) =>
    openPullRequest(world, target, { by: "ada", title: `of ${day}`, at: `2026-01-${day}T00:00:00Z` }),
  );
  const server = await start(world);
  const one = (await ask(server, UPDATED)).data as Updated;
  expect(one.repository.pullRequests.nodes.map(({ number }) => number)).toEqual([1, 2]);
  addLabel(world, first!, "late", "grace", "2026-01-09T00:00:00Z");
  const after = one.repository.pullRequests.pageInfo.endCursor;
  const two = (await ask(server, UPDATED, { after })).data as Updated;
  expect(two.repository.pullRequests.nodes.map(({ number }) => number)).toEqual([3, 4]);
});

test("a deployment's time of update moves when the next one makes it inactive", async () => {
  const world = new World("2026-03-01T10:00:00Z");
  const target = begun(world);
  const first = deploy(world, target, { by: "ada", environment: "production" });
  setStatus(world, first, "SUCCESS", { at: "2026-03-01T10:05:00Z" });
  const second = deploy(world, target, { by: "ada", environment: "production", at: "2026-03-02T10:00:00Z" });
  setStatus(world, second, "SUCCESS", { at: "2026-03-02T10:07:00Z" });
  const answer = await ask(
    await start(world),
    `{ repository(owner: "acme", name: "payments") { deployments(first: 9) {
      nodes { state updatedAt statuses(first: 9) { nodes { state createdAt } } } } } }`,
  );
  expect(answer.data).toEqual({
    repository: {
      deployments: {
        nodes: [
          {
            state: "INACTIVE",
            updatedAt: "2026-03-02T10:07:00Z",
            statuses: {
              nodes: [
                { state: "INACTIVE", createdAt: "2026-03-02T10:07:00Z" },
                { state: "SUCCESS", createdAt: "2026-03-01T10:05:00Z" },
              ],
            },
          },
          {
            state: "ACTIVE",
            updatedAt: "2026-03-02T10:07:00Z",
            statuses: { nodes: [{ state: "SUCCESS", createdAt: "2026-03-02T10:07:00Z" }] },
          },
        ],
      },
    },
  });
});

test("what is planned happens when time passes, and not before", async () => {
  const world = new World("2026-03-01T10:00:00Z");
  const deployment = lateSuccess(world, begun(world), "2026-03-01T10:30:00Z");
  const server = await start(world);
  const state = async () =>
    (await ask(server, `{ node(id: "${deployment.id}") { ... on Deployment { state } } }`)).data;
  server.advanceTo("2026-03-01T10:29:59Z");
  expect(await state()).toEqual({ node: { state: "IN_PROGRESS" } });
  server.advanceTo("2026-03-01T11:00:00Z");
  expect(await state()).toEqual({ node: { state: "ACTIVE" } });
  expect(deployment.updatedAt).toBe("2026-03-01T10:30:00Z");
});

test("a renamed repository answers to its old name; its ids stay", async () => {
  const world = new World();
  const target = begun(world);
  const before = target.id;
  rename(world, target, "money");
  const answer = await ask(
    await start(world),
    `{ repository(owner: "acme", name: "payments") { id nameWithOwner } }`,
  );
  expect(answer.data).toEqual({ repository: { id: before, nameWithOwner: "acme/money" } });
});

test("an old name that somebody took leads to the new owner of the name", async () => {
  const world = new World();
  rename(world, begun(world), "money");
  const taken = repository(world, "acme/payments");
  const answer = await ask(await start(world), `{ repository(owner: "acme", name: "payments") { id } }`);
  expect(answer.data).toEqual({ repository: { id: taken.id } });
});

test("what does not exist, or was deleted, is null with NOT_FOUND", async () => {
  const world = new World();
  const target = begun(world);
  const issue = openIssue(world, target, { by: "ada", title: "gone" });
  deleteIssue(world, issue);
  const server = await start(world);
  const missing = await ask(server, `{ organization(login: "nobody") { id } }`);
  expect(missing.errors).toMatchObject([
    { type: "NOT_FOUND", message: "Could not resolve to an Organization with the login of 'nobody'." },
  ]);
  const nodes = await ask(server, `{ nodes(ids: ["${target.id}", "${issue.id}"]) { id } }`);
  expect(nodes.data).toEqual({ nodes: [{ id: target.id }, null] });
  expect(nodes.errors).toMatchObject([{ type: "NOT_FOUND", path: ["nodes", 1] }]);
});

test("the main line is listed newest first, with the pull request of each commit", async () => {
  const world = new World("2026-02-01T00:00:00Z");
  const target = begun(world);
  const pull = openPullRequest(world, target, { by: "ada", title: "Pay faster", commitCount: 2 });
  merge(world, pull, { by: "grace", method: "merge", at: "2026-02-03T00:00:00Z" });
  push(world, target, { by: "ada", message: "Straight to main", at: "2026-02-04T00:00:00Z" });
  const answer = await ask(
    await start(world),
    `{ repository(owner: "acme", name: "payments") { defaultBranchRef { name target { ... on Commit {
      history(first: 2, since: "2026-02-02T00:00:00Z") { totalCount nodes {
        messageHeadline parents(first: 2) { totalCount }
        associatedPullRequests(first: 1) { nodes { number mergedBy { login } } } } } } } } } }`,
  );
  expect(answer.data).toMatchObject({
    repository: {
      defaultBranchRef: {
        name: "main",
        target: {
          history: {
            totalCount: 2,
            nodes: [
              { messageHeadline: "Straight to main", associatedPullRequests: { nodes: [] } },
              {
                messageHeadline: "Merge pull request #1 from acme/topic-1",
                parents: { totalCount: 2 },
                associatedPullRequests: { nodes: [{ number: 1, mergedBy: { login: "grace" } }] },
              },
            ],
          },
        },
      },
    },
  });
});

test("a force-push leaves an event with what was before and after", async () => {
  const world = new World();
  const target = begun(world);
  const pull = openPullRequest(world, target, { by: "ada", title: "Rewritten", commitCount: 2 });
  const before = pull.commits.at(-1)!.oid;
  forcePush(world, pull, 1);
  const answer = await ask(
    await start(world),
    `{ node(id: "${pull.id}") { ... on PullRequest { commits { totalCount }
      timelineItems(first: 5, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT, READY_FOR_REVIEW_EVENT]) { filteredCount nodes {
        __typename ... on HeadRefForcePushedEvent { beforeCommit { oid } afterCommit { oid } } } } } } }`,
  );
  expect(answer.data).toEqual({
    node: {
      commits: { totalCount: 1 },
      timelineItems: {
        filteredCount: 1,
        nodes: [
          {
            __typename: "HeadRefForcePushedEvent",
            beforeCommit: { oid: before },
            afterCommit: { oid: pull.commits[0]!.oid },
          },
        ],
      },
    },
  });
});

test("an organisation lists what the token sees, archived and forked ones by choice", async () => {
  const world = new World();
  const original = begun(world, "acme/one");
  repository(world, "acme/fork", { parent: original });
  archive(world, repository(world, "acme/old"));
  repository(world, "other/two");
  const answer = await ask(
    await start(world),
    `{ organization(login: "acme") {
      all: repositories(first: 9, orderBy: { field: NAME, direction: ASC }) { nodes { name isFork isArchived } }
      some: repositories(first: 9, isFork: false, isArchived: false) { totalCount } } }`,
  );
  expect(answer.data).toEqual({
    organization: {
      all: {
        nodes: [
          { name: "fork", isFork: true, isArchived: false },
          { name: "old", isFork: false, isArchived: true },
          { name: "one", isFork: false, isArchived: false },
        ],
      },
      some: { totalCount: 1 },
    },
  });
});

test("search tells how many there are, and gives a thousand at most", async () => {
  const world = new World("2026-01-01T00:00:00Z");
  organization(world, "acme");
  const target = begun(world);
  for (let index = 0; index < 1100; index++)
    openIssue(world, target, { by: "ada", title: `number ${index}` });
  const server = await start(world);
  const query = `query($after: String) { search(type: ISSUE, query: "repo:acme/payments is:issue updated:>=2026-01-01 sort:updated-asc", first: 100, after: $after) {
    issueCount nodes { ... on Issue { number } } pageInfo { hasNextPage endCursor } } }`;
  let found = 0;
  let after: string | null = null;
  for (let page = 0; page < 10; page++) {
    const answer = await ask(server, query, { after });
    const { search } = answer.data as {
      search: { issueCount: number; nodes: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    };
    expect(search.issueCount).toBe(1100);
    found += search.nodes.length;
    after = search.pageInfo.endCursor;
    expect(search.pageInfo.hasNextPage).toBe(page < 9);
  }
  expect(found).toBe(1000);
});

test("a field that is not made yet says so, instead of an empty answer", async () => {
  const world = new World();
  const target = begun(world);
  const answer = await ask(
    await start(world),
    `{ node(id: "${target.id}") { ... on Repository { diskUsage } } }`,
  );
  expect(answer.errors?.[0]?.message).toContain("does not know Repository.diskUsage yet");
  expect(mainLine(target)?.message).toBe("Begin");
});

test("without a permission a field is null and FORBIDDEN, and the others are there", async () => {
  const world = new World();
  begun(world);
  begun(world, "acme/secret");
  const token = {
    token: "narrow",
    kind: "installation",
    login: "quarterdeck[bot]",
    permissions: { contents: "read" },
    repositories: ["acme/payments"],
  } as const;
  const server = await start(world, { tokens: [token] });
  const headers = { authorization: "token narrow" };
  const answer = await ask(
    server,
    `{ repository(owner: "acme", name: "payments") { name environment(name: "production") { id } } }`,
    {},
    headers,
  );
  expect(answer.data).toEqual({ repository: { name: "payments", environment: null } });
  expect(answer.errors).toMatchObject([
    {
      type: "FORBIDDEN",
      path: ["repository", "environment"],
      message: "Resource not accessible by integration",
    },
  ]);
  const hidden = await ask(server, `{ repository(owner: "acme", name: "secret") { id } }`, {}, headers);
  expect(hidden.errors).toMatchObject([{ type: "NOT_FOUND" }]);
});

test("a transferred repository is found by both names; a deleted one by none, nor its records", async () => {
  const world = new World();
  const moved = begun(world, "acme/moved");
  transfer(world, moved, "other");
  const gone = begun(world, "acme/gone");
  const pull = openPullRequest(world, gone, { by: "ada", title: "Lost" });
  deleteRepository(world, gone);
  const server = await start(world);
  const name = async (owner: string, repo: string) =>
    (await ask(server, `{ repository(owner: "${owner}", name: "${repo}") { nameWithOwner } }`)).data;
  expect(await name("acme", "moved")).toEqual({ repository: { nameWithOwner: "other/moved" } });
  expect(await name("other", "moved")).toEqual({ repository: { nameWithOwner: "other/moved" } });
  expect(await name("acme", "gone")).toEqual({ repository: null });
  expect((await ask(server, `{ node(id: "${pull.id}") { id } }`)).data).toEqual({ node: null });
});

test("pages of a large list have each record once, in order", async () => {
  const world = new World("2026-01-01T00:00:00Z");
  large(world, begun(world), { pulls: 0, deployments: 450 });
  const server = await start(world);
  const query = `query($after: String) { repository(owner: "acme", name: "payments") {
    deployments(first: 100, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { createdAt } pageInfo { hasNextPage endCursor } } } }`;
  interface Deployments {
    readonly repository: {
      readonly deployments: {
        readonly nodes: readonly { readonly createdAt: string }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      };
    };
  }
  const found: string[] = [];
  let after: string | null = null;
  for (let more = true; more;) {
    const data = (await ask(server, query, { after })).data as Deployments;
    const { deployments }: Deployments["repository"] = data.repository;
    found.push(...deployments.nodes.map(({ createdAt }) => createdAt));
    ({ endCursor: after, hasNextPage: more } = deployments.pageInfo);
  }
  expect(found).toHaveLength(450);
  expect(found).toEqual(found.toSorted().reverse());
});
