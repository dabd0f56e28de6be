import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyChain } from "../../src/warehouse/verify.ts";
import { tinyWorld, type World } from "../cli/commands/world.ts";

const BIN = join(import.meta.dirname, "../../bin/quarterdeck.js");
const FILES = 6;
const KILLS = 4;

/** Pages enough that a kill hits a run in its middle, and newer versions of what earlier pages said. */
function populated({ keep = false, files = FILES } = {}): World {
  const world = tinyWorld({ keep });
  for (let file = 0; file < files; file += 1) {
    const rows = Array.from({ length: 25 }, (_, row) => {
      const day = String(1 + (row % 28)).padStart(2, "0");
      return `f${file % 4}-${row},api,production,${file}.${row},2026-01-${day}T10:00:00Z,success`;
    });
    const name = `data/deployments-${String(file).padStart(2, "0")}.csv`;
    world.write(name, ["id,service,environment,version,finished_at,status", ...rows].join("\n"));
  }
  return world;
}

/** Numbers from 0 to 1 that are the same in every run of the test. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Starts a collection and kills it some moments after it has said a number of lines. */
async function killedAfter(world: World, lines: number, milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, [BIN, "collect"], { cwd: world.folder, stdio: ["ignore", "ignore", "pipe"] });
  let said = 0;
  child.stderr.on("data", (text: Buffer) => {
    const before = said;
    said += text.toString().split("\n").length - 1;
    if (before < lines && said >= lines) setTimeout(() => child.kill("SIGKILL"), milliseconds);
  });
  const [, signal] = (await once(child, "close")) as [number | null, string | null];
  return signal === "SIGKILL";
}

const CURRENT = "select source, stream, key, payload::varchar as payload from raw.current order by source, stream, key";
const VERSIONS = `
  select source, stream, key, string_agg(payload::varchar, ' ' order by version) as payloads, max(version) = count(*) as is_gapless
  from raw.record group by source, stream, key order by source, stream, key`;

const stateOf = (world: World) =>
  world.inside(async (warehouse) => ({
    current: await warehouse.rows(CURRENT),
    versions: await warehouse.rows(VERSIONS),
    problems: (await verifyChain(warehouse)).problems,
  }));

let origin: World;
let clean: Awaited<ReturnType<typeof stateOf>>;

beforeAll(async () => {
  origin = populated({ keep: true });
  await origin.run("collect");
  clean = await stateOf(origin);
  expect(clean.problems).toEqual([]);
});

afterAll(() => origin.remove());

test("a collection killed at any moment goes on without loss or repetition", { timeout: 120_000 }, async () => {
  const next = random(20_260_101);
  const moments = Array.from({ length: KILLS }, () => ({ lines: 1 + Math.floor(next() * FILES * 2), milliseconds: Math.floor(next() * 12) }));
  const worlds = moments.map(() => populated());
  let killed = 0;
  // Two at a time, as many as there are processors on a small machine.
  for (let at = 0; at < KILLS; at += 2) {
    const pair = [at, at + 1].map((index) => killedAfter(worlds[index]!, moments[index]!.lines, moments[index]!.milliseconds));
    killed += (await Promise.all(pair)).filter(Boolean).length;
  }
  for (const world of worlds) {
    expect((await world.run("collect")).code).toBe(0);
    expect(await stateOf(world)).toEqual(clean);
  }
  // Those that were faster than the kill prove nothing.
  expect(killed).toBeGreaterThan(0);
});

test("what a killed run had stored can be looked at before the next one", async () => {
  // So many that no machine reads the rest of them while the word of the first few is on its way here.
  const world = populated({ files: 12 * FILES });
  expect(await killedAfter(world, 2, 0)).toBe(true);
  expect((await world.run("verify")).code).toBe(0);
  expect(await world.run("metrics")).toEqual({
    code: 2,
    out: "",
    err: "quarterdeck: no collection has ended yet: run `quarterdeck collect` first\n",
  });
  expect((await world.run("collect")).code).toBe(0);
  expect(await world.inside((warehouse) => warehouse.rows("select status from raw.run order by run_id"))).toEqual([
    { status: "interrupted" },
    { status: "completed" },
  ]);
});
