import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { makeRepository } from "../../support/git.ts";
import { CONFIG, DEPLOYMENTS, tinyWorld } from "./world.ts";

describe("collect", () => {
  test("says what it stored on stdout, and what it is doing on stderr", async () => {
    const world = tinyWorld();
    expect(await world.run("collect")).toEqual({
      code: 0,
      out: "Run 1\n  data deployment  4 new or changed, 0 unchanged (0.0 s)\n  data incident    1 new or changed, 0 unchanged (0.0 s)\n",
      err: [
        "data deployment: data/deployments.csv: 4 records, 0 rejected",
        "data deployment: 4 records so far",
        "data incident: data/incidents.csv: 1 record, 0 rejected",
        "data incident: 1 record so far",
        "",
      ].join("\n"),
    });
  });

  test("with nothing new stores nothing", async () => {
    const world = tinyWorld();
    await world.run("collect");
    expect((await world.run("collect")).out).toContain("data deployment  0 new or changed, 0 unchanged");
    expect(await world.inside((warehouse) => warehouse.rows("select count(*) as n from raw.batch"))).toEqual([{ n: 2 }]);
  });

  test("files and a git clone", async () => {
    const world = tinyWorld({
      config: `${CONFIG}  code:\n    collector: git\n    repositories:\n      - { path: clone, repository: api, releases: [{ tags: "v{version}", service: api }] }\n`,
    });
    await makeRepository(world.path("clone"), [
      { commit: "first", at: "2026-03-01T09:00:00Z" },
      { tag: "v2.0.0", of: "first", at: "2026-03-02T09:00:00Z" },
    ]);
    expect((await world.run("collect")).code).toBe(0);
    expect(await world.json("query", "select service, version from staging.git_release")).toEqual([{ service: "api", version: "2.0.0" }]);
    expect(await world.json("query", "select version from model.wave where service = 'api' order by live_at")).toEqual(
      ["1.0.0", "1.1.0", "2.0.0"].map((version) => ({ version })),
    );
  });

  test("says each step once: a page that brings nothing is no step", async () => {
    const world = tinyWorld({
      config: "organisation: Tiny\nsources:\n  code: { collector: git, repositories: [{ path: clone }] }\n",
    });
    await makeRepository(world.path("clone"), [{ commit: "first" }]);
    expect((await world.run("collect")).err).toBe("code ref: 1 record so far\ncode commit: 1 record so far\n");
  });

  test("one source of several", async () => {
    const world = tinyWorld({ config: `${CONFIG}  more:\n    collector: files\n    files: [{ path: more.csv, entity: deployment }]\n` });
    world.write("more.csv", "id,service,environment,finished_at,status\nm1,api,production,2026-03-01T10:00:00Z,success\n");
    expect((await world.run("collect", "--source", "more")).out).toBe("Run 1\n  more deployment  1 new or changed, 0 unchanged (0.0 s)\n");
    expect((await world.run("collect", "-s", "data", "-s", "more")).out).toMatch(/data deployment {2}4 new .*\n.*data incident.*\n.*more deployment/);
  });

  test("a file that is not there leaves the other sources, and ends with 2", async () => {
    const world = tinyWorld({ config: `${CONFIG}  more:\n    collector: files\n    files: [{ path: more.csv, entity: deployment }]\n` });
    world.write("data/incidents.csv", "id,service,started_at\n");
    const { code, out } = await world.run("collect");
    expect(code).toBe(2);
    expect(out).toContain("data deployment  4 new or changed");
    expect(out).toMatch(/more deployment {2}failed: more\.csv: no such file in .*; correct `path`, or put the file there\n/);
  });

  test("each of several rejected rows is said with its reason, and rows that are taken out of a file are said to stay", async () => {
    const world = tinyWorld();
    const bad = Array.from({ length: 11 }, (_, index) => `b${index},api,${index === 0 ? "2026-02-31" : "yesterday"}\n`).join("");
    world.write("data/incidents.csv", `id,service,started_at\n${bad}`);
    const { out } = await world.run("collect");
    expect(out).toMatch(/rejected: data\/incidents\.csv:2: started_at: .*2026-02-31/);
    expect(out.match(/ {2}rejected: /g)).toHaveLength(10);
    expect(out).toContain("  and 1 more\n  11 rejected rows are kept");
    world.write("data/deployments.csv", DEPLOYMENTS.split("\n").slice(0, 3).join("\n") + "\n");
    expect((await world.run("collect")).out).toContain(
      "warning: data: data/deployments.csv: 2 records no longer in it stay and count (mode: append); with `mode: snapshot` what is taken out goes",
    );
  });

  test("rejected rows end with 1 and can be looked at as it says", async () => {
    const world = tinyWorld();
    world.write("data/incidents.csv", "id,service,started_at\ni1,api,2026-02-05T11:00:00Z\ni2,api,yesterday\n");
    const { code, out } = await world.run("collect");
    expect(code).toBe(1);
    const command = /`quarterdeck (.*)`/.exec(out)?.[1] ?? "";
    expect(await world.json(...command.split(" "))).toMatchObject([{ file: "data/incidents.csv", line: 3, column_name: "started_at" }]);
    world.write("data/incidents.csv", "id,service,started_at\ni1,api,2026-02-05T11:00:00Z\n");
    expect((await world.run("collect")).code).toBe(0);
    expect(await world.inside((warehouse) => warehouse.rows("from raw.current_rejected_row"))).toEqual([]);
  });

  test("files that come one after the other end like files that come at once", async () => {
    const late = "id,service,environment,finished_at,status\nd5,api,production,2026-03-10T10:00:00Z,success\nd1,api,production,2026-01-06T10:00:00Z,success\n";
    const once = tinyWorld();
    once.write("data/deployments-2.csv", late);
    await once.run("collect");
    const twice = tinyWorld();
    await twice.run("collect");
    twice.write("data/deployments-2.csv", late);
    await twice.run("collect");
    const state = "select stream, key, payload::varchar as payload from raw.current order by stream, key";
    const [one, two] = [once, twice].map((world) => world.inside((warehouse) => warehouse.rows(state)));
    expect(await two).toEqual(await one);
  });
});

test("--max-points bounds nothing that counts no points, and says so", async () => {
  const { code, out } = await tinyWorld().run("collect", "--max-points", "5");
  expect(code).toBe(0);
  expect(out).toContain("\n  warning: data: counts no points, so --max-points does not bound it\n");
});

describe("collect --dry-run", () => {
  test("makes no database", async () => {
    const world = tinyWorld();
    const before = readdirSync(world.folder);
    const { code, out, err } = await world.run("collect", "--dry-run");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^data \(files\)\n {2}data\/deployments\.csv, deployment, .*, new\n[^]*Nothing was read: this was a dry run\.\n$/);
    expect(readdirSync(world.folder)).toEqual(before);
  });

  test("says what is new since the last run, and changes nothing", async () => {
    const world = tinyWorld();
    await world.run("collect");
    world.write("data/incidents.csv", "id,service,started_at\n");
    const before = readFileSync(world.path("quarterdeck.duckdb"));
    const { out } = await world.run("collect", "--dry-run");
    expect(out).toMatch(/deployments\.csv.*, unchanged\n.*incidents\.csv.*, changed\n/);
    expect(readFileSync(world.path("quarterdeck.duckdb")).equals(before)).toBe(true);
  });
});

describe("what cannot be collected is said before a database is made", () => {
  test.each([
    ["a name that is nearly one", ["collect", "-s", "dta"], 'there is no source "dta"; did you mean `data`?'],
    ["a name that is none", ["collect", "-s", "jira"], 'there is no source "jira"; quarterdeck.yaml has: data'],
    ["points that are no number", ["collect", "--max-points", "many"], '--max-points: expected a number from 1, such as 1000, found "many"'],
    ["in a dry run", ["collect", "--dry-run", "-s", "jira"], 'there is no source "jira"; quarterdeck.yaml has: data'],
  ])("%s", async (_, args, message) => {
    const world = tinyWorld();
    expect(await world.run(...args)).toEqual({ code: 2, out: "", err: `quarterdeck: ${message}\n` });
    expect(existsSync(world.path("quarterdeck.duckdb"))).toBe(false);
  });

  test("no source at all", async () => {
    const world = tinyWorld({ config: "organisation: Tiny\n" });
    expect(await world.run("collect")).toEqual({
      code: 2,
      out: "",
      err: "quarterdeck: quarterdeck.yaml has no sources: add one under `sources`, or let `quarterdeck init` write one\n",
    });
    expect(existsSync(world.path("quarterdeck.duckdb"))).toBe(false);
  });
});
