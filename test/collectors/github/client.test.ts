import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { GitHub } from "../../../collectors/github/client/github.ts";
import { githubConfig } from "../../../collectors/github/config.ts";
import { githubWith } from "../../../collectors/github/index.ts";
import { secretsIn } from "../../../src/config/secret.ts";
import { DEMO_TOKEN } from "../../fakes/github/index.ts";
import { organization } from "../../fakes/github/world/repositories.ts";
import { begun } from "../../fakes/github/world/scenarios.ts";
import { World } from "../../fakes/github/world/world.ts";
import { serve } from "./support.ts";

function configOf(url: string, options: object, environment: Record<string, string>) {
  const config = githubConfig.parse({ collector: "github", url, organisations: ["acme"], ...options });
  for (const secret of secretsIn(config)) secret.resolve(environment);
  return config;
}

function tiny(): World {
  const world = new World("2026-01-05T08:00:00Z");
  organization(world, "acme");
  begun(world, "acme/service1");
  return world;
}

const noWaiting = (waits: number[] = []) => ({
  fetch: ((input, init) => globalThis.fetch(input, init)) as typeof globalThis.fetch,
  sleep: (seconds: number) => {
    waits.push(seconds);
    return Promise.resolve();
  },
});

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
    const { data } = await new GitHub(config, noWaiting()).query("RepositoryByName", ONE);
    expect(data).toMatchObject({ repository: { nameWithOwner: "acme/service1" } });
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

test("a token goes to no other origin, not even behind redirects", async () => {
  const server = await serve({ world: tiny(), faults: [{ fault: { kind: "redirect-away" } }] });
  const config = configOf(server.url, { token: "${T}" }, { T: DEMO_TOKEN.token });
  const asked = new GitHub(config, noWaiting()).query("RepositoryByName", ONE);
  await expect(asked).rejects.toThrow(/where the token must not go/);
  expect(server.strayed).toEqual([]);
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
  expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
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
