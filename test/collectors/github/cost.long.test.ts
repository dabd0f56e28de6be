import { expect, test } from "vitest";
import { push } from "../../fakes/github/world/commits.ts";
import { deploy, setStatus } from "../../fakes/github/world/deployments.ts";
import { merge, openPullRequest } from "../../fakes/github/world/pull-requests.ts";
import { environment, judgePush, protectBranch, ruleset } from "../../fakes/github/world/repositories.ts";
import { startRun } from "../../fakes/github/world/runs.ts";
import { begun, large } from "../../fakes/github/world/scenarios.ts";
import { World } from "../../fakes/github/world/world.ts";
import { outcomes } from "../bench.ts";
import { bench, serve } from "./support.ts";

const PUSH = { by: "ada", before: "a".repeat(40), after: "b".repeat(40), result: "bypass" } as const;

const pointsOf = (points: Readonly<Record<string, number>>, part: string) =>
  Object.entries(points).reduce((sum, [name, each]) => sum + (name.includes(part) ? each : 0), 0);

test("a pull request costs at most 0.06 points, a deployment at most 0.011", { timeout: 60_000 }, async () => {
  const world = new World("2026-01-05T08:00:00Z");
  large(world, begun(world), { pulls: 500, deployments: 1_000 });
  const github = await serve({ world });
  const one = await bench(github);
  expect(new Set(outcomes(await one.collect()).map((line) => line.split(" ")[1]))).toEqual(new Set(["completed"]));
  const { pointsByName } = github.counts();
  expect(pointsOf(pointsByName, "PullRequest") / 500).toBeLessThanOrEqual(0.06);
  expect(pointsOf(pointsByName, "Deployment") / 1_000).toBeLessThanOrEqual(0.011);
  const stored = await one.warehouse.rows("select stream, count(*) as n from raw.current where stream in ('pull_request', 'deployment') group by stream order by stream");
  expect(stored).toEqual([{ stream: "deployment", n: 1_000 }, { stream: "pull_request", n: 500 }]);
});

test("a night in which nothing happened costs at most 2 requests for each of 40 repositories", { timeout: 180_000 }, async () => {
  const world = new World("2026-01-05T08:00:00Z");
  for (let index = 0; index < 40; index += 1) {
    const target = begun(world, `acme/service${index}`);
    push(world, target, { by: "ada", message: "More" });
    merge(world, openPullRequest(world, target, { by: "ada", title: "Change" }), { by: "grace" });
    setStatus(world, deploy(world, target, { by: "ada", environment: "production" }), "SUCCESS");
    protectBranch(world, target, "main");
    environment(world, target, "production", { reviewers: ["grace"] });
    judgePush(world, ruleset(world, target, { name: "main", rules: [{ type: "PULL_REQUEST" }] }), PUSH);
    startRun(world, target, { by: "ada", sha: "f".repeat(40), seconds: 60, conclusion: "failure" });
  }
  const github = await serve({ world });
  const one = await bench(github);
  await one.collect();
  github.resetCounts();
  const report = await one.collect();
  expect(report.streams.reduce((sum, { stored }) => sum + stored, 0)).toBe(0);
  expect(github.counts().requests).toBeLessThanOrEqual(80);
  // Figures that collectors/github/README.md shows.
  expect(github.counts()).toMatchObject({ requests: 75, points: 65, notModified: 42 });
});
