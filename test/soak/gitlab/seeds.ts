import type { Layer } from "../../../src/warehouse/query-file.ts";
import { type Bench, said } from "../../collectors/bench.ts";
import { bench, serve } from "../../collectors/gitlab/support.ts";
import type { FaultPlan } from "../../fakes/gitlab/index.ts";
import { type Fault, PASSING } from "../../fakes/gitlab/server/faults.ts";
import { CHANGE_NAMES, DISAPPEARING_NAMES, happen, randomWorld } from "../../fakes/gitlab/world/random.ts";
import { limitedInARow, sometimesLasting } from "../../fakes/server/faults.ts";
import { Chance } from "../../support/chance.ts";
import { JUMPS, jumping } from "../clock.ts";
import { current, expectSame, expectSound, relationsOf, type Relations } from "../same.ts";
import type { AtEnd, Scenario } from "../scenario.ts";

/** What no client gets over: the stream fails, and the next run makes up for it. */
const FINAL: readonly Fault[] = ["unauthorized", "bad-shape"];
/** So many times the same, and a run ends. */
const AGAIN_AND_AGAIN = 12;

/** A group at GitLab that goes on changing while collections fail. */
export const gitlab: Scenario = {
  name: "gitlab",
  seeds: { test: [1, 2, 3], soak: 300 },
  kinds: [...JUMPS, ...CHANGE_NAMES, ...DISAPPEARING_NAMES, ...PASSING, ...FINAL, "a run that fails"],
  run,
};

async function run(seed: number, atEnd: AtEnd): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const note = (kind: string) => void seen.add(kind);
  const disappear = seed % 2 === 0;
  const { world, chance } = randomWorld(seed, { count: 90, disappear, seen: note });
  const fake = await serve({ world, faults: faultsOf(seed, note) }, atEnd);
  const changing = await bench(fake, undefined, undefined, atEnd);
  const disturbed = changing.withClock(jumping(changing.effects.now, new Chance(seed + 2_000_000), note));
  for (let rounds = new Chance(seed * 7).whole(2, 4); rounds > 0; rounds -= 1) {
    if (said(await disturbed.collect()).includes("failed")) note("a run that fails");
    happen(world, chance, { count: chance.whole(10, 60), disappear, seen: note });
  }
  fake.faults = () => undefined;
  await expectWhole(disappear ? changing.later(2 * WEEK) : changing);
  const clean = await bench(fake, undefined, undefined, atEnd);
  await expectWhole(clean);
  await expectSound(changing.warehouse);
  const look = lookOf(seed, new Date(world.now + 60_000).toISOString());
  expectSame(await look(changing), await look(clean));
  return seen;
}

/** One may be gone and another shown again, and their number be the same: that is found within a week. */
const WEEK = 7 * 86_400;

/** Of a hundred requests ten go wrong, two in a row at most; now and then one that cannot be got over, or the same again and again. */
function faultsOf(seed: number, note: (kind: string) => void): FaultPlan {
  const chance = new Chance(seed + 1_000_000);
  const isStruck = limitedInARow();
  const lasting = { fault: "bad-gateway", times: AGAIN_AND_AGAIN } as const;
  const next = sometimesLasting<Fault>(chance, lasting, () => {
    if (chance.percent(1)) return chance.of(FINAL);
    return isStruck(chance.percent(10)) ? chance.of(PASSING) : undefined;
  });
  return () => {
    const fault = chance.percent(50) ? next() : undefined;
    if (fault) note(fault);
    return fault;
  };
}

async function expectWhole(one: Bench): Promise<void> {
  const report = await one.collect();
  if (report.streams.some(({ status }) => status !== "completed")) throw new Error(said(report));
}

const BELOW: readonly Layer[] = ["correlation", "metrics", "controls", "expectations", "reports", "publish"];

/**
 * Addresses hold the name of the project when the record was read, deployments their pipeline as it was then: the model takes the name as
 * it is now, and of the pipeline its number.
 */
const PAYLOAD = `
  regexp_replace(
    json_merge_patch(payload, '{"deployable": {"pipeline": null}}')::varchar, '"(web_url|full|filepath|url)":"[^"]*"', '', 'g'
  )`;

/** The records; in one seed of five the model that is made of them, which takes longer to look at. */
function lookOf(seed: number, asOf: string): (one: Bench) => Promise<Relations> {
  if (seed % 5 > 0) return ({ warehouse }) => current(warehouse, PAYLOAD);
  return async (one) => {
    await one.model(asOf, BELOW);
    // When it was last collected is not what was.
    return relationsOf(one.warehouse, "model", [
      "last_collection",
      "incident_coverage",
      "incident_span",
      "evidence",
      "artifact",
    ]);
  };
}
