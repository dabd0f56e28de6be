import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { main } from "../../../src/cli/main.ts";
import type { Effects } from "../../../src/effects.ts";
import type { Health } from "../../../src/schedule/health.ts";
import { makeRepository } from "../../support/git.ts";
import { recordedEffects } from "../effects.ts";
import { CONFIG, DEPLOYMENTS, tinyWorld, type World } from "./world.ts";

const scheduled = (schedule: string, config = CONFIG) => `schedule: ${schedule}\n${config}`;
const QUIET = '{ default: "0 * * * *", build: false }';

const ONE_FILE = "organisation: Tiny\nsources:\n  data: { collector: files, files: [{ path: data/deployments.csv, entity: deployment }] }\n";

const health = (world: World) => JSON.parse(world.read("quarterdeck-health.json")) as Health;
const runs = (world: World) => world.inside((warehouse) => warehouse.rows("select run_id, status from raw.run order by run_id"));

/** Runs a command with effects of one's own. */
async function runWith(world: World, args: readonly string[], more: Partial<Effects>) {
  const effects = recordedEffects(world.folder);
  const code = await main(args, { ...effects, now: () => world.now, ...more });
  return { code, ...effects.printed };
}

describe("schedule --once", () => {
  test("reads what is due, again when it is due again, and writes down how it went", async () => {
    const world = tinyWorld({ config: scheduled(QUIET) });
    const first = await world.run("schedule", "--once");
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining("Run 1\n  data deployment  4 new or changed") as string });
    world.now = new Date("2026-04-01T00:59:00Z");
    expect(await world.run("schedule", "--once")).toMatchObject({ code: 0, out: "", err: "2026-04-01T00:59:00.000Z nothing is due\n" });
    world.now = new Date("2026-04-01T01:00:00Z");
    expect((await world.run("schedule", "--once")).out).toContain("Run 2\n  data deployment  0 new or changed");
    expect(await runs(world)).toEqual([{ run_id: 1, status: "completed" }, { run_id: 2, status: "completed" }]);
    expect(health(world).sources).toEqual({
      data: {
        last_start: "2026-04-01T01:00:00.000Z",
        last_success: "2026-04-01T01:00:00.000Z",
        next_due: "2026-04-01T02:00:00.000Z",
        consecutive_failures: 0,
        last_message: null,
      },
    });
  });

  test("takes a collection by hand for what was due, and one that failed for none", async () => {
    const world = tinyWorld({ config: scheduled(QUIET, ONE_FILE) });
    await world.run("collect");
    expect((await world.run("schedule", "--once")).err).toContain("nothing is due");
    world.now = new Date("2026-04-01T01:00:00Z");
    rmSync(world.path("data/deployments.csv"));
    const wrong = await world.run("schedule", "--once");
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain("data: failed (1 in a row): deployment: ");
    expect((await world.run("schedule", "--once")).err).toContain("data: failed (2 in a row)");
    world.write("data/deployments.csv", DEPLOYMENTS);
    expect((await world.run("schedule", "--once")).code).toBe(0);
    expect(health(world).sources["data"]).toMatchObject({ consecutive_failures: 0, last_message: null });
  });

  test("each source at its own time, in the organisation's zone; those without one are left", async () => {
    const more = (name: string, schedule: string) =>
      `  ${name}:\n    collector: files\n${schedule}    files: [{ path: "data/deployments.csv", entity: deployment }]\n`;
    const config = `time_zone: Asia/Tokyo\nschedule: { build: false }\n${CONFIG}${more("morning", '    schedule: "0 9 * * *"\n')}${more("hourly", '    schedule: "30 * * * *"\n')}`;
    const world = tinyWorld({ config });
    await world.run("collect");
    // 09:00 in Tokyo is midnight in Greenwich.
    world.now = new Date("2026-04-01T23:59:59Z");
    expect((await world.run("schedule", "--once")).out).toMatch(/^Run 2\n {2}hourly deployment/);
    world.now = new Date("2026-04-02T00:00:00Z");
    expect((await world.run("schedule", "--once")).out).toMatch(/^Run 3\n {2}morning deployment/);
    expect(Object.keys(health(world).sources)).toEqual(["morning", "hourly"]);
  });

  test("when a source reads is no part of what is published", async () => {
    const world = tinyWorld({ controls: true, config: scheduled(QUIET) });
    await world.run("schedule", "--once");
    await world.run("metrics");
    const document = () => world.inside((warehouse) => warehouse.rows("select document::varchar as document from raw.configuration"));
    const before = await document();
    world.write("quarterdeck.yaml", CONFIG.replace("    collector: files\n", '    collector: files\n    schedule: "1 2 3 4 *"\n'));
    await world.run("metrics");
    expect(await document()).toEqual(before);
  });

  test("sends a notice of a failure; the address and tokens are printed nowhere", async () => {
    const world = tinyWorld({ config: scheduled('{ default: "0 * * * *", build: false, notice: { url: "${HOOK}" } }', ONE_FILE) });
    rmSync(world.path("data/deployments.csv"));
    const sent: unknown[] = [];
    const fetch: typeof globalThis.fetch = async (url, init) => {
      sent.push([url, JSON.parse(init?.body as string)]);
      return new Response(null, { status: 503 });
    };
    const env = { HOOK: "https://chat.example.com/hook-token" };
    const said = await runWith(world, ["schedule", "--once"], { env, fetch });
    expect(said.code).toBe(2);
    expect(sent).toEqual([[env.HOOK, expect.objectContaining({ organisation: "Tiny", source: "data", stream: "deployment" })]]);
    expect(said.err).toContain("the notice of this could not be sent: it was answered with status 503");
    expect(`${said.out}${said.err}${world.read("quarterdeck-health.json")}`).not.toContain("chat.example.com");
    expect(await runWith(world, ["schedule", "--once"], { env: { HOOK: "hook-token" } })).toMatchObject({
      code: 2,
      err: "quarterdeck: the environment variable HOOK holds no address such as https://chat.example.com/hook\n",
    });
  });
});

test("nothing to do is said", async () => {
  expect(await tinyWorld().run("schedule")).toMatchObject({ code: 2, err: expect.stringContaining("nothing is scheduled: write `schedule:") as string });
  const empty = tinyWorld({ config: `organisation: Tiny\nschedule: ${QUIET}\n` });
  expect(await empty.run("schedule", "--once")).toMatchObject({ code: 2, err: expect.stringContaining("has no sources") as string });
  expect((await tinyWorld().run("schedule", "--once", "--check-health", "1h")).err).toBe("quarterdeck: --once and --check-health exclude each other\n");
});

test("schedule --check-health: 1 when overdue, or when there is nothing to tell", async () => {
  const world = tinyWorld({ config: scheduled('{ default: "0 * * * *", build: false, notice: { url: "${HOOK}" } }') });
  expect(await world.run("schedule", "--check-health", "1h")).toMatchObject({ code: 1, err: expect.stringContaining("is no health file") as string });
  expect((await runWith(world, ["schedule", "--once"], { env: { HOOK: "https://example.com/" } })).code).toBe(0);
  world.now = new Date("2026-04-01T02:00:00Z");
  expect(await world.run("schedule", "--check-health", "1h")).toEqual({
    code: 0,
    out: "data: last read 2026-04-01T00:00:00.000Z; due 2026-04-01T01:00:00.000Z\n",
    err: "",
  });
  world.now = new Date("2026-04-01T02:00:01Z");
  expect(await world.run("schedule", "--check-health", "1h")).toMatchObject({ code: 1, out: expect.stringContaining("data: overdue;") as string });
  expect((await world.run("schedule", "--check-health", "soon")).err).toContain('--check-health: expected a length of time such as 2h or 30m, found "soon"');
});

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** `quarterdeck schedule` as a process of its own, and all that it said so far. */
function started(world: World, env: Readonly<Record<string, string>> = {}): { child: Child; said: () => string; ended: Promise<unknown[]> } {
  const bin = join(import.meta.dirname, "../../../bin/quarterdeck.js");
  const child = spawn(process.execPath, [bin, "schedule"], {
    ...{ cwd: world.folder, env: { PATH: process.env["PATH"], ...env }, stdio: ["ignore", "pipe", "pipe"] },
  });
  const ended = once(child, "close");
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
  return { child, said: () => said, ended };
}

/** Looks again and again; the test's time limit ends it. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await setTimeout(20);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("the process", () => {
  test("reads again and again, leaves the database to others between, and ends when asked to", async () => {
    const world = tinyWorld({ config: scheduled('{ default: "* * * * * *", build: false }') });
    const { child, said, ended } = started(world);
    await until(() => said().includes("Run 2\n"));
    expect(existsSync(world.path("quarterdeck-health.json"))).toBe(true);
    await until(async () => (await world.run("query", "select count(*) from raw.run")).code === 0);
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect(said().trimEnd().split("\n").at(-1)).toMatch(/Z was asked to end: ends$/);
    const { data } = health(world).sources;
    expect(data).toMatchObject({ consecutive_failures: 0, last_message: null });
    expect(Date.parse(data?.last_start ?? "")).toBeGreaterThan(0);
    expect(Date.parse(data?.last_success ?? "")).toBeGreaterThan(0);
    expect((await runs(world)).length).toBeGreaterThanOrEqual(2);
    expect(await world.run("verify")).toMatchObject({ code: 0 });
    expect(readFileSync(world.path("quarterdeck-health.json"), "utf8")).toMatch(/^\{\n {2}"format": "quarterdeck-health"/);
  });

  test("asked a second time, ends at once", async () => {
    const world = tinyWorld({
      config: "organisation: Tiny\nschedule: { default: '0 * * * *' }\nsources:\n  code: { collector: git, repositories: [{ path: clone }] }\n",
    });
    await makeRepository(world.path("clone"), [{ commit: "first" }]);
    world.write("bin/git", `#!/bin/sh\necho $$ > ${world.path("git.pid")}\nexec sleep 600\n`);
    chmodSync(world.path("bin/git"), 0o755);
    const { child, ended } = started(world, { PATH: `${world.path("bin")}:${process.env["PATH"] ?? ""}` });
    await until(() => existsSync(world.path("git.pid")) && world.read("git.pid") !== "");
    child.kill("SIGTERM");
    expect(await Promise.race([ended, setTimeout(500, "still there")])).toBe("still there");
    child.kill("SIGTERM");
    expect(await ended).toEqual([2, null]);
    await until(() => !isRunning(Number(world.read("git.pid"))));
  });

  test("waits for a database that another process holds, and says so once", async () => {
    const world = tinyWorld({ config: scheduled(QUIET) });
    await world.run("collect");
    const { child, said, ended } = await world.inside(async () => {
      const process = started(world);
      await until(() => process.said().includes("in use by another process"));
      return process;
    }, "write");
    child.kill("SIGINT");
    expect(await ended).toEqual([0, null]);
    expect(said().match(/in use by another process \(PID \d+\)/g)).toHaveLength(1);
  });
});
