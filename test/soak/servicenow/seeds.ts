import { type Bench, said } from "../../collectors/bench.ts";
import { bench, serve } from "../../collectors/servicenow/support.ts";
import type { FaultPlan } from "../../fakes/servicenow/index.ts";
import { type Fault, PASSING } from "../../fakes/servicenow/server/faults.ts";
import { limitedInARow, sometimesLasting } from "../../fakes/server/faults.ts";
import { CHANGE_NAMES, happen, randomWorld } from "../../fakes/servicenow/world/random.ts";
import { iso } from "../../fakes/servicenow/world/world.ts";
import { Chance } from "../../support/chance.ts";
import { JUMPS, jumping } from "../clock.ts";
import { current, expectSame, expectSound, relationsOf, type Relations } from "../same.ts";
import type { AtEnd, Scenario } from "../scenario.ts";
import { BELOW, expectWhole, noted } from "../whole.ts";

/** What no client gets over: the stream fails, and the next run makes up for it. */
const FINAL: readonly Fault[] = ["unauthorized", "ignores-query", "bad-shape", "redirect-away", "html"];
/** What the client gets over, and what asks it to wait. */
const WAITED: readonly Fault[] = [...PASSING, "long-limit"];
/** So many times the same, and a run ends. */
const AGAIN_AND_AGAIN = 12;

/** A company's ServiceNow that goes on changing while collections fail. */
export const servicenow: Scenario = {
  name: "servicenow",
  seeds: { test: [2, 6, 9], soak: 300 },
  kinds: [...JUMPS, ...CHANGE_NAMES, ...WAITED, ...FINAL, "a run that fails"],
  run,
};

async function run(seed: number, atEnd: AtEnd): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const note = (kind: string) => void seen.add(kind);
  const { world, chance } = randomWorld(seed, { count: 60, seen: note });
  const fake = await serve(
    { world, faults: noted(faultsOf(seed), note), mayCount: chance.percent(70) },
    atEnd,
  );
  const changing = await bench(fake, undefined, undefined, atEnd);
  const disturbed = changing.withClock(jumping(changing.effects.now, new Chance(seed + 2_000_000), note));
  for (let rounds = new Chance(seed * 7).whole(2, 4); rounds > 0; rounds -= 1) {
    if (said(await disturbed.collect()).includes("failed")) note("a run that fails");
    happen(world, chance, { count: chance.whole(5, 40), seen: note });
  }
  fake.faults = () => undefined;
  world.pass(WEEK);
  await expectWhole(changing.later(2 * WEEK));
  const clean = await bench(fake, undefined, undefined, atEnd);
  await expectWhole(clean);
  await expectSound(changing.warehouse);
  const look = lookOf(seed, iso(world.now + 60));
  expectSame(await look(changing), await look(clean));
  return seen;
}

/** One may be gone and another restored, and their number be the same: that is found within a week. What is planned happens meanwhile. */
const WEEK = 7 * 86_400;

/** Of a hundred requests twenty go wrong, two in a row at most; now and then one that cannot be got over, or the same again and again. */
function faultsOf(seed: number): FaultPlan {
  const chance = new Chance(seed + 1_000_000);
  const isStruck = limitedInARow();
  return sometimesLasting<Fault>(chance, { fault: "bad-gateway", times: AGAIN_AND_AGAIN }, () => {
    if (chance.percent(3)) return chance.of(FINAL);
    return isStruck(chance.percent(20)) ? chance.of(WAITED) : undefined;
  });
}

/** The records; in one seed of five the model that is made of them, which takes longer to look at. */
function lookOf(seed: number, asOf: string): (one: Bench) => Promise<Relations> {
  if (seed % 5 > 0) return ({ warehouse }) => current(warehouse);
  return async (one) => {
    await one.model(asOf, BELOW);
    // When it was last collected is not what was.
    return relationsOf(one.warehouse, "model", ["last_collection", "incident_coverage", "incident_span"]);
  };
}
