import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { main } from "../../src/cli/main.ts";
import { openWarehouse } from "../../src/warehouse/open.ts";
import { makeRepository } from "../support/git.ts";
import { CONFIG, DEPLOYMENTS, temporaryFolder, tinyWorld, World } from "./commands/world.ts";
import { recordedEffects } from "./effects.ts";

interface Report {
  readonly code: number;
  readonly checks: readonly {
    readonly section: string;
    readonly status: string;
    readonly subject: string;
    readonly message: string;
    readonly remedy: string | null;
    readonly line_to_add: string | null;
  }[];
}

async function doctor(world: World, env: Readonly<Record<string, string>> = {}): Promise<Report> {
  const effects = recordedEffects(world.folder);
  const code = await main(["doctor", "--json"], {
    ...effects,
    env: { ...effects.env, ...env },
    now: () => world.now,
  });
  if (effects.printed.err !== "") throw new Error(effects.printed.err);
  return { code, checks: (JSON.parse(effects.printed.out) as Report).checks };
}

/** `status subject: message` of a section, where something is wrong. */
const wrong = ({ checks }: Report, section: string) =>
  checks
    .filter((check) => check.section === section && check.status !== "ok")
    .map(({ status, subject, message }) => `${status} ${subject}: ${message}`);

const all = ({ checks }: Report) =>
  checks.map(({ status, subject, message }) => `${status} ${subject}: ${message}`);

describe("before anything was collected", () => {
  test("no configuration at all", async () => {
    const report = await doctor(new World(temporaryFolder()));
    expect(report.code).toBe(1);
    expect(wrong(report, "configuration")).toEqual([
      "problem quarterdeck.yaml: there is no quarterdeck.yaml; `quarterdeck init` makes one",
    ]);
    expect(report.checks.map(({ section }) => section)).not.toContain("database");
  });

  test("a broken configuration: every problem with its line, and what else can be looked at", async () => {
    const world = tinyWorld({ config: "organisation: Tiny\ntime_zone: Mars\nservice: {}\n" });
    const report = await doctor(world, { NODE_TLS_REJECT_UNAUTHORIZED: "0" });
    expect(report.code).toBe(1);
    expect(wrong(report, "configuration")).toEqual([
      expect.stringMatching(/^problem quarterdeck\.yaml:2: time_zone: expected a time zone/) as string,
      "problem quarterdeck.yaml:3: service: unknown key; did you mean `services`?",
    ]);
    expect(wrong(report, "network")).toHaveLength(1);
  });

  test("a sound one is healthy: warnings end with 0, and nothing is made", async () => {
    const world = tinyWorld();
    const before = readdirSync(world.folder);
    const report = await doctor(world);
    expect(report.code).toBe(0);
    expect(wrong(report, "database")).toEqual([
      expect.stringMatching(/not there: nothing was collected yet$/) as string,
    ]);
    expect(all(report)).toContain(
      "ok data: deployment: 1 file, the newest less than a day old (data/deployments.csv)",
    );
    expect(readdirSync(world.folder)).toEqual(before);
  });

  test("files that are not there, with the name that was meant", async () => {
    const world = tinyWorld({ config: CONFIG.replace("data/incident*.csv", "data/incident.csv") });
    const report = await doctor(world);
    expect(report.code).toBe(1);
    expect(report.checks.find(({ subject }) => subject === "data: data/incident.csv")).toMatchObject({
      status: "problem",
      message: "no file of incident is there",
      remedy: "put the file there, or correct `path`; did you mean `incidents.csv`?",
    });
  });

  test("a git source", async () => {
    const world = tinyWorld({
      config: `${CONFIG}  code:\n    collector: git\n    repositories:\n      - { path: clone, repository: api, releases: [{ tags: "release/{version}", service: api }] }\n`,
    });
    await makeRepository(world.path("clone"), [{ commit: "first" }, { tag: "v1.0.0", of: "first" }]);
    const report = await doctor(world);
    expect(wrong(report, "sources")).toEqual([
      "problem code: api: no tag fits release/{version}, so api has no releases",
    ]);
    expect(report.checks.some(({ section, subject }) => section === "versions" && subject === "git")).toBe(
      true,
    );
  });
});

describe("output and queries", () => {
  test.each([
    ["output: .", "`output` holds quarterdeck.yaml, which would be published with the site"],
    ["output: data", "`output` holds data, which would be published with the site"],
    ["output: data/deployments.csv", "`output` is a file, where the site needs a folder"],
  ])("%s", async (line, message) => {
    const report = await doctor(tinyWorld({ config: `${CONFIG}\n${line}\n` }));
    expect(wrong(report, "configuration")).toEqual([expect.stringContaining(message) as string]);
  });

  test("a site that would be collected", async () => {
    const config = `${CONFIG.replace("data/incident*.csv", "in/**/*.csv")}\noutput: in/site\n`;
    expect(wrong(await doctor(tinyWorld({ config })), "configuration")[0]).toContain(
      "`output` lies where in/**/*.csv is read from",
    );
  });

  test("local rules are listed, one that replaces is named", async () => {
    const world = tinyWorld();
    const header = "/*\ntitle: Mine\n*/\n";
    world.write("queries/model/team.sql", `${header}select 'x' as team, 'x' as title`);
    world.write("queries/model/mine.sql", `${header}select team from model.team`);
    const report = await doctor(world);
    expect(wrong(report, "configuration")).toEqual([
      expect.stringMatching(
        /^warning model\/team\.sql \(local rule\): replaces model\.team, SHA-256 [0-9a-f]{12}$/,
      ) as string,
    ]);
    expect(all(report)).toContainEqual(
      expect.stringMatching(/^ok model\/mine\.sql \(local rule\): adds model\.mine/),
    );
    world.write("queries/model/mine.sql", `${header}select team from model.nothing`);
    expect(wrong(await doctor(world), "configuration")).toEqual([
      expect.stringContaining("reads model.nothing, which no query makes") as string,
    ]);
  });
});

describe("the database", () => {
  test("after a sound collection", async () => {
    const world = tinyWorld();
    await world.run("collect");
    const before = readFileSync(world.path("quarterdeck.duckdb"));
    const report = await doctor(world);
    expect(wrong(report, "database")).toEqual([]);
    expect(all(report)).toContain(
      "ok data: last collected 0 minutes ago; goes on from where deployment, incident stopped",
    );
    expect(readFileSync(world.path("quarterdeck.duckdb")).equals(before)).toBe(true);
  });

  test("that others can read, with what a killed run left", async () => {
    const world = tinyWorld();
    await world.run("collect");
    await world.inside((warehouse) => warehouse.run("update raw.run set status = 'running'"), "write");
    chmodSync(world.path("quarterdeck.duckdb"), 0o644);
    world.write("quarterdeck.duckdb.tmp/duckdb_temp_storage_DEFAULT-0.tmp", "spilled");
    chmodSync(world.path("quarterdeck.duckdb.tmp"), 0o700);
    const report = await doctor(world);
    const path = world.path("quarterdeck.duckdb");
    expect(wrong(report, "database")).toEqual([
      "warning run 1: was cut short; what it stored is whole",
      `problem ${path}: others than its owner can get at it`,
      `warning ${path}.tmp: a run was killed and left temporary files`,
    ]);
    expect(
      report.checks.find(({ subject, status }) => subject === path && status === "problem")?.remedy,
    ).toBe(`chmod 600 ${path}`);
    await world.run("collect");
    expect(existsSync(`${path}.tmp`)).toBe(false);
    expect(wrong(await doctor(world), "database")).toEqual([]);
  });

  test("that another process holds: who it is, and the rest is looked at", async () => {
    const world = tinyWorld();
    await world.run("collect");
    const holder = await writer(world);
    const report = await doctor(world);
    expect(wrong(report, "database")).toEqual([
      `warning ${world.path("quarterdeck.duckdb")}: is in use by another process (PID ${holder.pid ?? 0})`,
    ]);
    expect(wrong(report, "mapping")).toEqual(["warning data: nothing to compare with the configuration"]);
    expect(report.code).toBe(0);
  });

  test("whose writer was killed: the log that it left is read and never touched", async () => {
    const world = tinyWorld();
    await world.run("collect");
    const holder = await writer(world);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    const log = world.path("quarterdeck.duckdb.wal");
    const before = readFileSync(log);
    const report = await doctor(world);
    expect(wrong(report, "database")).toEqual([
      "warning run 7: was cut short; what it stored is whole",
      `warning ${log}: a run was cut short and left its log`,
    ]);
    expect(readFileSync(log).equals(before)).toBe(true);
  });

  test("that is none", async () => {
    const world = tinyWorld();
    writeFileSync(world.path("quarterdeck.duckdb"), "x".repeat(5000), { mode: 0o600 });
    const report = await doctor(world);
    expect(report.code).toBe(1);
    expect(wrong(report, "database")).toEqual([
      expect.stringMatching(/is damaged or is not a Quarterdeck database$/) as string,
    ]);
  });
});

/** Another process that began a run in the database of a world and keeps it open. */
async function writer(world: World) {
  const open = join(import.meta.dirname, "../../src/warehouse/open.ts");
  const args = ["--input-type=module", "-e", HOLD, open, world.path("quarterdeck.duckdb")];
  const holder = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void holder.kill());
  await once(holder.stdout, "data");
  return holder;
}

const HOLD = `
  const { openWarehouse } = await import(process.argv[1]);
  const warehouse = await openWarehouse(process.argv[2], { mode: "write" });
  await warehouse.run("insert into raw.run values (7, timestamptz '2026-04-01 00:00:00+00', null, 'running', 'test')");
  console.log("open");
  process.stdin.resume();
`;

describe("freshness", () => {
  test("a failed run, a source never collected, one that is gone, and one that nobody collects any more", async () => {
    const world = tinyWorld({
      config: `${CONFIG}  more:\n    collector: files\n    files: [{ path: more.csv, entity: deployment }]\n`,
    });
    await world.run("collect");
    world.write(
      "quarterdeck.yaml",
      `${CONFIG}  other:\n    collector: files\n    files: [{ path: data/deployments.csv, entity: deployment }]\n`,
    );
    world.now = new Date("2026-04-20T00:00:00Z");
    const report = await doctor(world);
    expect(wrong(report, "sources")).toEqual([
      "warning data: last collected 19 days ago",
      "warning other: never collected",
    ]);
    world.write(
      "quarterdeck.yaml",
      `${CONFIG}  more:\n    collector: files\n    files: [{ path: more.csv, entity: deployment }]\n`,
    );
    expect(wrong(await doctor(world), "sources")).toContainEqual(
      expect.stringMatching(
        /^problem more: run 1 failed; last collected never to its end\ndeployment: more\.csv: no such file/,
      ),
    );
  });

  test("a source that was renamed: what it brought is in no figure", async () => {
    const world = tinyWorld();
    await world.run("collect");
    world.write("quarterdeck.yaml", world.read("quarterdeck.yaml").replace("  data:", "  renamed:"));
    expect(wrong(await doctor(world), "mapping")).toContain(
      "warning Source that is not configured any more: data: 5 records. They are kept, and in no figure while the source is not configured.",
    );
  });
});

describe("mapping", () => {
  test("what is unknown, with the line that makes it known: pasted, the gap is gone, without collecting again", async () => {
    const world = tinyWorld();
    world.write(
      "data/deployments.csv",
      `${DEPLOYMENTS}d9,"evil: # \u202e{x}",production,1.0.0,2026-03-04T10:00:00Z,success,\n`.replace(
        ",success,\n",
        ",success\n",
      ),
    );
    await world.run("collect");
    const report = await doctor(world);
    expect(report.code).toBe(1);
    const gap = report.checks.find(({ subject }) => subject.startsWith("Unknown service"));
    expect(gap).toMatchObject({ status: "problem", line_to_add: 'services:\n  "evil: # \\u202e{x}": {}' });
    const added = parse(gap?.line_to_add ?? "") as { services: object };
    const config = parse(CONFIG) as { services: object };
    world.write(
      "quarterdeck.yaml",
      JSON.stringify({ ...config, services: { ...config.services, ...added.services } }),
    );
    const after = await doctor(world);
    expect(after.checks.some(({ subject }) => subject.startsWith("Unknown service"))).toBe(false);
  });

  test("text for a person: hostile names cannot speak to the terminal, and the last line counts", async () => {
    const world = tinyWorld();
    world.write(
      "data/deployments.csv",
      `${DEPLOYMENTS}d9,"\u001b[2Jred\u202e",production,1.0.0,2026-03-04T10:00:00Z,success\n`,
    );
    await world.run("collect");
    const { code, out } = await world.run("doctor");
    expect(code).toBe(1);
    expect(out).toContain("  problem  Unknown service: \uFFFD[2Jred\uFFFD: 1 record. They are in no metric");
    expect(out).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
    expect(out).toMatch(/\n\n1 problem, \d+ warnings?\.\n$/);
  });
});

test("temporary files that are not the database's stay", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "quarterdeck.duckdb");
  mkdirSync(`${path}.tmp`);
  writeFileSync(join(`${path}.tmp`, "mine.txt"), "keep");
  (await openWarehouse(path, { mode: "write" })).close();
  expect(readdirSync(`${path}.tmp`)).toEqual(["mine.txt"]);
});
