import { generateKeyPairSync, sign } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { type FakeGitHub, type FakeOptions, startFakeGitHub } from "./index.ts";
import { authorization, get } from "./support.ts";
import { mainLine, makeCommit, push, setBranch } from "./world/commits.ts";
import { release } from "./world/deployments.ts";
import { environment, judgePush, protectBranch, rename, ruleset } from "./world/repositories.ts";
import { approve, attempt, startRun, wait } from "./world/runs.ts";
import { begun, manyCommits, manyRuns } from "./world/scenarios.ts";
import { World } from "./world/world.ts";

let github: FakeGitHub | undefined;
afterEach(async () => github?.close());

async function start(world: World, options: Partial<FakeOptions> = {}): Promise<FakeGitHub> {
  github = await startFakeGitHub({ world, ...options });
  return github;
}

const RUNS = "/repos/acme/payments/actions/runs";

interface Runs {
  readonly total_count: number;
  readonly workflow_runs: readonly { readonly id: number; readonly created_at: string }[];
}

/** Follows `next` to the end. */
async function walk(server: FakeGitHub, path: string): Promise<Runs["workflow_runs"]> {
  const found: Runs["workflow_runs"][number][] = [];
  for (let next: string | undefined = path; next;) {
    const { body, headers } = await get(server, next);
    found.push(...(body as Runs).workflow_runs);
    next = /<([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1];
  }
  return found;
}

test("runs of a day with more than a thousand are cut off, and say how many there are", async () => {
  const world = new World("2026-04-01T00:00:00Z");
  manyRuns(world, begun(world), 1200);
  const server = await start(world);
  const day = await get(server, `${RUNS}?created=2026-04-01&per_page=100`);
  expect((day.body as Runs).total_count).toBe(1200);
  expect(await walk(server, `${RUNS}?created=2026-04-01&per_page=100`)).toHaveLength(1000);
  const halves = [
    ...(await walk(server, `${RUNS}?created=2026-04-01T00:00:00Z..2026-04-01T11:59:59Z&per_page=100`)),
    ...(await walk(server, `${RUNS}?created=2026-04-01T12:00:00Z..2026-04-01T23:59:59Z&per_page=100`)),
  ];
  expect(new Set(halves.map(({ id }) => id)).size).toBe(1200);
});

test("pages hold a hundred at most", async () => {
  const world = new World("2026-04-01T00:00:00Z");
  manyRuns(world, begun(world), 150);
  const { body } = await get(await start(world), `${RUNS}?per_page=500`);
  expect((body as Runs).workflow_runs).toHaveLength(100);
});

test("every attempt of a run keeps its jobs", async () => {
  const world = new World("2026-04-01T00:00:00Z");
  const run = startRun(world, begun(world), {
    by: "ada",
    sha: "f".repeat(40),
    seconds: 60,
    conclusion: "failure",
    jobs: ["build", "test"],
  });
  attempt(world, run, { by: "grace", at: "2026-04-01T01:00:00Z", seconds: 30, jobs: ["test"] });
  const server = await start(world);
  const path = `${RUNS}/${run.databaseId}`;
  expect((await get(server, path)).body).toMatchObject({ run_attempt: 2, conclusion: "success" });
  expect((await get(server, `${path}/attempts/1`)).body).toMatchObject({
    conclusion: "failure",
    run_started_at: "2026-04-01T00:00:00Z",
    updated_at: "2026-04-01T00:01:00Z",
  });
  expect((await get(server, `${path}/jobs`)).body).toMatchObject({ total_count: 1 });
  expect((await get(server, `${path}/jobs?filter=all`)).body).toMatchObject({
    total_count: 3,
    jobs: [
      { name: "build", run_attempt: 1 },
      { name: "test", run_attempt: 1 },
      { name: "test", run_attempt: 2, steps: [{ number: 1, conclusion: "success" }, {}, {}] },
    ],
  });
});

test("an approval tells who let a run in, and no time", async () => {
  const world = new World();
  const target = begun(world);
  environment(world, target, "production", { reviewers: ["grace"], waitMinutes: 15 });
  const run = startRun(world, target, { by: "ada", sha: "f".repeat(40) });
  wait(world, run, ["production"]);
  const server = await start(world);
  const path = `${RUNS}/${run.databaseId}`;
  expect((await get(server, `${path}/pending_deployments`)).body).toMatchObject([
    { environment: { name: "production" }, wait_timer: 15, reviewers: [{ reviewer: { login: "grace" } }] },
  ]);
  approve(world, run, { by: "grace", environments: ["production"], comment: "go" });
  expect((await get(server, `${path}/pending_deployments`)).body).toEqual([]);
  expect((await get(server, `${path}/approvals`)).body).toMatchObject([
    { state: "approved", user: { login: "grace" }, comment: "go", environments: [{ name: "production" }] },
  ]);
});

test("the same answer asked for again is a 304 that costs nothing", async () => {
  const world = new World();
  const target = begun(world);
  const server = await start(world);
  const first = await get(server, RUNS);
  const etag = first.headers.get("etag")!;
  const again = await get(server, RUNS, { ...authorization, "if-none-match": etag });
  expect(again).toMatchObject({ status: 304, body: undefined });
  expect(again.headers.get("x-ratelimit-used")).toBe("1");
  startRun(world, target, { by: "ada", sha: "f".repeat(40) });
  const changed = await get(server, RUNS, { ...authorization, "if-none-match": etag });
  expect(changed.status).toBe(200);
  expect(server.counts()).toMatchObject({ rest: 3, restCounted: 2, notModified: 1 });
});

test("an old name redirects to the address by number", async () => {
  const world = new World();
  const target = begun(world);
  rename(world, target, "money");
  const server = await start(world);
  const moved = await get(server, `${RUNS}?per_page=5`);
  expect(moved.status).toBe(301);
  const location = moved.headers.get("location")!;
  expect(location).toBe(`${server.url}/repositories/${target.databaseId}/actions/runs?per_page=5`);
  expect((await get(server, location)).status).toBe(200);
});

test("an Enterprise Server has its API below a prefix, in its answers too", async () => {
  const world = new World();
  begun(world);
  const server = await start(world);
  const { body } = await get(server, `${server.enterpriseUrl}/repos/acme/payments`);
  expect(body).toMatchObject({ url: `${server.url}/api/v3/repos/acme/payments` });
  const answer = await fetch(`${server.url}/api/graphql`, {
    method: "POST",
    headers: authorization,
    body: JSON.stringify({ query: "{ viewer { login } }" }),
  });
  expect(await answer.json()).toEqual({ data: { viewer: { login: "quarterdeck-demo" } } });
});

test("without a token, with a wrong and with an expired one: 401", async () => {
  const world = new World();
  begun(world);
  const now = Date.parse("2026-05-01T10:00:00Z");
  const old = { token: "old", kind: "classic", login: "ada", expiresAt: new Date(now) } as const;
  const server = await start(world, { tokens: [old], clock: () => now });
  for (const headers of [{}, { authorization: "bearer wrong" }, { authorization: "bearer old" }])
    expect(await get(server, RUNS, headers)).toMatchObject({
      status: 401,
      body: { message: "Bad credentials" },
    });
});

test("what a token may not see is not there, what it may not read is forbidden", async () => {
  const world = new World();
  begun(world, "acme/payments");
  begun(world, "acme/secret");
  const server = await start(world, {
    tokens: [
      {
        token: "narrow",
        kind: "fine-grained",
        login: "ada",
        permissions: { contents: "read" },
        repositories: ["acme/payments"],
      },
      { token: "public", kind: "classic", login: "ada", scopes: [] },
    ],
  });
  const narrow = { authorization: "bearer narrow" };
  expect((await get(server, "/repos/acme/secret", narrow)).status).toBe(404);
  expect((await get(server, "/repos/acme/payments/commits", narrow)).status).toBe(200);
  const refused = await get(server, RUNS, narrow);
  expect(refused).toMatchObject({
    status: 403,
    body: { message: "Resource not accessible by personal access token" },
  });
  expect(refused.headers.get("x-accepted-github-permissions")).toBe("actions=read");
  const unscoped = await get(server, "/repos/acme/payments", { authorization: "bearer public" });
  expect(unscoped.status).toBe(404);
  expect(unscoped.headers.get("x-accepted-oauth-scopes")).toBe("repo");
});

test("an App exchanges its signature for a token that ends", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  let now = Date.parse("2026-05-01T10:00:00Z");
  const world = new World();
  begun(world);
  const app = { id: 7, installationId: 42, organization: "acme", publicKey };
  const server = await start(world, { app, clock: () => now });
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const signed = (exp: number, key: string) => {
    const text = `${encode({ alg: "RS256", typ: "JWT" })}.${encode({ iss: 7, iat: exp - 600, exp })}`;
    return `${text}.${sign("RSA-SHA256", Buffer.from(text), key).toString("base64url")}`;
  };
  const exchange = async (jwt: string) =>
    fetch(`${server.url}/app/installations/42/access_tokens`, {
      method: "POST",
      headers: { authorization: `bearer ${jwt}` },
    });
  expect((await exchange(signed(now / 1000 - 1, privateKey))).status).toBe(401);
  expect((await exchange("a.b.c")).status).toBe(401);
  const granted = await exchange(signed(now / 1000 + 500, privateKey));
  expect(granted.status).toBe(201);
  const { token, expires_at } = (await granted.json()) as { token: string; expires_at: string };
  expect(expires_at).toBe("2026-05-01T11:00:00Z");
  const mine = { authorization: `bearer ${token}` };
  expect((await get(server, "/installation/repositories", mine)).body).toMatchObject({ total_count: 1 });
  now += 3_600_000;
  expect((await get(server, "/installation/repositories", mine)).status).toBe(401);
});

test("a comparison lists what only the head has, oldest first", async () => {
  const world = new World("2026-02-01T00:00:00Z");
  const target = begun(world);
  const base = mainLine(target)!;
  const branch = makeCommit(world, target, {
    by: "ada",
    message: `Fix it\n\n(cherry picked from commit ${"a".repeat(40)})`,
    parents: [base],
  });
  setBranch(world, target, "release/1.x", branch);
  push(world, target, { by: "ada", message: "Go on" });
  const { body } = await get(await start(world), "/repos/acme/payments/compare/main...release/1.x");
  expect(body).toMatchObject({
    status: "diverged",
    ahead_by: 1,
    behind_by: 1,
    merge_base_commit: { sha: base.oid },
    commits: [{ sha: branch.oid, commit: { message: branch.message } }],
  });
});

test("REST lists 250 commits of a pull request and no more; a release shows the digest of what it ships", async () => {
  const world = new World();
  const target = begun(world);
  const pull = manyCommits(world, target, 300);
  release(world, target, { by: "ada", tagName: "v1", assets: ["app.tar.gz"] });
  const server = await start(world);
  const last = await get(server, `/repos/acme/payments/pulls/${pull.number}/commits?per_page=100&page=3`);
  expect(last.body).toHaveLength(50);
  expect((await get(server, "/repos/acme/payments/releases")).body).toMatchObject([
    { tag_name: "v1", assets: [{ digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string }] },
  ]);
});

test("rules and who went round them", async () => {
  const world = new World("2026-02-10T00:00:00Z");
  const target = begun(world);
  const rules = ruleset(world, target, {
    name: "main",
    rules: [{ type: "PULL_REQUEST", parameters: { required_approving_review_count: 2 } }],
  });
  judgePush(world, rules, {
    by: "ada",
    before: "a",
    after: "b",
    result: "bypass",
    at: "2026-02-08T00:00:00Z",
  });
  protectBranch(world, target, "main", { isAdminEnforced: true, requiredApprovingReviewCount: 2 });
  const server = await start(world);
  const suites = "/repos/acme/payments/rulesets/rule-suites";
  expect((await get(server, suites)).body).toEqual([]);
  const month = (await get(server, `${suites}?time_period=month&rule_suite_result=bypass`)).body;
  expect(month).toMatchObject([{ actor_name: "ada", result: "bypass", after_sha: "b" }]);
  const { id } = (month as { id: number }[])[0]!;
  expect((await get(server, `${suites}/${id}`)).body).toMatchObject({
    rule_evaluations: [{ rule_type: "pull_request", result: "fail", rule_source: { name: "main" } }],
  });
  expect((await get(server, `/repos/acme/payments/rulesets/${rules.databaseId}`)).body).toMatchObject({
    enforcement: "active",
    rules: [{ type: "pull_request", parameters: { required_approving_review_count: 2 } }],
  });
  expect((await get(server, "/repos/acme/payments/branches/main/protection")).body).toMatchObject({
    enforce_admins: { enabled: true },
    required_pull_request_reviews: { required_approving_review_count: 2 },
  });
});

test("repositories of an organisation, the last changed first", async () => {
  const world = new World("2026-01-01T00:00:00Z");
  const first = begun(world, "acme/one");
  world.advanceTo("2026-01-02T00:00:00Z");
  begun(world, "acme/two");
  world.advanceTo("2026-01-03T00:00:00Z");
  push(world, first, { by: "ada", message: "More" });
  const { body } = await get(await start(world), "/orgs/acme/repos?sort=pushed");
  expect(body).toMatchObject([
    { full_name: "acme/one", pushed_at: "2026-01-03T00:00:00Z" },
    { full_name: "acme/two" },
  ]);
});
