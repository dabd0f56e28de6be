import { expect, test } from "vitest";
import {
  approve,
  deploy,
  finish,
  issue,
  job,
  label,
  merge,
  mergeRequest,
  pipeline,
  setState,
} from "../../fakes/gitlab/world/happen.ts";
import type { Project } from "../../fakes/gitlab/world/records.ts";
import { World } from "../../fakes/gitlab/world/world.ts";
import { Chance } from "../../support/chance.ts";
import { failed } from "../bench.ts";
import { bench, serve } from "./support.ts";

const HOUR = 3_600_000;

function ship(world: World, project: Project): void {
  const commits = [
    world.commit(project, { message: "Work", parents: project.main === undefined ? [] : [project.main] }),
  ];
  const request = mergeRequest(world.pass(HOUR), project, { commits });
  approve(world.pass(1000), request, "grace");
  const { sha } = merge(world.pass(1000), project, request, true);
  const run = pipeline(world, project, { sha });
  const made = job(world, run, { name: "deploy" });
  finish(
    world.pass(1000),
    deploy(world, project, world.environment(project, "production"), { sha, job: made, pipeline: run }),
    "success",
  );
  issue(world.pass(1000), project);
}

test(
  "a run after which 0.5 % of all records changed costs less than 2 % of the first",
  { timeout: 300_000 },
  async () => {
    const world = new World("2024-01-02T08:00:00Z");
    const projects = ["acme/payments", "acme/core/ledger"].map((path) => world.project(path));
    for (let index = 0; index < 1_000; index += 1) ship(world, projects[index % 2]!);
    const fake = await serve({ world });
    const source = await bench(fake);
    expect(failed(await source.collect())).toEqual([]);
    const whole = fake.requests.length;

    const chance = new Chance(1);
    world.pass(24 * HOUR);
    for (let index = 0; index < 3; index += 1) {
      ship(world, projects[index % 2]!);
      approve(world.pass(1000), chance.of([...projects[0]!.mergeRequests.values()])!, "linus");
      const one = chance.of([...projects[1]!.issues.values()])!;
      label(world.pass(1000), one, "sev1");
      setState(world.pass(1000), one, "closed");
    }
    expect(failed(await source.collect())).toEqual([]);
    const changed = fake.requests.length - whole;
    expect(changed / whole, `${changed} of ${whole}`).toBeLessThan(0.02);
    const clean = await bench(fake);
    await clean.collect();
    expect(await source.current()).toEqual(await clean.current());

    const before = fake.requests.length;
    await source.collect();
    if (process.env["QUARTERDECK_COST"])
      console.log(`${whole} requests, then ${changed}, then ${fake.requests.length - before}`);
  },
);

test("one deleted among many is found in few requests", { timeout: 120_000 }, async () => {
  const world = new World("2024-01-02T08:00:00Z");
  const project = world.project("acme/payments");
  for (let index = 0; index < 10_500; index += 1) issue(world.pass(60_000), project);
  const fake = await serve({ world });
  const source = await bench(fake);
  expect(failed(await source.collect())).toEqual([]);
  project.issues.delete(5_000);
  world.pass(24 * HOUR);
  const before = fake.requests.length;
  expect(failed(await source.collect())).toEqual([]);
  expect((await source.current()).filter((line) => line.startsWith("issue "))).toHaveLength(10_499);
  expect(fake.requests.length - before).toBeLessThan(40);
});
