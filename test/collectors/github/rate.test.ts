import { describe, expect, test } from "vitest";
import type { Forecast } from "../../../collectors/contract.ts";
import { nothingAsked } from "../../../collectors/contract.ts";
import { githubWith } from "../../../collectors/github/index.ts";
import { exitCodeOf, reportLines } from "../../../src/collect/report.ts";
import { DEMO_TOKEN, type FakeGitHub } from "../../fakes/github/index.ts";
import type { Fault } from "../../fakes/github/server/faults.ts";
import { deploy, release, setStatus } from "../../fakes/github/world/deployments.ts";
import { environment, ruleset } from "../../fakes/github/world/repositories.ts";
import { startRun } from "../../fakes/github/world/runs.ts";
import { begun, large, manyRuns } from "../../fakes/github/world/scenarios.ts";
import { World } from "../../fakes/github/world/world.ts";
import { outcomes, said } from "../bench.ts";
import { bench, serve } from "./support.ts";

function busy(size = { pulls: 120, deployments: 260 }): World {
  const world = new World("2026-01-05T08:00:00Z");
  const target = begun(world, "acme/service1");
  large(world, target, size);
  for (let index = 0; index < 60; index += 1) release(world, target, { by: "ada", tagName: `v1.${index}` });
  begun(world, "acme/service2");
  return world;
}

describe("the report of a run", () => {
  test("counts what GitHub counted, each request at the stream that sent it", async () => {
    const faults = [{ fault: { kind: "secondary-limit", retryAfter: 7 } as Fault, of: "DeploymentHeads" }];
    const github = await serve({ world: busy(), faults });
    const one = await bench(github);
    const report = await one.collect();
    const [usage] = await one.warehouse.rows("select sum(calls)::integer as calls, sum(points)::integer as points from raw.source_usage");
    const { requests, points } = github.counts();
    expect(usage).toEqual({ calls: requests, points });
    const deployment = report.streams.find(({ stream }) => stream === "deployment");
    expect(deployment?.usage).toMatchObject({ retries: 1, waited: 7 });
    expect(said(report)).toMatch(new RegExp(`\n  github in all: [\\d,]+ records for ${requests} requests, ${points} points, 1 retry, waited 7 s$`));
  });

  test("has what a stream asked that failed", async () => {
    const permissions = { contents: "read", issues: "read", pull_requests: "read", actions: "read" } as const;
    const github = await serve({ world: busy(), tokens: [{ ...DEMO_TOKEN, kind: "fine-grained", permissions }] });
    const one = await bench(github, { organisations: ["acme"], rules: false });
    await one.collect();
    const failed = "select u.calls > 0 as is_counted from raw.source_usage as u join raw.source_run as r using (run_id, source, stream) where r.status = 'failed'";
    expect(await one.warehouse.rows(failed)).toEqual([{ is_counted: true }]);
  });
});

describe("--max-points", () => {
  test("ends a run with what was read, and run after run ends with what one whole run has", { timeout: 60_000 }, async () => {
    const github = await serve({ world: busy() });
    const whole = await bench(github, { organisations: ["acme"], rules: false });
    await whole.collect();
    const one = await bench(github, { organisations: ["acme"], rules: false, max_points: 1 });
    for (let runs = 1; ; runs += 1) {
      github.resetCounts();
      const report = await one.collect({ maxPoints: 16 });
      // What the last request costs is not known before it is answered.
      expect(github.counts().points + github.counts().restCounted).toBeLessThanOrEqual(16 + 2);
      if (exitCodeOf(report) === 0) {
        expect(runs).toBeGreaterThan(2);
        break;
      }
      expect(exitCodeOf(report)).toBe(1);
      expect(said(report)).toMatch(/ stopped after \d+ points( and \d+ by REST)?, as max_points says: the next run goes on from here\n/);
      expect(outcomes(report).filter((line) => line.endsWith("failed"))).toEqual([]);
      expect(runs).toBeLessThan(12);
    }
    expect(await one.current()).toEqual(await whole.current());
  });
});

const TOO_FEW = { ...DEMO_TOKEN, pointsPerHour: 40 };

/** What `collect --dry-run` is told. */
async function planned(github: FakeGitHub, options: object = {}, prepare = async () => {}) {
  const one = await bench(github, { organisations: ["acme"], ...options });
  const config = one.loaded.config.sources["github"];
  const waits: number[] = [];
  const collector = githubWith({ fetch: globalThis.fetch, sleep: (seconds) => Promise.resolve(void waits.push(seconds)) });
  const forecasts: Forecast[] = [];
  await prepare();
  const lines = await collector.plan(config as never, {
    baseDirectory: "/",
    report: () => undefined,
    warn: () => undefined,
    usage: nothingAsked(),
    foresee: (forecast) => forecasts.push(forecast),
  }, {});
  return { lines, forecasts, waits };
}

describe("a dry run", () => {
  test("says how much there is, and comes near to what it costs", async () => {
    const github = await serve({ world: busy() });
    const { lines, forecasts } = await planned(github);
    // Of each pull request one commit is on the main line.
    expect(lines[0]).toMatch(/^acme\/service1: 120 pull requests, 260 deployments, 0 issues, 60 releases, \d+ commits, 0 workflow runs$/);
    github.resetCounts();
    await (await bench(github, { organisations: ["acme"], max_points: 10_000 })).collect();
    const { requests, points } = github.counts();
    const [forecast] = forecasts;
    expect(forecast?.allowance).toMatchObject({ perHour: 5_000, reserve: 200 });
    expect(Math.abs((forecast?.points ?? 0) - points)).toBeLessThanOrEqual(points * 0.3);
    expect(Math.abs((forecast?.calls ?? 0) - requests)).toBeLessThanOrEqual(requests * 0.3);
  });

  test("counts runs with their jobs, rules and approvals, and REST requests by themselves", { timeout: 60_000 }, async () => {
    const world = busy({ pulls: 20, deployments: 20 });
    const [target] = world.repositories;
    if (!target) throw new RangeError("no repository");
    manyRuns(world, target, 350, "2026-01-20");
    environment(world, target, "guarded", { reviewers: ["grace"] });
    for (let index = 0; index < 40; index += 1) {
      const run = startRun(world, target, { by: "ada", sha: "f".repeat(40), seconds: 60 });
      const made = deploy(world, target, { by: "ada", environment: "guarded" });
      for (const state of ["WAITING", "SUCCESS"] as const) setStatus(world, made, state, { logUrl: `https://github.com/a/b/actions/runs/${run.databaseId}` });
    }
    for (let index = 0; index < 30; index += 1) ruleset(world, target, { name: `rules ${index}`, rules: [] });
    const github = await serve({ world });
    const options = { pipelines: { jobs: "all" } };
    const { lines, forecasts } = await planned(github, options);
    expect(lines[0]).toContain("390 workflow runs");
    github.resetCounts();
    await (await bench(github, { organisations: ["acme"], max_points: 10_000, ...options })).collect();
    const { requests, points, restCounted } = github.counts();
    const [{ points: foreseen, calls, apart } = {}] = forecasts;
    // 390 jobs, 30 rulesets, 40 approvals, and the lists.
    expect(restCounted).toBeGreaterThan(460);
    for (const [said, was] of [[foreseen, points], [calls, requests], [apart?.calls, restCounted]] as const)
      expect(Math.abs((said ?? 0) - was)).toBeLessThanOrEqual(was * 0.3);
  });

  test("with a token of which nothing is left waits for nothing, and says until when", async () => {
    const github = await serve({ world: busy(), tokens: [{ ...DEMO_TOKEN, pointsPerHour: 0 }] });
    const { lines, forecasts, waits } = await planned(github, { reserve: 0 });
    expect({ forecasts, waits }).toEqual({ forecasts: [], waits: [] });
    expect(lines).toEqual([
      expect.stringMatching(/^not counted, since too few points are left of this hour \(0\): ask again after \d\d:\d\d UTC\. A run would wait until then by itself$/),
    ]);
    expect(github.counts().points).toBe(0);
  });
});

describe("a run that exceeds what is left of the hour", () => {
  test("says so before it starts, with how long it takes", async () => {
    const github = await serve({ world: busy({ pulls: 400, deployments: 1_500 }), tokens: [TOO_FEW] });
    const one = await bench(github, { organisations: ["acme"], reserve: 5 });
    await one.collect();
    const { err } = (one.effects as unknown as { printed: { err: string } }).printed;
    expect(err).toMatch(/^github: it will cost about \d+ points and \d+ requests: that is more than the \d+ that may be used of this hour, so it takes more than [\dhmins ]+;/m);
  });

  test("says nothing where it fits, and asks nothing for it once all was read", async () => {
    const github = await serve({ world: busy() });
    const one = await bench(github);
    await one.collect();
    const { printed } = one.effects as unknown as { printed: { err: string } };
    expect(printed.err).not.toContain("it will cost");
    github.resetCounts();
    await one.collect();
    expect(github.counts().byName["Probe"]).toBeUndefined();
  });

  test("waits for the next hour where the first answer says that nothing is left", async () => {
    const faults = [{ fault: { kind: "rate-limited", seconds: 1_800 } as Fault, of: "Repositories" }];
    const github = await serve({ world: busy(), faults });
    const one = await bench(github);
    const report = await one.collect();
    expect(reportLines(report).join("\n")).not.toContain("failed");
    // No time passes while the test "sleeps": what is left of the hour stands in the way once more.
    expect(one.waits.every((seconds) => seconds > 1_790)).toBe(true);
    expect(report.streams[0]?.usage).toMatchObject({ retries: 1, waited: one.waits.reduce((sum, seconds) => sum + seconds, 0) });
  });
});
