import { describe, expect, test } from "vitest";
import { DEMO_TOKEN } from "../../fakes/github/index.ts";
import { push } from "../../fakes/github/world/commits.ts";
import { deploy, setStatus } from "../../fakes/github/world/deployments.ts";
import { merge, openPullRequest } from "../../fakes/github/world/pull-requests.ts";
import { checks } from "../../fakes/github/world/runs.ts";
import { begun } from "../../fakes/github/world/scenarios.ts";
import { World } from "../../fakes/github/world/world.ts";
import { said } from "../bench.ts";
import { bench, serve } from "./support.ts";

const OPTIONS = { organisations: ["acme"], checks: "pull_requests" };

function begin() {
  const world = new World("2026-03-01T08:00:00Z");
  return { world, target: begun(world, "acme/service1") };
}

/** A pull request whose head was checked, and then merged. */
function mergedOne({ world, target }: ReturnType<typeof begin>, names: readonly string[], about: Parameters<typeof checks>[3] = {}) {
  const pull = openPullRequest(world, target, { by: "ada", title: "Change" });
  const head = pull.commits.at(-1);
  if (!head) throw new RangeError("no commit");
  const suite = checks(world, head, names, about);
  merge(world, pull, { by: "grace" });
  return { head, suite };
}

describe("checks of commits that were merged", () => {
  test("all of them, by app; of Actions how its jobs ended", async () => {
    const set = begin();
    const many = Array.from({ length: 35 }, (_, index) => `rule ${index}`);
    const { head } = mergedOne(set, many, { app: "sonarcloud", conclusion: "NEUTRAL" });
    checks(set.world, head, ["build", "lint"], { conclusion: "FAILURE" });
    const open = openPullRequest(set.world, set.target, { by: "ada", title: "Not yet" });
    checks(set.world, open.commits.at(-1) ?? head, ["rule 1"], { app: "sonarcloud" });
    const one = await bench(await serve({ world: set.world }), OPTIONS);
    await one.collect();
    await one.model("2026-04-01T00:00:00Z");
    expect(await one.warehouse.rows("select sha, app, conclusion, count(*) as n from staging.github_check_run group by all order by app")).toEqual([
      { sha: head.oid, app: "github-actions", conclusion: "failure", n: 2 },
      { sha: head.oid, app: "sonarcloud", conclusion: "neutral", n: 35 },
    ]);
    expect(await one.warehouse.rows("select subject, actor, outcome, count(*) as n, min(url) is null as has_no_page from model.evidence where kind = 'check' group by all order by actor")).toEqual([
      { subject: head.oid, actor: "github-actions", outcome: "failure", n: 1, has_no_page: true },
      { subject: head.oid, actor: "sonarcloud", outcome: "neutral", n: 35, has_no_page: false },
    ]);
  });

  test("what is under way is asked for again, and what is over and old is not", async () => {
    const set = begin();
    const { suite } = mergedOne(set, ["scan"], { app: "scanner" });
    const [scan] = suite.runs;
    if (!scan) throw new RangeError("no check");
    Object.assign(scan, { status: "IN_PROGRESS", conclusion: null, completedAt: null });
    const github = await serve({ world: set.world });
    const one = await bench(github, { ...OPTIONS, deployment_window: "1h" });
    await one.collect();
    github.advanceTo("2026-03-10T08:00:00Z");
    Object.assign(scan, { status: "COMPLETED", conclusion: "SUCCESS", completedAt: set.world.now });
    mergedOne(set, ["scan"], { app: "scanner" });
    await one.collect();
    expect(await one.warehouse.rows("select payload ->> '$.statusCheckRollup.state' as state, count(*) as n from raw.current where stream = 'check_run' group by all")).toEqual([
      { state: "SUCCESS", n: 2 },
    ]);
    // A check of the young one runs again; of the old one nobody asks.
    Object.assign(scan, { conclusion: "FAILURE" });
    const report = await one.collect();
    expect(report.streams.find(({ stream }) => stream === "check_run")).toMatchObject({ stored: 0, unchanged: 1 });
  });

  test("cost 0.02 points each, and nothing where nobody wants them", { timeout: 60_000 }, async () => {
    const set = begin();
    for (let index = 0; index < 100; index += 1) mergedOne(set, ["scan"], { app: "scanner" });
    const github = await serve({ world: set.world });
    await (await bench(github)).collect();
    expect(github.counts().byName["PullRequestChecks"]).toBeUndefined();
    github.resetCounts();
    await (await bench(github, OPTIONS)).collect();
    const { byName, pointsByName } = github.counts();
    expect([byName["PullRequestChecks"], pointsByName["PullRequestChecks"]]).toEqual([2, 2]);
  });
});

test("checks of commits that were deployed, where all are wanted", async () => {
  const { world, target } = begin();
  const commit = push(world, target, { by: "ada", message: "Straight to main" });
  checks(world, commit, ["scan"], { app: "scanner" });
  checks(world, push(world, target, { by: "ada", message: "Not deployed" }), ["scan"], { app: "scanner" });
  setStatus(world, deploy(world, target, { by: "ada", environment: "production", commit }), "SUCCESS");
  const github = await serve({ world });
  const few = await bench(github, OPTIONS);
  await few.collect();
  const all = await bench(github, { ...OPTIONS, checks: "all" });
  await all.collect();
  const shas = "select split_part(key, ':', 2) as sha from raw.current where stream = 'check_run'";
  expect([await few.warehouse.rows(shas), await all.warehouse.rows(shas)]).toEqual([[], [{ sha: commit.oid }]]);
});

test("without the permission nothing counts as unchecked, and the way out is said", async () => {
  const set = begin();
  mergedOne(set, ["scan"], { app: "scanner" });
  const permissions = { contents: "read", issues: "read", pull_requests: "read", deployments: "read", actions: "read", administration: "read" } as const;
  const one = await bench(await serve({ world: set.world, tokens: [{ ...DEMO_TOKEN, kind: "fine-grained", permissions }] }), OPTIONS);
  const report = await one.collect();
  expect(report.streams.find(({ stream }) => stream === "check_run")).toMatchObject({ status: "failed", stored: 0 });
  expect(said(report)).toContain(
    'acme/service1: check_run: Resource not accessible by personal access token: give the token the permission "Checks: read" for it, which needs an App or a classic token, or say `checks: none`',
  );
});
