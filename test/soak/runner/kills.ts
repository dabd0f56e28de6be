import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { main } from "../../../src/cli/main.ts";
import { openWarehouse } from "../../../src/warehouse/open.ts";
import { Chance } from "../../support/chance.ts";
import { recordedEffects } from "../../cli/effects.ts";
import { runProcess } from "../../support/process.ts";
import { current, expectSame, expectSound, relationsOf, type Relations } from "../same.ts";
import { type AtEnd, clearingUp, type Scenario } from "../scenario.ts";
import { bench, configured } from "./bench.ts";
import type { Options } from "./collector.ts";
import { expectWhole } from "./seeds.ts";
import { type Server, serve } from "./server.ts";
import { KINDS, REPOSITORIES, World } from "./world.ts";

const CHILD = join(import.meta.dirname, "child.ts");
const DATABASE = "quarterdeck.duckdb";
const COLLECT = "killed while it collects";
const MODEL = "killed while it makes the model";
const BUILD = "killed while it builds the site";

/** A process that is killed at a random instant: while it collects, makes the model, or builds the site. */
export const runnerKills: Scenario = {
  name: "runner-kills",
  seeds: { test: [1, 3, 5], soak: 140 },
  kinds: [COLLECT, MODEL, BUILD],
  run: (seed, atEnd) => {
    if (seed % 20 === 5) return killCommand(seed, atEnd, BUILD, ["build"]);
    return seed % 3 === 0 ? killCommand(seed, atEnd, MODEL, ["metrics", "--json"]) : killCollect(seed, atEnd);
  },
};

interface Source {
  readonly chance: Chance;
  readonly world: World;
  readonly server: Server;
  readonly options: Options;
}

async function source(seed: number, atEnd: AtEnd): Promise<Source> {
  const chance = new Chance(seed);
  const world = new World(new Chance(seed + 1_000_000));
  world.happen(chance.whole(20, 60));
  const { server, close } = await serve(world, chance);
  atEnd(close);
  const options = {
    url: server.url,
    repositories: REPOSITORIES,
    size: chance.whole(2, 6),
    breaks: () => undefined,
  };
  return { chance, world, server, options };
}

const startCollect = (
  folder: string,
  { url, repositories, size }: Options,
  onStart: (kill: () => void) => void,
) => runProcess([CHILD, "collect", url, repositories.join(","), String(size)], { folder, onStart });

async function killCollect(seed: number, atEnd: AtEnd): Promise<ReadonlySet<string>> {
  const { chance, world, server, options } = await source(seed, atEnd);
  const folder = configured(atEnd);
  const seen = new Set<string>();
  const pages = KINDS.reduce((sum, kind) => sum + Math.ceil(world.list(kind).length / options.size), 1);
  for (let kills = chance.whole(1, 2); kills > 0; kills -= 1) {
    const at = server.requests + chance.whole(1, pages);
    const delay = chance.whole(0, 15);
    const { isKilled } = await startCollect(folder, options, (kill) => {
      server.onRequest = () => {
        if (server.requests === at) setTimeout(kill, delay);
      };
    });
    server.onRequest = () => undefined;
    if (isKilled) seen.add(COLLECT);
    world.happen(chance.whole(0, 10));
  }
  world.settle();
  const killed = await bench(folder, atEnd, DATABASE);
  expectWhole(await killed.collect(options));
  const clean = await bench(folder, atEnd);
  expectWhole(await clean.collect(options));
  await expectSound(killed.warehouse);
  expectSame(await current(killed.warehouse), await current(clean.warehouse));
  return seen;
}

/** Two equal databases: on one the command is run; on the other it is killed, and run again. */
async function killCommand(
  seed: number,
  atEnd: AtEnd,
  kind: string,
  command: readonly string[],
): Promise<ReadonlySet<string>> {
  const { chance, world, options } = await source(seed, atEnd);
  const [clean, killed] = [configured(atEnd), configured(atEnd)];
  await clearingUp(async (end) => expectWhole(await (await bench(clean, end, DATABASE)).collect(options)));
  copyFileSync(join(clean, DATABASE), join(killed, DATABASE));
  const args = [...command, "--as-of", world.now];
  const whole = await said(args, clean);
  const killAfter = (whole.took * chance.whole(0, 110)) / 100;
  const { isKilled } = await runProcess([CHILD, ...args], { folder: killed, killAfter });
  const again = await said(args, killed);
  expectSame({ printed: [again.printed] }, { printed: [whole.printed] });
  expectSame(await everythingIn(killed), await everythingIn(clean));
  return new Set(isKilled ? [kind] : []);
}

/** Runs a command line in this process. */
async function said(args: readonly string[], folder: string): Promise<{ printed: string; took: number }> {
  const effects = recordedEffects(folder);
  const began = performance.now();
  if ((await main(args, effects)) !== 0) throw new Error(effects.printed.err);
  return { printed: effects.printed.out, took: performance.now() - began };
}

/** What tells how figures came about may differ: a killed build is one more. */
const PROCESS = /^restatements\.html$|^data\/history\//;

async function everythingIn(folder: string): Promise<Relations> {
  const warehouse = await openWarehouse(join(folder, DATABASE), { mode: "read" });
  try {
    await expectSound(warehouse);
    return {
      ...(await current(warehouse)),
      ...(await relationsOf(warehouse, "model")),
      ...siteIn(join(folder, "public")),
    };
  } finally {
    warehouse.close();
  }
}

function siteIn(folder: string): Relations {
  const files = globSync("**/*", { cwd: folder, dot: true }).filter((file) => !PROCESS.test(file));
  return Object.fromEntries(files.map((file) => [file, [readFileSync(join(folder, file), "latin1")]]));
}
