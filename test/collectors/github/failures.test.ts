import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openWarehouse } from "../../../src/warehouse/open.ts";
import { DEMO_TOKEN } from "../../fakes/github/index.ts";
import type { Fault } from "../../fakes/github/server/faults.ts";
import { begun, manyCommits, manyReviews } from "../../fakes/github/world/scenarios.ts";
import { later, World } from "../../fakes/github/world/world.ts";
import { setStatus, deploy } from "../../fakes/github/world/deployments.ts";
import { deleteIssue, openIssue } from "../../fakes/github/world/pull-requests.ts";
import { BIN, runProcess } from "../../support/process.ts";
import { outcomes, said } from "../bench.ts";
import { bench, configured, serve } from "./support.ts";

function small(): World {
  const world = new World("2026-01-05T08:00:00Z");
  const target = begun(world, "acme/service1");
  setStatus(world, deploy(world, target, { by: "ada", environment: "production" }), "SUCCESS");
  begun(world, "acme/service2");
  return world;
}

describe("what cannot be read is said, and the rest is there", () => {
  test("a wrong token", async () => {
    const github = await serve({ world: small(), tokens: [] });
    const one = await bench(github);
    const report = await one.collect();
    expect(new Set(outcomes(report).map((line) => line.split(" ")[1]))).toEqual(new Set(["failed"]));
    expect(said(report)).toContain("the token in GITHUB_TOKEN is not accepted: it is wrong, expired or revoked; make a new one");
  });

  test("no such organisation, beside one that is there", async () => {
    const github = await serve({ world: small() });
    const one = await bench(github, { organisations: ["acme", "nobody"] });
    const report = await one.collect();
    expect(said(report)).toContain("there is no organisation or user nobody, or the token may not see it: correct the name");
    expect(await one.warehouse.rows("select count(*) as n from raw.current where stream = 'deployment'")).toEqual([{ n: 1 }]);
  });

  test("a permission that is missing fails its stream and names itself; the others go on", async () => {
    const permissions = { contents: "read", issues: "read", pull_requests: "read", actions: "read", administration: "read" } as const;
    const token = { ...DEMO_TOKEN, kind: "fine-grained", permissions } as const;
    const github = await serve({ world: small(), tokens: [token] });
    const report = await (await bench(github)).collect();
    expect(outcomes(report).filter((line) => line.endsWith("failed"))).toEqual(["deployment failed"]);
    expect(said(report)).toContain(
      'acme/service1: deployment: Resource not accessible by personal access token: give the token the permission "Deployments: read" for it',
    );
  });

  test("a field that this GitHub does not have", async () => {
    const github = await serve({ world: small() });
    const one = await bench({ url: `${github.url}/nowhere` });
    expect(said(await one.collect())).toContain("Is url the address of the API?");
  });

  test("the page gets smaller until GitHub can answer, and nothing is left out", async () => {
    const world = new World("2026-01-05T08:00:00Z");
    const target = begun(world, "acme/service1");
    manyReviews(world, target);
    manyCommits(world, target);
    const github = await serve({ world, heavy: { nodes: 600, answer: "bad-gateway" } });
    const one = await bench(github);
    await one.collect();
    const counts = "json_array_length(payload, '$.reviews.nodes') as reviews, json_array_length(payload, '$.commits.nodes') as commits";
    expect(await one.warehouse.rows(`select ${counts} from raw.current where stream = 'pull_request' order by reviews`)).toEqual([
      { reviews: 0, commits: 250 },
      { reviews: 130, commits: 1 },
    ]);
  });

  test("waits as long as GitHub asks, and leaves the reserve to others", async () => {
    const faults = [{ fault: { kind: "secondary-limit", retryAfter: 7 } as Fault, of: "DeploymentHeads" }];
    const github = await serve({ world: small(), faults, tokens: [{ ...DEMO_TOKEN, pointsPerHour: 8 }] });
    const one = await bench(github, { organisations: ["acme"], reserve: 2 });
    await one.collect();
    expect(one.waits[0]).toBe(7);
    // The hour of the fake does not pass by itself: each wait is for its end.
    expect(one.waits.slice(1).every((seconds) => seconds > 3_000)).toBe(true);
  });

  test("max_points ends a run, and the next goes on", async () => {
    const github = await serve({ world: small() });
    const one = await bench(github, { organisations: ["acme"], max_points: 3 });
    expect(said(await one.collect())).toContain("stopped after 3 points, as max_points says: the next run goes on from here");
  });
});

describe("records that are gone", () => {
  test("an issue that was deleted long after it was last looked at", async () => {
    const world = small();
    const target = world.repository("acme/service1");
    if (!target) throw new RangeError("no repository");
    const first = openIssue(world, target, { by: "ada", title: "Broken" });
    for (let index = 0; index < 30; index += 1) openIssue(world, target, { by: "ada", title: "Later", at: later(world.now, 3_600 * (index + 1)) });
    const github = await serve({ world });
    const one = await bench(github);
    await one.collect();
    deleteIssue(world, first);
    const report = await one.collect();
    expect(report.streams.find(({ stream }) => stream === "issue")).toMatchObject({ status: "completed", deleted: 1 });
    github.resetCounts();
    await one.collect();
    expect(github.counts().byName["IssueIds"]).toBeUndefined();
  });
});

/** Runs a command in a process of its own. */
const run = (folder: string, args: readonly string[]) =>
  runProcess([BIN, ...args], { folder, env: { GITHUB_TOKEN: DEMO_TOKEN.token } });

test("doctor asks with the token, and says what is wrong without one", { timeout: 60_000 }, async () => {
  const github = await serve({ world: small() });
  const { folder } = configured(github);
  const { printed } = await run(folder, ["doctor"]);
  expect(printed).toContain("the token is accepted and sees acme/service1, acme/service2");
  writeFileSync(
    join(folder, "quarterdeck.yaml"),
    readFileSync(join(folder, "quarterdeck.yaml"), "utf8").replace("GITHUB_TOKEN", "NOT_SET"),
  );
  const without = await run(folder, ["doctor"]);
  expect(without.printed).toContain("the environment variable NOT_SET is not set");
  expect(without.code).toBe(1);
});

test("the token is found nowhere", { timeout: 120_000 }, async () => {
  const github = await serve({ world: small() });
  const { folder } = configured(github);
  const faults: Fault[] = [
    { kind: "redirect-away" },
    { kind: "unauthorized" },
    { kind: "not-found" },
  ];
  let printed = "";
  for (const fault of faults) {
    github.inject([{ fault, of: "Environments", times: 1 }]);
    const { code, printed: text } = await run(folder, ["collect"]);
    expect(code).toBe(2);
    printed += text;
  }
  github.inject([]);
  for (const args of [["collect"], ["collect", "--dry-run"], ["doctor"], ["query", "current_rejected_row"]])
    printed += (await run(folder, args)).printed;
  expect(printed).toContain("where the token must not go");
  expect(github.strayed).toEqual([]);
  expect(printed).not.toContain(DEMO_TOKEN.token);
  expect(readFileSync(join(folder, "quarterdeck.duckdb")).includes(DEMO_TOKEN.token)).toBe(false);
  const warehouse = await openWarehouse(join(folder, "quarterdeck.duckdb"), { mode: "read" });
  const tables = await warehouse.rows<{ name: string }>(
    "select table_schema || '.' || table_name as name from information_schema.tables where table_type = 'BASE TABLE'",
  );
  for (const { name } of tables) {
    const found = await warehouse.rows(`select 1 from ${name} as t where contains(t::varchar, ?)`, [DEMO_TOKEN.token]);
    expect(found, name).toEqual([]);
  }
  warehouse.close();
});
