import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { GitHub } from "../../../collectors/github/client/github.ts";
import { PageSize } from "../../../collectors/github/client/page-size.ts";
import { githubWith } from "../../../collectors/github/index.ts";
import { DEMO_TOKEN } from "../../fakes/github/index.ts";
import { noWaiting } from "../bench.ts";
import { configOf, serve, tiny } from "./support.ts";

const ONE = { owner: "acme", name: "service1" };

describe("who asks", () => {
  test("an App gets a token of its own, also from an Enterprise Server", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const key = publicKey.export({ type: "spki", format: "pem" }).toString();
    const app = { id: 7, installationId: 70, organization: "acme", publicKey: key };
    const server = await serve({ world: tiny(), tokens: [], app });
    const options = { app: { id: 7, installation: 70, private_key: "${KEY}" } };
    // As variables of CI systems hold it.
    const config = configOf(server.enterpriseUrl, options, { KEY: pem.replaceAll("\n", "\\n") });
    server.inject([{ fault: { kind: "bad-gateway" }, of: "access_tokens" }]);
    const waits: number[] = [];
    const { data } = await new GitHub(config, noWaiting(waits)).query("RepositoryByName", ONE);
    expect(data).toMatchObject({ repository: { nameWithOwner: "acme/service1" } });
    expect(waits).toEqual([1]);
  });

  test("of several tokens the one with most points left, and another where one is refused", async () => {
    const tokens = [
      { ...DEMO_TOKEN, token: "poor", pointsPerHour: 3 },
      { ...DEMO_TOKEN, token: "rich" },
    ];
    const server = await serve({ world: tiny(), tokens });
    const options = { tokens: ["${WRONG}", "${POOR}", "${RICH}"], reserve: 0 };
    const config = configOf(server.url, options, { WRONG: "wrong", POOR: "poor", RICH: "rich" });
    const waits: number[] = [];
    const client = new GitHub(config, noWaiting(waits));
    for (let index = 0; index < 8; index += 1) await client.query("RepositoryByName", ONE);
    expect(waits).toEqual([]);
    const used = server.requests.map(({ headers }) => headers["authorization"]);
    expect(used.filter((one) => one === "bearer wrong").length).toBe(1);
    expect(used.filter((one) => one === "bearer rich").length).toBe(7);
  });
});

describe("limits", () => {
  const tokens = [DEMO_TOKEN, { ...DEMO_TOKEN, token: "other" }];
  const both = { tokens: ["${T}", "${OTHER}"] };
  const secrets = { T: DEMO_TOKEN.token, OTHER: "other" };
  const limit = { kind: "secondary-limit", retryAfter: 90 } as const;

  test("where one token has to wait the other goes on, and waits where both have to", async () => {
    const server = await serve({ world: tiny(), tokens, faults: [{ fault: limit }] });
    const waits: number[] = [];
    const client = new GitHub(configOf(server.url, both, secrets), noWaiting(waits));
    await client.query("RepositoryByName", ONE);
    await client.query("RepositoryByName", ONE);
    expect(waits).toEqual([]);
    expect(server.requests.map(({ headers, status }) => `${headers["authorization"] ?? ""} ${status}`)).toEqual([
      `bearer ${DEMO_TOKEN.token} 403`,
      "bearer other 200",
      "bearer other 200",
    ]);
    server.inject([{ fault: limit }]);
    await client.query("RepositoryByName", ONE);
    expect(waits).toEqual([90]);
  });

  test("a token that is refused in the middle leaves the work to the other", async () => {
    const server = await serve({ world: tiny(), tokens: [DEMO_TOKEN, { ...DEMO_TOKEN, token: "other", pointsPerHour: 500 }] });
    const client = new GitHub(configOf(server.url, both, secrets), noWaiting());
    for (let index = 0; index < 2; index += 1) await client.query("RepositoryByName", ONE);
    server.revoke(DEMO_TOKEN.token);
    const { data } = await client.query("RepositoryByName", ONE);
    expect(data).toMatchObject({ repository: { nameWithOwner: "acme/service1" } });
    expect(server.requests.map(({ status }) => status)).toEqual([200, 200, 401, 200]);
  });

  test.for([
    [{ kind: "secondary-limit", retryAfter: 7 }, [7]],
    // Octokit's plugin alone would wait a minute for 0.
    [{ kind: "secondary-limit", retryAfter: 0 }, []],
    [{ kind: "rate-limited", seconds: 0 }, []],
  ] as const)("waits as long as GitHub says: %j", async ([fault, expected]) => {
    const server = await serve({ world: tiny(), faults: [{ fault }] });
    const waits: number[] = [];
    const client = new GitHub(configOf(server.enterpriseUrl, { token: "${T}" }, secrets), noWaiting(waits));
    await client.query("RepositoryByName", ONE);
    expect(waits).toEqual(expected);
    expect(client.counts).toMatchObject({ calls: 2, retries: 1, waited: expected[0] ?? 0 });
  });

  test("a limit without end is given up", async () => {
    const server = await serve({ world: tiny(), faults: [{ fault: limit, times: 99 }] });
    const waits: number[] = [];
    const client = new GitHub(configOf(server.url, { token: "${T}" }, secrets), noWaiting(waits));
    await expect(client.query("RepositoryByName", ONE)).rejects.toThrow("GitHub asks to wait again and again");
    expect(waits).toEqual(Array.from({ length: 8 }, () => 90));
  });

  // Octokit's plugin lets through one POST a second, for what is written: these would take half a minute.
  test("queries do not wait for each other", { timeout: 15_000 }, async () => {
    const server = await serve({ world: tiny() });
    const client = new GitHub(configOf(server.url, { token: "${T}" }, secrets), noWaiting());
    for (let index = 0; index < 30; index += 1) await client.query("RepositoryByName", ONE);
    expect(client.counts).toMatchObject({ calls: 30, retries: 0 });
  });
});

test("a page that is too much for GitHub is asked for again as half of it, and grows back", async () => {
  const faults = (["bad-gateway", "gateway-timeout", "cut", "truncated-json", "resource-limits"] as const).map((kind) => ({ fault: { kind } }));
  const server = await serve({ world: tiny(), faults });
  const config = configOf(server.url, { token: "${T}" }, { T: DEMO_TOKEN.token });
  const client = new GitHub(config, noWaiting());
  const size = new PageSize(100);
  for (let index = 0; index < 6; index += 1) await client.query("Repositories", { login: "acme" }, size);
  const asked = server.requests.map(({ body }) => (JSON.parse(body) as { variables: { first: number } }).variables.first);
  expect(asked).toEqual([100, 50, 25, 12, 6, 3, 3, 3, 3, 3, 6]);
});

test("a token goes to no other origin, not even behind redirects", async () => {
  const server = await serve({ world: tiny(), faults: [{ fault: { kind: "redirect-away" } }] });
  const config = configOf(server.url, { token: "${T}" }, { T: DEMO_TOKEN.token });
  const asked = new GitHub(config, noWaiting()).query("RepositoryByName", ONE);
  await expect(asked).rejects.toThrow(/where the token must not go/);
  expect(server.strayed).toEqual([]);
  expect(server.requests.length).toBe(1);
});

test("what never comes right is given up, in words without the request", async () => {
  const faults = [{ fault: { kind: "truncated-json" }, times: 99 } as const];
  const server = await serve({ world: tiny(), faults });
  const config = configOf(server.url, { token: "${T}" }, { T: DEMO_TOKEN.token });
  const waits: number[] = [];
  const error: unknown = await new GitHub(config, noWaiting(waits)).query("RepositoryByName", ONE).catch((caught: unknown) => caught);
  expect(String(error)).toBe(
    `SourceError: no good answer from ${server.url} after 9 tries, at last an answer that ends too early: the next run goes on from here`,
  );
  expect(waits).toEqual([1, 4, 9, 16, 25, 36, 49, 64]);
});

describe("doctor", () => {
  const checksOf = async (url: string) => {
    const config = configOf(url, { token: "${T}" }, { T: DEMO_TOKEN.token });
    const found = [];
    const collector = githubWith(noWaiting());
    for await (const check of collector.check?.(config, { baseDirectory: "/", now: new Date(0) }) ?? []) found.push(check);
    return found.map(({ status, message, remedy }) => [status, message, ...(remedy === undefined ? [] : [remedy])].join(" | "));
  };

  test("names each missing permission, and what will be missing without it", async () => {
    const permissions = { contents: "read", pull_requests: "read", issues: "read" } as const;
    const server = await serve({ world: tiny(), tokens: [{ ...DEMO_TOKEN, kind: "fine-grained", permissions }] });
    expect(await checksOf(server.url)).toEqual([
      "ok | the token is accepted and sees acme/service1",
      'problem | the token may not read deployments, and with them every figure (acme/service1) | give it the permission "Deployments: read"',
      'problem | the token may not read the rules that protect environments (acme/service1) | give it the permission "Actions: read"',
      'problem | the token may not read what protects branches, and who may bypass it (acme/service1) | give it the permission "Administration: read", or say `rules: false`',
      'problem | the token may not read who pushed past a ruleset: whether gates were bypassed is then unknown, not clean (acme/service1) | give it the permission "Administration: read", or say `rules: false`',
      'problem | the token may not read workflow runs and their jobs: no pipeline behind a deployment, no repeated or failed attempts (acme/service1) | give it the permission "Actions: read"',
      "warning | there are no deployments, so there is nothing to count | let a workflow deploy to an environment (jobs.<job>.environment), or say by tags or files what was deployed",
    ]);
  });

  test("says that the token is not accepted", async () => {
    const server = await serve({ world: tiny(), tokens: [] });
    expect(await checksOf(server.url)).toEqual([
      "problem | the token in T is not accepted | it is wrong, expired or revoked; make a new one, with the permissions that collectors/github/README.md names",
    ]);
  });
});
