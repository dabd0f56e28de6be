import { join } from "node:path";
import { openWarehouse } from "../../../src/warehouse/open.ts";
import { bench, configured, serve } from "../../collectors/github/support.ts";
import { DEMO_TOKEN } from "../../fakes/github/index.ts";
import { happen, randomWorld } from "../../fakes/github/world/random.ts";
import { Chance } from "../../support/chance.ts";
import { BIN, runProcess } from "../../support/process.ts";
import { current, expectSame, expectSound } from "../same.ts";
import type { AtEnd, Scenario } from "../scenario.ts";

const KILLED = "killed while it collects";
const OPTIONS = { organisations: ["acme"] };

/** The product in a process of its own, killed while it collects from GitHub, and once more after the world went on. */
export const githubKills: Scenario = {
  name: "github-kills",
  seeds: { test: [1, 2], soak: 60 },
  kinds: [KILLED],
  run,
};

async function run(seed: number, atEnd: AtEnd): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const { world, chance } = randomWorld(seed, { count: 60 });
  const moments = new Chance(seed * 7);
  const fake = await serve({ world }, atEnd);
  const { folder } = configured(fake, OPTIONS, undefined, atEnd);
  const collect = (onStart?: (kill: () => void) => void) =>
    runProcess([BIN, "collect"], {
      folder,
      env: { GITHUB_TOKEN: DEMO_TOKEN.token },
      ...(onStart && { onStart }),
    });
  for (let kills = moments.whole(1, 2); kills > 0; kills -= 1) {
    const at = fake.requests.length + moments.whole(1, 12);
    let timer: NodeJS.Timeout | undefined;
    const ended = await collect((kill) => {
      timer = setInterval(() => fake.requests.length >= at && kill(), moments.whole(1, 5));
    });
    clearInterval(timer);
    if (ended.isKilled) seen.add(KILLED);
    if (moments.percent(50)) happen(world, chance, { count: 10 });
  }
  const last = await collect();
  if (last.code !== 0) throw new Error(last.printed);
  const clean = await bench(fake, OPTIONS, undefined, atEnd);
  await clean.collect();
  const killed = await openWarehouse(join(folder, "quarterdeck.duckdb"), { mode: "read" });
  atEnd(() => killed.close());
  await expectSound(killed);
  expectSame(await current(killed), await current(clean.warehouse));
  return seen;
}
