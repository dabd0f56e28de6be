import { type Bench, said } from "../../collectors/bench.ts";
import { bench, serve } from "../../collectors/pagerduty/support.ts";
import type { FaultPlan } from "../../fakes/pagerduty/index.ts";
import { type Fault, PASSING } from "../../fakes/pagerduty/server/faults.ts";
import { CHANGE_NAMES, DISAPPEARING_NAMES, happen, randomWorld } from "../../fakes/pagerduty/world/random.ts";
import { iso, type World } from "../../fakes/pagerduty/world/world.ts";
import { limitedInARow, sometimesLasting } from "../../fakes/server/faults.ts";
import { Chance } from "../../support/chance.ts";
import { JUMPS, jumping } from "../clock.ts";
import { current, expectSame, expectSound, relationsOf, type Relations } from "../same.ts";
import type { AtEnd, Scenario } from "../scenario.ts";
import { BELOW, expectWhole, noted } from "../whole.ts";

/** What no client gets over: the stream fails, and the next run makes up for it. */
const FINAL: readonly Fault[] = ["redirect-away", "bad-shape", "html"];
/** What is an answer all the same. */
const OTHERWISE: readonly Fault[] = ["long-limit", "references"];
/** So many times the same, and a run ends. */
const AGAIN_AND_AGAIN = 9;
const MEANWHILE = "a change between two pages";
const FAILED = "a run that fails";
const NOTES = { mitigated: "Mitigated", cause: "Cause:", caused_by: "Caused by:", classification: "Kind:" };

/** A company's PagerDuty that goes on changing between collections that fail and in them. */
export const pagerduty: Scenario = {
  name: "pagerduty",
  seeds: { test: [1, 4], soak: 300 },
  kinds: [
    ...JUMPS,
    ...CHANGE_NAMES,
    ...DISAPPEARING_NAMES,
    ...PASSING,
    ...OTHERWISE,
    ...FINAL,
    MEANWHILE,
    FAILED,
  ],
  run,
};

async function run(seed: number, atEnd: AtEnd): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const note = (kind: string) => void seen.add(kind);
  const disappear = seed % 2 === 0;
  const { world, chance } = randomWorld(seed, { count: 60, disappear, seen: note });
  const fake = await serve({ world, most: 7, faults: noted(faultsOf(seed), note) }, atEnd);
  fake.happening = () => {
    if (chance.whole(1, 12) > 1) return;
    happen(world, chance, { count: 1, pause: 60, disappear, seen: note });
    note(MEANWHILE);
  };
  const changing = await bench(fake, { notes: NOTES }, undefined, atEnd);
  const disturbed = changing.withClock(jumping(changing.effects.now, new Chance(seed + 2_000_000), note));
  for (let rounds = new Chance(seed * 7).whole(2, 4); rounds > 0; rounds -= 1) {
    if (said(await disturbed.collect()).includes("failed")) note(FAILED);
    happen(world, chance, { count: chance.whole(5, 30), disappear, seen: note });
  }
  fake.faults = () => undefined;
  fake.happening = () => undefined;
  showServices(world);
  await expectWhole(disappear ? changing.later(2 * WEEK) : changing);
  const clean = await bench(fake, { notes: NOTES }, undefined, atEnd);
  await expectWhole(clean);
  await expectSound(changing.warehouse);
  const look = lookOf(seed, iso(world.now + 60));
  expectSame(await look(changing), await look(clean));
  return seen;
}

/** Change events of a service that is hidden are kept, and a database that begins now has none of them. */
function showServices({ services, hidden }: World): void {
  for (const { id } of services) hidden.delete(id);
}

/** One may be gone and another shown again, and their number be the same: that is found within a week. */
const WEEK = 7 * 86_400;

/** Of a hundred requests twenty go wrong, two in a row at most; now and then one that cannot be got over, or the same again and again. */
function faultsOf(seed: number): FaultPlan {
  const chance = new Chance(seed + 1_000_000);
  const isStruck = limitedInARow();
  return sometimesLasting<Fault>(chance, { fault: "bad-gateway", times: AGAIN_AND_AGAIN }, () => {
    if (chance.percent(3)) return chance.of(FINAL);
    return isStruck(chance.percent(20)) ? chance.of([...PASSING, ...OTHERWISE]) : undefined;
  });
}

/** The records; in one seed of five the model that is made of them, which takes longer to look at. */
function lookOf(seed: number, asOf: string): (one: Bench) => Promise<Relations> {
  if (seed % 5 > 0) return ({ warehouse }) => current(warehouse);
  return async (one) => {
    await one.model(asOf, BELOW);
    // When it was last collected is not what was.
    return relationsOf(one.warehouse, "model", ["last_collection"]);
  };
}
