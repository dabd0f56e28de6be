import examples from "@octokit/webhooks-examples";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FakeGitHub, startFakeGitHub } from "./index.ts";
import { RESOLVERS } from "./graphql/resolvers/index.ts";
import { githubSchema } from "./graphql/schema.ts";
import { isObjectType } from "graphql";
import { get } from "./support.ts";
import { release } from "./world/deployments.ts";
import { startRun } from "./world/runs.ts";
import { begun } from "./world/scenarios.ts";
import { World } from "./world/world.ts";

let github: FakeGitHub;
let run: number;

beforeAll(async () => {
  const world = new World();
  const target = begun(world);
  run = startRun(world, target, { by: "ada", sha: "f".repeat(40), seconds: 5 }).databaseId;
  release(world, target, { by: "ada", tagName: "v1", assets: ["app.tar.gz"] });
  github = await startFakeGitHub({ world });
});
afterAll(async () => github.close());

type Json = Readonly<Record<string, unknown>>;

/** All that GitHub itself has shown below a name, in its examples of webhooks. */
function shown(event: string, name: string): ReadonlySet<string> {
  const payloads = examples.find((one) => one.name === event)?.examples ?? [];
  return new Set(payloads.flatMap((payload) => Object.keys((payload as unknown as Json)[name] ?? {})));
}

const inventedIn = (body: unknown, event: string, name: string, newer: readonly string[] = []) => {
  const known = shown(event, name);
  expect(known.size).toBeGreaterThan(5);
  return Object.keys(body as Json).filter((key) => !known.has(key) && !newer.includes(key));
};

test("what REST answers has no field that GitHub's own payloads do not have", async () => {
  const runs = await get(github, `/repos/acme/payments/actions/runs/${run}`);
  expect(inventedIn(runs.body, "workflow_run", "workflow_run")).toEqual([]);
  const jobs = await get(github, `/repos/acme/payments/actions/runs/${run}/jobs`);
  expect(inventedIn((jobs.body as { jobs: unknown[] }).jobs[0], "workflow_job", "workflow_job")).toEqual([]);
  const releases = await get(github, "/repos/acme/payments/releases");
  // `updated_at` is newer than the examples.
  expect(inventedIn((releases.body as unknown[])[0], "release", "release", ["updated_at"])).toEqual([]);
  const repository = await get(github, "/repos/acme/payments");
  expect(inventedIn(repository.body, "push", "repository")).toEqual([]);
});

test("every resolver is for a field that the schema has", () => {
  for (const [name, fields] of Object.entries(RESOLVERS)) {
    const type = githubSchema().getType(name);
    const known = isObjectType(type) ? Object.keys(type.getFields()) : [];
    expect(
      Object.keys(fields).filter((field) => !known.includes(field)),
      name,
    ).toEqual([]);
  }
});
