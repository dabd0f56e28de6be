import { expect, test } from "vitest";
import { deploy, finish, job, mergeRequest, pipeline } from "../../fakes/gitlab/world/happen.ts";
import { World } from "../../fakes/gitlab/world/world.ts";
import type { Fault } from "../../fakes/gitlab/server/faults.ts";
import { failed, said } from "../bench.ts";
import { bench, serve } from "./support.ts";

function small(): World {
  const world = new World("2026-01-05T09:00:00Z");
  for (const path of ["acme/payments", "acme/core/ledger"]) {
    const project = world.project(path);
    project.main = world.commit(project, { message: "First", parents: [] }).sha;
    const production = world.environment(project, "production");
    finish(world.pass(1000), deploy(world, project, production, { sha: project.main }), "success");
    mergeRequest(world.pass(1000), project);
  }
  return world;
}

const always =
  (fault: Fault, pattern = /./) =>
  (path: string) =>
    pattern.test(path) ? fault : undefined;

test("a token that is not accepted is said once and ends the source", async () => {
  const fake = await serve({ world: small(), faults: always("unauthorized") });
  const report = await (await bench(fake)).collect();
  expect(said(report)).toContain("the token in GITLAB_TOKEN is not accepted by GitLab");
  expect(report.streams.every(({ status }) => status !== "completed")).toBe(true);
});

test("a group that is not there is named, with what to do; projects that are there are read", async () => {
  const fake = await serve({ world: small() });
  const source = await bench(fake, { groups: ["acme", "acmee"], projects: ["nobody/nothing"] });
  const report = await source.collect();
  expect(failed(report)).toEqual(["project"]);
  expect(said(report)).toContain(
    "acmee: /groups/acmee/projects is not there, or the token may not see it (GitLab says: 404 Not found)",
  );
  expect(said(report)).toContain("nobody/nothing: ");
  expect((await source.current()).filter((line) => line.startsWith("deployment "))).toHaveLength(2);
});

test("a list that may not be read fails its stream, names the project and what is missing; the other project and streams go on", async () => {
  const fake = await serve({ world: small() });
  const [first] = [...fake.world.projects.keys()];
  fake.refused = (path) => (path.startsWith(`/api/v4/projects/${first}/deployments`) ? 403 : undefined);
  const source = await bench(fake);
  const report = await source.collect();
  expect(failed(report)).toEqual(["deployment", "pipeline"]);
  expect(said(report)).toContain("acme/payments: deployment: ");
  expect(said(report)).toContain(
    "give the token the scope read_api and the role Reporter there; without it is missing: deployments",
  );
  expect((await source.current()).filter((line) => line.startsWith("deployment "))).toHaveLength(1);
});

test("a feature that a project has turned off is not asked for", async () => {
  const world = small();
  for (const project of world.projects.values()) project.off.add("issues");
  const fake = await serve({ world });
  expect(failed(await (await bench(fake)).collect())).toEqual([]);
  expect(fake.requests.filter(({ url }) => url.includes("/issues?"))).toEqual([]);
});

test("approvals that the plan does not include leave merge requests whole", async () => {
  const world = small();
  for (const { mergeRequests } of world.projects.values())
    for (const one of mergeRequests.values()) Object.assign(one, { state: "merged", mergedAt: world.now });
  const fake = await serve({ world, refused: (path) => (path.endsWith("/approvals") ? 404 : undefined) });
  const source = await bench(fake);
  expect(failed(await source.collect())).toEqual([]);
  const [line = ""] = (await source.current()).filter((one) => one.startsWith("merge_request "));
  expect(JSON.parse(line.slice(line.indexOf("{")))).toMatchObject({
    approvals: null,
    notes: [],
    diffs: [{ new_path: "README.md" }],
  });
});

test("an answer of another shape, and a condition that is ignored, fail the stream and store nothing of it", async () => {
  const fake = await serve({ world: small(), faults: always("bad-shape", /deployments/) });
  const source = await bench(fake);
  expect(said(await source.collect())).toContain("deployment: expected");
  expect((await source.current()).filter((line) => line.startsWith("deployment "))).toEqual([]);
  fake.faults = () => undefined;
  fake.world.pass(86_400_000);
  expect(failed(await source.collect())).toEqual([]);
  fake.faults = always("ignores-query", /deployments\?/);
  expect(said(await source.collect())).toContain("records by time of update");
});

test.for([
  ["deployment", /\/deployments\/\d+$/],
  ["pipeline", /\/pipelines\/\d+$/],
] as const)(
  "an answer about one %s that is of another shape is stored no more than a list",
  async ([stream, path]) => {
    const world = small();
    const [project] = [...world.projects.values()];
    const sha = project!.main!;
    const run = pipeline(world, project!, { sha });
    const made = job(world, run, { name: "deploy" });
    const production = world.environment(project!, "production");
    const deployment = deploy(world.pass(1000), project!, production, { sha, job: made, pipeline: run });
    finish(world.pass(1000), deployment, "success");
    const fake = await serve({ world, faults: always("bad-shape", path) });
    const source = await bench(fake);
    expect(said(await source.collect())).toContain(`${project!.path}: ${stream}: expected`);
    fake.faults = () => undefined;
    expect(failed(await source.collect())).toEqual([]);
    const clean = await bench(fake);
    await clean.collect();
    expect(await source.current()).toEqual(await clean.current());
  },
);

test("the token goes nowhere else, and is in nothing that is said or stored", async () => {
  const fake = await serve({ world: small(), faults: always("redirect-away") });
  const source = await bench(fake);
  const report = await source.collect();
  expect(fake.strayed).toEqual([]);
  expect(said(report)).toContain("where the token must not go");
  expect(said(report)).not.toContain("demo-token");
  fake.faults = () => undefined;
  await source.collect();
  expect((await source.current()).join("\n")).not.toMatch(/demo-token|runners_token/);
});

test("it waits as long as GitLab says, also where that is an instant in seconds", async () => {
  const fake = await serve({ world: small() });
  let asked = 0;
  fake.faults = () =>
    [1, 2].includes((asked += 1)) ? (asked === 1 ? "long-limit" : "limit-until") : undefined;
  const source = await bench(fake);
  expect(failed(await source.collect())).toEqual([]);
  expect(source.waits[0]).toBe(7);
  expect(source.waits[1]).toBeLessThanOrEqual(60);
});
