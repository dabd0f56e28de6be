import { expect, test } from "vitest";
import { DEMO_TOKEN } from "../../fakes/github/index.ts";
import { begun, manyRuns } from "../../fakes/github/world/scenarios.ts";
import { deploy, setStatus } from "../../fakes/github/world/deployments.ts";
import { push } from "../../fakes/github/world/commits.ts";
import { rename } from "../../fakes/github/world/repositories.ts";
import { attempt, deleteRun, expireRuns, finish, startRun } from "../../fakes/github/world/runs.ts";
import { later, World } from "../../fakes/github/world/world.ts";
import { type Bench, outcomes, said } from "../bench.ts";
import { bench, serve } from "./support.ts";

const RUNS = "/repos/{owner}/{repo}/actions/runs";
const SHA = "f".repeat(40);

function begin(start = "2026-03-01T08:00:00Z") {
  const world = new World(start);
  return { world, target: begun(world, "acme/service1") };
}

/** Runs of ten minutes each, an hour apart. */
function someRuns({ world, target }: ReturnType<typeof begin>, count: number, from = world.now) {
  return Array.from({ length: count }, (_, index) =>
    startRun(world, target, { by: "ada", sha: SHA, at: later(from, index * 3_600), seconds: 600 }),
  );
}

const pipelines = (options: object) => ({ organisations: ["acme"], pipelines: options });

async function countOf(one: Bench, stream: string): Promise<number | undefined> {
  const [row] = await one.warehouse.rows<{ n: number }>("select count(*) as n from raw.current where stream = ?", [stream]);
  return row?.n;
}

const streamOf = (report: Awaited<ReturnType<Bench["collect"]>>, name: string) =>
  report.streams.find(({ stream }) => stream === name);

test("of 1,200 runs in one day, which GitHub lists 1,000 of, none is left out", { timeout: 60_000 }, async () => {
  const { world, target } = begin();
  manyRuns(world, target, 1_200, "2026-03-05");
  const github = await serve({ world });
  const one = await bench(github);
  expect(streamOf(await one.collect(), "workflow_run")).toMatchObject({ status: "completed", stored: 1_200 });
  // 12 pages of 100; the others find the windows.
  expect(github.counts().byName[RUNS]).toBeLessThan(25);
  github.resetCounts();
  await one.collect();
  // What is read again each time is then known by its ETags.
  github.resetCounts();
  expect(streamOf(await one.collect(), "workflow_run")).toMatchObject({ stored: 0, unchanged: 0 });
  const { rest, notModified } = github.counts();
  expect(notModified).toBe(rest);
});

test("a run that was repeated after it was collected keeps both attempts, each with its jobs", async () => {
  const set = begin();
  const { world, target } = set;
  const [first] = someRuns(set, 150);
  if (!first) throw new RangeError("no run");
  const failed = startRun(world, target, { by: "ada", sha: SHA, seconds: 60, conclusion: "failure", jobs: ["test", "lint"] });
  const github = await serve({ world });
  const one = await bench(github, pipelines({ jobs: "all" }));
  await one.collect();
  github.advanceTo("2026-03-20T08:00:00Z");
  attempt(world, failed, { by: "grace", seconds: 60, jobs: ["test"] });
  // Neither is on the first page any more.
  attempt(world, first, { by: "grace", seconds: 60 });
  await one.collect();
  const attempts = await one.warehouse.rows(`
    select payload ->> '$.run_attempt' as attempt, payload ->> '$.conclusion' as conclusion, payload ->> '$.triggering_actor.login' as by
    from raw.current where stream = 'workflow_run' and (payload ->> '$.id') = '${failed.databaseId}' order by attempt`);
  expect(attempts).toEqual([
    { attempt: "1", conclusion: "failure", by: "ada" },
    { attempt: "2", conclusion: "success", by: "grace" },
  ]);
  expect(await countOf(one, "workflow_run")).toBe(153);
  expect(await countOf(one, "workflow_job")).toBe(150 + 1 + 2 + 1);
});

test("a run that ends long after it began is asked for by its id", async () => {
  const set = begin();
  const slow = startRun(set.world, set.target, { by: "ada", sha: SHA });
  someRuns(set, 120, "2026-03-01T09:00:00Z");
  const github = await serve({ world: set.world });
  const one = await bench(github, pipelines({ window: "1h" }));
  await one.collect();
  github.advanceTo("2026-03-10T08:00:00Z");
  for (const of of slow.attempts) finish(set.world, of, "failure");
  await one.collect();
  await one.model("2026-03-11T00:00:00Z");
  expect(await one.warehouse.rows(`select conclusion, finished_at from model.pipeline_run where native_id = '${slow.databaseId}'`)).toEqual([
    { conclusion: "failure", finished_at: "2026-03-10T08:00:00Z" },
  ]);
});

test("a deleted run is found among many, with its jobs, by a few questions", { timeout: 60_000 }, async () => {
  const set = begin();
  const runs = someRuns(set, 900);
  const github = await serve({ world: set.world });
  const one = await bench(github, pipelines({ jobs: "all", window: "1d", workflows: ["build"] }));
  await one.collect();
  github.resetCounts();
  for (const index of [10, 500]) {
    const unwanted = runs[index];
    if (unwanted) deleteRun(set.world, unwanted);
  }
  const report = await one.collect();
  expect(streamOf(report, "workflow_run")).toMatchObject({ status: "completed", deleted: 2 });
  expect(streamOf(report, "workflow_job")).toMatchObject({ status: "completed", deleted: 2 });
  expect(github.counts().byName[RUNS]).toBeLessThan(50);
});

test("what GitHub no longer keeps stays, with its jobs, while a deletion is one", { timeout: 60_000 }, async () => {
  const set = begin("2025-05-01T08:00:00Z");
  someRuns(set, 130);
  const hanging = startRun(set.world, set.target, { by: "ada", sha: SHA, at: "2025-05-02T08:00:00Z" });
  const [young] = someRuns(set, 120, "2026-03-01T08:00:00Z");
  if (!young) throw new RangeError("no run");
  const github = await serve({ world: set.world });
  const one = await bench(github, pipelines({ jobs: "all" }));
  expect(streamOf(await one.collect(), "workflow_run")?.stored).toBe(251);
  // The collection is of 1 July 2026.
  expireRuns(set.world, set.target, "2025-05-30T00:00:00Z");
  deleteRun(set.world, young);
  const report = await one.collect();
  expect(set.target.runs.length).toBe(119);
  expect(streamOf(report, "workflow_run")).toMatchObject({ status: "completed", deleted: 1 });
  expect(streamOf(report, "workflow_job")).toMatchObject({ status: "completed", deleted: 1 });
  expect([await countOf(one, "workflow_run"), await countOf(one, "workflow_job")]).toEqual([250, 249]);
  expect(report.gaps).toEqual([]);
  expect(await one.warehouse.rows("select declared_total from raw.source_run where stream = 'workflow_run' order by run_id")).toEqual([
    { declared_total: 251 },
    { declared_total: 250 },
  ]);
  // What hangs and may be gone is not asked for again, nor is the difference looked into.
  github.resetCounts();
  await one.collect();
  const { byName, notModified, rest } = github.counts();
  expect(byName[`${RUNS}/{run_id}`]).toBeUndefined();
  expect(rest - notModified).toBe(0);
  expect(hanging.attempts[0]?.status).toBe("in_progress");
});

test("a run deleted while the list is read moves no other out of sight", { timeout: 60_000 }, async () => {
  const set = begin();
  const runs = someRuns(set, 600);
  const github = await serve({ world: set.world });
  const one = await bench(github, pipelines({ jobs: "none" }));
  let asked = 0;
  github.inject(({ name }) => {
    if (name === RUNS && (asked += 1) === 4) deleteRun(set.world, runs[590] ?? runs[0]!);
    return undefined;
  });
  expect(streamOf(await one.collect(), "workflow_run")?.status).toBe("completed");
  github.inject([]);
  await one.collect();
  expect(await countOf(one, "workflow_run")).toBe(599);
});

test("a first run that is cut short goes on where it stopped, the newest being there already", { timeout: 60_000 }, async () => {
  const set = begin("2025-12-01T08:00:00Z");
  someRuns(set, 1_500);
  const github = await serve({ world: set.world });
  const one = await bench(github, pipelines({ jobs: "none" }));
  github.inject([{ fault: { kind: "not-found" }, of: RUNS, skip: 15, times: 1_000 }]);
  expect(outcomes(await one.collect())).toContain("workflow_run failed");
  const before = (await countOf(one, "workflow_run")) ?? 0;
  expect(before).toBeGreaterThan(500);
  expect(before).toBeLessThan(1_500);
  const [{ newest } = {}] = await one.warehouse.rows<{ newest: string }>(
    "select max(payload ->> '$.created_at') as newest from raw.current where stream = 'workflow_run'",
  );
  expect(newest).toBe(set.target.runs.at(-1)?.createdAt);
  github.inject([]);
  github.resetCounts();
  expect(outcomes(await one.collect())).toContain("workflow_run completed");
  expect(await countOf(one, "workflow_run")).toBe(1_500);
  expect(github.counts().byName[RUNS]).toBeLessThan(25);
});

test("without the permission it says which, and what else there is stays", async () => {
  const set = begin();
  someRuns(set, 3);
  const permissions = { contents: "read", issues: "read", pull_requests: "read", deployments: "read" } as const;
  const github = await serve({ world: set.world, tokens: [{ ...DEMO_TOKEN, kind: "fine-grained", permissions }] });
  const report = await (await bench(github)).collect();
  expect(said(report)).toContain(
    'acme/service1: workflow_run: Resource not accessible by personal access token: give the token the permission "Actions: read" for it',
  );
  expect(outcomes(report)).toContain("commit completed");
});

test("jobs cost one request for each attempt that is meant, and none once they are there", async () => {
  const set = begin();
  const { world, target } = set;
  someRuns(set, 20);
  startRun(world, target, { by: "ada", workflow: "deploy-one", sha: SHA, seconds: 60, conclusion: "failure", jobs: Array.from({ length: 130 }, (_, index) => `job ${index}`) });
  startRun(world, target, { by: "ada", workflow: "lint", sha: SHA, seconds: 60, conclusion: "failure" });
  const github = await serve({ world });
  const jobs = () => Object.entries(github.counts().byName).reduce((sum, [name, n]) => sum + (name.endsWith("/jobs") ? n : 0), 0);
  const one = await bench(github, pipelines({ jobs: "failed", workflows: ["deploy*"] }));
  await one.collect();
  // 130 jobs are two pages.
  expect([jobs(), await countOf(one, "workflow_job")]).toEqual([2, 130]);
  await one.collect();
  expect(jobs()).toBe(2);
});

test("a 404 of jobs whose run is there is no answer: they are asked for again", async () => {
  const { world, target } = begin();
  startRun(world, target, { by: "ada", sha: SHA, seconds: 60, conclusion: "failure", jobs: ["deploy"] });
  const github = await serve({ world, faults: [{ fault: { kind: "not-found" }, of: "/jobs", times: 1 }] });
  const one = await bench(github, pipelines({ jobs: "failed" }));
  const report = await one.collect();
  expect([outcomes(report).filter((line) => line.endsWith("failed")), await countOf(one, "workflow_job")]).toEqual([[], 0]);
  await one.collect();
  expect(await countOf(one, "workflow_job")).toBe(1);
});

test("a 404 of an attempt whose run is there is no answer: it is asked for again", async () => {
  const { world, target } = begin();
  const run = startRun(world, target, { by: "ada", sha: SHA, seconds: 60, conclusion: "failure" });
  attempt(world, run, { by: "grace", seconds: 60 });
  const github = await serve({ world, faults: [{ fault: { kind: "not-found" }, of: "/attempts/" }] });
  const one = await bench(github, pipelines({ jobs: "none" }));
  await one.collect();
  expect(await countOf(one, "workflow_run")).toBe(1);
  await one.collect();
  expect(await countOf(one, "workflow_run")).toBe(2);
});

test("a run that hangs is gone only where GitHub says 404 of it twice", async () => {
  const set = begin();
  const slow = startRun(set.world, set.target, { by: "ada", sha: SHA });
  someRuns(set, 120, "2026-03-01T09:00:00Z");
  const github = await serve({ world: set.world });
  const one = await bench(github, pipelines({ jobs: "none", window: "1h" }));
  await one.collect();
  const again = async () => {
    // Else nothing is new, and nothing is asked.
    github.advanceTo(later(set.world.now, 60));
    startRun(set.world, set.target, { by: "ada", sha: SHA, seconds: 60 });
    return streamOf(await one.collect(), "workflow_run");
  };
  github.inject([{ fault: { kind: "not-found" }, of: `${RUNS}/{run_id}` }]);
  github.resetCounts();
  expect(await again()).toMatchObject({ status: "completed", deleted: 0 });
  expect(github.counts().byName[`${RUNS}/{run_id}`]).toBe(2);
  deleteRun(set.world, slow);
  expect(await again()).toMatchObject({ status: "completed", deleted: 1 });
});

test("what was read before GitHub answers for none any more is stored, and the next run goes on", async () => {
  const { world, target } = begin();
  for (const each of [target, begun(world, "acme/service2"), begun(world, "acme/service3")])
    startRun(world, each, { by: "ada", sha: SHA, seconds: 60, conclusion: "failure" });
  const github = await serve({ world });
  const one = await bench(github, pipelines({ jobs: "failed" }));
  github.inject(({ name, path }) => (name === RUNS && !path.includes("service1") ? { kind: "bad-gateway" } : undefined));
  expect(outcomes(await one.collect())).toContain("workflow_run failed");
  expect(await countOf(one, "workflow_run")).toBe(1);
  github.inject([]);
  await one.collect();
  expect([await countOf(one, "workflow_run"), await countOf(one, "workflow_job")]).toEqual([3, 3]);
});

test("jobs that were read before GitHub answers for none any more are stored", async () => {
  const { world, target } = begin();
  for (const each of [target, begun(world, "acme/service2"), begun(world, "acme/service3")])
    startRun(world, each, { by: "ada", sha: SHA, seconds: 60, conclusion: "failure" });
  const github = await serve({ world, faults: [{ fault: { kind: "bad-gateway" }, of: "/jobs", skip: 1, times: 99 }] });
  const one = await bench(github, pipelines({ jobs: "failed" }));
  expect(outcomes(await one.collect())).toContain("workflow_job failed");
  expect(await countOf(one, "workflow_job")).toBe(1);
});

test("words for how a run ended are those of other sources, and an unknown one is said", async () => {
  const { world, target } = begin();
  for (const conclusion of ["success", "neutral", "startup_failure", "stale", "exploded"])
    startRun(world, target, { by: "renovate[bot]", sha: SHA, seconds: 60, conclusion: conclusion as never });
  startRun(world, target, { by: "ada", sha: SHA, event: "workflow_dispatch" });
  const one = await bench(await serve({ world }), pipelines({ jobs: "none" }));
  await one.collect();
  await one.model("2026-03-11T00:00:00Z", ["controls", "reports", "publish"]);
  const rows = await one.warehouse.rows("select conclusion, trigger, actor, service from model.pipeline_run order by native_id::bigint");
  const of = (conclusion: string | null) => ({ conclusion, trigger: "push", actor: "renovate[bot]", service: "one" });
  expect(rows).toEqual([
    ...["success", "success", "failure", "cancelled", "exploded"].map(of),
    { conclusion: null, trigger: "manual", actor: "ada", service: "one" },
  ]);
  expect(await one.warehouse.rows("select subject, rows from expectations.pipeline_conclusion_is_known")).toEqual([
    { subject: "github exploded", rows: 1 },
  ]);
});

test("a deployment names its run by the log of a status, or by its payload", async () => {
  const { world, target } = begin();
  const commit = push(world, target, { by: "ada", message: "More" });
  const by = (payload: string) => deploy(world, target, { by: "ada", environment: "production", commit, payload });
  const logged = by("{}");
  setStatus(world, logged, "IN_PROGRESS", { logUrl: "https://github.example.com/acme/service1/actions/runs/77/job/5" });
  setStatus(world, logged, "SUCCESS", { logUrl: "https://ci.example.com/9" });
  for (const payload of ['{"run_id":78}', '{"url":"https://github.example.com/acme/service1/actions/runs/79"}', '{"run_id":"R80"}'])
    setStatus(world, by(payload), "SUCCESS");
  const one = await bench(await serve({ world }));
  await one.collect();
  await one.model("2026-03-11T00:00:00Z");
  expect(await one.warehouse.rows("select pipeline_run from model.deployment order by native_id::bigint")).toEqual(
    ["77", "78", "79", null].map((pipeline_run) => ({ pipeline_run })),
  );
});

test("a renamed repository keeps its runs, and does not store them again", async () => {
  const set = begin();
  someRuns(set, 3);
  const github = await serve({ world: set.world });
  const one = await bench(github);
  await one.collect();
  rename(set.world, set.target, "service9");
  expect(streamOf(await one.collect(), "workflow_run")).toMatchObject({ stored: 0, deleted: 0 });
});
