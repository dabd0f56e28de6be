import type { RunReport } from "../../../src/collect/report.ts";
import { Chance } from "../../support/chance.ts";
import { JUMPS, jumping } from "../clock.ts";
import { current, expectSame, expectSound } from "../same.ts";
import type { AtEnd, Scenario } from "../scenario.ts";
import { type Bench, bench, configured } from "./bench.ts";
import type { Options } from "./collector.ts";
import { FAULTS, type Server, serve } from "./server.ts";
import { HAPPENINGS, REPOSITORIES, World } from "./world.ts";

const BREAKS = ["throws", "cannot be stored"] as const;
const COURSES = [
  "a run that fails",
  "a stream that is not read",
  "a run from where it stopped",
  "other options",
  "a change between two pages",
] as const;

/** The model is made of what is current, so that one look in so many is enough. */
const MODEL_EVERY = 10;

/** One source through every way in which a collection can break off, in this process. */
export const runner: Scenario = {
  name: "runner",
  seeds: { test: [3, 8, 10, 20, 24], soak: 300 },
  kinds: [...JUMPS, ...HAPPENINGS, ...FAULTS, ...BREAKS, ...COURSES],
  run,
};

async function run(seed: number, atEnd: AtEnd): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const chance = new Chance(seed);
  const world = new World(new Chance(seed + 1_000_000), seen);
  world.happen(chance.whole(5, 30));
  const { server, close } = await serve(world, chance);
  atEnd(close);
  const folder = configured(atEnd);
  const changing = await bench(folder, atEnd);
  const options = await interleave({ seed, chance, world, server, seen }, changing);
  world.settle();
  expectWhole(await changing.collect(options));
  const clean = await bench(folder, atEnd);
  expectWhole(await clean.collect(options));
  await expectSound(changing.warehouse);
  expectSame(await current(changing.warehouse), await current(clean.warehouse));
  if (seed % MODEL_EVERY === 0) expectSame(await changing.model(world.now), await clean.model(world.now));
  return seen;
}

interface Course {
  readonly seed: number;
  readonly chance: Chance;
  readonly world: World;
  readonly server: Server;
  readonly seen: Set<string>;
}

/** Runs between changes, each as it comes. Returns the options of the last, with which nothing goes wrong. */
async function interleave({ seed, chance, world, server, seen }: Course, changing: Bench): Promise<Options> {
  const whole = { url: server.url, size: chance.whole(3, 8), breaks: () => undefined };
  const now = jumping(
    () => new Date(world.now),
    new Chance(seed + 2_000_000),
    (kind) => seen.add(kind),
  );
  let options: Options = { ...whole, repositories: REPOSITORIES };
  for (let rounds = chance.whole(2, 5); rounds > 0; rounds -= 1) {
    server.faults = chance.whole(0, 25);
    server.isMoving = chance.percent(50);
    const often = chance.whole(0, 10);
    noteCourse(await changing.collect({ ...options, breaks: () => breaks(chance, often, seen) }, now), seen);
    world.happen(chance.whole(0, 15));
    if (chance.percent(80)) continue;
    options = { ...whole, repositories: REPOSITORIES.slice(chance.whole(0, 2)), size: chance.whole(3, 8) };
    seen.add("other options");
  }
  server.faults = 0;
  server.isMoving = false;
  return options;
}

function breaks(chance: Chance, often: number, seen: Set<string>) {
  const how = chance.percent(often) ? chance.one(BREAKS) : undefined;
  if (how !== undefined) seen.add(how);
  return how;
}

function noteCourse({ runId, streams }: RunReport, seen: Set<string>): void {
  const statuses = streams.map(({ status }) => status);
  if (statuses.includes("failed")) seen.add("a run that fails");
  if (statuses.includes("skipped")) seen.add("a stream that is not read");
  if (runId > 1) seen.add("a run from where it stopped");
}

export function expectWhole({ streams }: RunReport): void {
  const failed = streams.filter(({ status }) => status !== "completed");
  if (failed.length > 0)
    throw new Error(failed.map(({ stream, message }) => `${stream}: ${message ?? "not read"}`).join("\n"));
}
