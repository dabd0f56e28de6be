import { afterEach, expect, test } from "vitest";
import { DEMO_TOKEN, type FakeGitHub, type FakeOptions, startFakeGitHub } from "./index.ts";
import { atRandom, byRule, type Fault } from "./server/faults.ts";
import { ask, authorization, get } from "./support.ts";
import { openIssue } from "./world/pull-requests.ts";
import { begun } from "./world/scenarios.ts";
import { World } from "./world/world.ts";

let github: FakeGitHub | undefined;
afterEach(async () => github?.close());

async function start(options: Partial<FakeOptions> = {}): Promise<FakeGitHub> {
  const world = new World();
  const target = begun(world);
  for (let index = 0; index < 3; index++) openIssue(world, target, { by: "ada", title: `number ${index}` });
  github = await startFakeGitHub({ world, ...options });
  return github;
}

const ISSUES = `query Issues { repository(owner: "acme", name: "payments") { issues(first: 3) { nodes { number } } } }`;
const REPOSITORY = "/repos/acme/payments";

const once = (fault: Fault) => start({ faults: [{ fault }] });

test("502 and 504, and then it works", async () => {
  const server = await start({
    faults: [{ fault: { kind: "bad-gateway" } }, { fault: { kind: "gateway-timeout" } }],
  });
  const statuses = [];
  for (let count = 0; count < 3; count++) statuses.push((await ask(server, ISSUES)).status);
  expect(statuses).toEqual([502, 504, 200]);
  expect(server.counts()).toMatchObject({ requests: 3, faults: 2, byName: { Issues: 3 } });
});

test("a connection that breaks in the middle, at once or after a while", async () => {
  for (const fault of [{ kind: "cut" }, { kind: "stall", milliseconds: 30 }] as const) {
    const server = await once(fault);
    await expect(ask(server, ISSUES)).rejects.toThrow();
    expect((await ask(server, ISSUES)).status).toBe(200);
    await server.close();
  }
});

test("JSON that ends too early", async () => {
  await expect(ask(await once({ kind: "truncated-json" }), ISSUES)).rejects.toThrow(SyntaxError);
});

test("limits, in the three forms in which GitHub says so", async () => {
  const primary = await ask(await once({ kind: "rate-limited" }), ISSUES);
  expect(primary).toMatchObject({ status: 200, errors: [{ type: "RATE_LIMITED" }] });
  expect(primary.headers.get("x-ratelimit-remaining")).toBe("0");
  expect(github?.counts().points).toBe(0);
  await github?.close();
  const secondary = await ask(await once({ kind: "secondary-limit", retryAfter: 7 }), ISSUES);
  expect(secondary.status).toBe(403);
  expect(secondary.headers.get("retry-after")).toBe("7");
  await github?.close();
  expect(await ask(await once({ kind: "resource-limits" }), ISSUES)).toMatchObject({
    status: 200,
    data: null,
    errors: [{ type: "RESOURCE_LIMITS_EXCEEDED" }],
  });
});

test("half an answer: a field or a node is null, and an error says where", async () => {
  const partial = await ask(await once({ kind: "partial" }), ISSUES);
  expect(partial.data).toEqual({ repository: null });
  expect(partial.errors).toMatchObject([{ path: ["repository"] }]);
  await github?.close();
  const holed = await ask(await once({ kind: "null-node" }), ISSUES);
  expect(holed.data).toEqual({ repository: { issues: { nodes: [{ number: 1 }, { number: 2 }, null] } } });
  expect(holed.errors).toMatchObject([{ path: ["repository", "issues", "nodes", 2] }]);
});

test("401 in the middle, 404, and a clock that is wrong", async () => {
  const server = await start({
    faults: [
      { fault: { kind: "unauthorized" }, kind: "rest", skip: 1 },
      { fault: { kind: "not-found" }, kind: "rest" },
    ],
  });
  const statuses = [];
  for (let count = 0; count < 3; count++) statuses.push((await get(server, REPOSITORY)).status);
  expect(statuses).toEqual([404, 401, 200]);
  await server.close();
  const skewed = await get(await once({ kind: "wrong-clock", seconds: -7200 }), REPOSITORY);
  const off = Date.now() - Date.parse(skewed.headers.get("date") ?? "");
  expect(Math.round(off / 3_600_000)).toBe(2);
});

test("a rule strikes what it names, as often as it says", async () => {
  const server = await start({
    faults: [{ fault: { kind: "bad-gateway" }, of: "/repos/{owner}/{repo}", skip: 1, times: 2 }],
  });
  await ask(server, ISSUES);
  const statuses = [];
  for (let count = 0; count < 4; count++) statuses.push((await get(server, REPOSITORY)).status);
  expect(statuses).toEqual([200, 502, 502, 200]);
});

test("another origin records what a client carries there, be it by redirect or by link", async () => {
  const server = await once({ kind: "redirect-away" });
  const redirect = await get(server, REPOSITORY);
  expect(redirect.status).toBe(302);
  const away = redirect.headers.get("location")!;
  expect(new URL(away).origin).toBe(server.elsewhere);
  server.inject([{ fault: { kind: "link-away" } }]);
  const linked = await get(server, REPOSITORY);
  expect(linked.headers.get("link")).toBe(`<${server.elsewhere}${REPOSITORY}?page=2>; rel="next"`);
  // A client that carries its token along would be found out by this.
  await get(server, away, authorization);
  expect(server.strayed).toMatchObject([{ headers: authorization, path: REPOSITORY }]);
  expect(server.requests[0]?.headers["authorization"]).toContain(DEMO_TOKEN.token);
});

test("a token that is revoked stops working", async () => {
  const server = await start();
  expect((await get(server, REPOSITORY)).status).toBe(200);
  server.revoke(DEMO_TOKEN.token);
  expect((await get(server, REPOSITORY)).status).toBe(401);
});

test("faults at random are the same for the same seed, and never too many in a row", () => {
  const target = { kind: "graphql", name: "Issues", path: "/graphql" } as const;
  const take = (seed: number) => {
    const plan = atRandom({ seed, percent: 60, inARow: 2 });
    return Array.from({ length: 200 }, () => plan(target)?.kind);
  };
  const kinds = take(1);
  expect(take(1)).toEqual(kinds);
  expect(take(2)).not.toEqual(kinds);
  const rows = kinds.map((kind) => (kind ? "x" : " ")).join("");
  expect(rows).not.toContain("xxx");
  expect(rows).toContain("xx");
});

test("rules are taken in their order, one a request", () => {
  const plan = byRule([{ fault: { kind: "cut" } }, { fault: { kind: "partial" }, kind: "graphql" }]);
  const target = { kind: "graphql", name: "Issues", path: "/graphql" } as const;
  expect([plan(target)?.kind, plan(target)?.kind, plan(target)]).toEqual(["cut", "partial", undefined]);
});

test("too many requests in a short time: 403 that says how long to wait", async () => {
  let now = Date.parse("2026-05-01T10:00:00Z");
  const server = await start({ burst: { requests: 2, seconds: 60 }, clock: () => now });
  expect((await get(server, REPOSITORY)).status).toBe(200);
  now += 20_000;
  expect((await ask(server, ISSUES)).status).toBe(200);
  now += 10_000;
  const refused = await get(server, REPOSITORY);
  expect(refused.status).toBe(403);
  expect(refused.headers.get("retry-after")).toBe("30");
  now += 30_000;
  expect((await get(server, REPOSITORY)).status).toBe(200);
});
