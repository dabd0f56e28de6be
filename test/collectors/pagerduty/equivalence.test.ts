import { describe, expect, test } from "vitest";
import { Chance } from "../../support/chance.ts";
import type { FaultPlan } from "../../fakes/pagerduty/index.ts";
import { PASSING } from "../../fakes/pagerduty/server/faults.ts";
import { limitedInARow, sometimesLasting } from "../../fakes/server/faults.ts";
import { happen, randomWorld } from "../../fakes/pagerduty/world/random.ts";
import { iso } from "../../fakes/pagerduty/world/world.ts";
import { type Bench, failed, said } from "../bench.ts";
import { bench, serve } from "./support.ts";

const SEEDS = Number(process.env["QUARTERDECK_SEEDS"] ?? 10);
const NOTES = { mitigated: "Mitigated", cause: "Cause:", caused_by: "Caused by:", classification: "Kind:" };

/** Of a hundred requests so many go wrong, two in a row at most; now and then one so often that a run ends. */
function atRandom(seed: number, percent: number): FaultPlan {
  const chance = new Chance(seed);
  const isStruck = limitedInARow();
  return sometimesLasting(chance, { fault: "bad-gateway", times: 9 }, () =>
    isStruck(chance.percent(percent)) ? chance.of(PASSING) : undefined,
  );
}

async function modelOf(one: Bench, asOf: string): Promise<Record<string, unknown>> {
  await one.model(asOf, BELOW);
  const tables = await one.warehouse.rows<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'model' and table_name <> 'last_collection' order by name",
  );
  const relations: Record<string, unknown> = {};
  for (const { name } of tables) relations[name] = await one.warehouse.rows(`from model.${name}`);
  return relations;
}

const BELOW = ["correlation", "metrics", "controls", "expectations", "reports", "publish"] as const;

describe("whatever happens between runs and goes wrong in them, the model ends as that of one clean run", () => {
  test.for(Array.from({ length: SEEDS }, (_, index) => index + 1))(
    "seed %i",
    { timeout: 60_000 },
    async (seed) => {
      const { world, chance } = randomWorld(seed, 90);
      const pagerduty = await serve({ world, faults: atRandom(seed, 20) });
      const changing = await bench(pagerduty, { notes: NOTES });
      for (let round = 0; round < 3; round += 1) {
        await changing.collect();
        happen(world, chance, chance.whole(5, 30), 86_400 * 2);
      }
      pagerduty.faults = () => undefined;
      const last = await changing.collect();
      expect(said(last)).not.toContain("failed");
      const clean = await bench(pagerduty, { notes: NOTES });
      expect(failed(await clean.collect())).toEqual([]);
      expect(await changing.current()).toEqual(await clean.current());
      expect((await clean.current()).length).toBeGreaterThan(50);
      // Records that are the same give the same figures, which takes longer to look at.
      if (seed % 5 > 0) return;
      const asOf = iso(world.now + 60);
      expect(await modelOf(changing, asOf)).toEqual(await modelOf(clean, asOf));
    },
  );
});
