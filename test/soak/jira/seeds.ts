import { type Bench, said } from "../../collectors/bench.ts";
import { bench, serve } from "../../collectors/jira/support.ts";
import { atRandom, byRule, ENDING_FAULTS, type FaultPlan, PASSING_FAULTS } from "../../fakes/jira/faults.ts";
import { CHANGE_NAMES, happen, randomWorld } from "../../fakes/jira/random.ts";
import { Chance } from "../../support/chance.ts";
import { JUMPS, jumping } from "../clock.ts";
import { current, expectSame, expectSound, relationsOf, type Relations } from "../same.ts";
import type { AtEnd, Scenario } from "../scenario.ts";
import { BELOW, expectWhole, noted } from "../whole.ts";

const DEPLOYMENTS = ["cloud", "data_center"] as const;
const FAULT_KINDS = new Set([...PASSING_FAULTS, ...ENDING_FAULTS].map(({ kind }) => kind));
const MEANWHILE = "a change between two pages";
const FAILED = "a run that fails";

/** A company's Jira, Cloud or Data Center, that goes on changing between collections that fail and in them. */
export const jira: Scenario = {
  name: "jira",
  seeds: { test: [2, 3, 5, 6], soak: 300 },
  kinds: [...JUMPS, ...DEPLOYMENTS, ...CHANGE_NAMES, ...FAULT_KINDS, MEANWHILE, FAILED],
  run,
};

async function run(seed: number, atEnd: AtEnd): Promise<ReadonlySet<string>> {
  const deployment = DEPLOYMENTS[seed % 2] ?? "cloud";
  const seen = new Set<string>([deployment]);
  const note = (kind: string) => void seen.add(kind);
  const { world, chance } = randomWorld(seed, { count: 60, disappear: true, seen: note });
  const faults = noted(faultsOf(seed), ({ kind }) => note(kind));
  const fake = await serve({ world, deployment, most: 7, faults }, atEnd);
  fake.meanwhile(() => {
    if (chance.whole(1, 12) > 1) return;
    happen(world, chance, { count: 1, disappear: true, seen: note });
    note(MEANWHILE);
  });
  const options = deployment === "cloud" ? {} : { deployment };
  const changing = await bench(fake, options, undefined, atEnd);
  const disturbed = changing.withClock(jumping(changing.effects.now, new Chance(seed + 2_000_000), note));
  for (let rounds = new Chance(seed * 7).whole(2, 4); rounds > 0; rounds -= 1) {
    if (isFailed(await saidBy(disturbed))) note(FAILED);
    happen(world, chance, { count: chance.whole(10, 40), disappear: true, seen: note });
  }
  fake.inject([]);
  fake.meanwhile(() => undefined);
  if (isModelSeed(seed)) for (const one of world.hidden) world.show(one);
  await expectWhole(changing);
  const clean = await bench(fake, options, undefined, atEnd);
  await expectWhole(clean);
  await expectSound(changing.warehouse);
  const look = lookOf(seed);
  expectSame(await look(changing), await look(clean));
  return seen;
}

/** At random, and the place in one list is lost. */
function faultsOf(seed: number): FaultPlan {
  const lost = byRule([{ fault: { kind: "expired-token" }, skip: seed % 5 }]);
  const others = atRandom({ seed, percent: 25, ending: 200 });
  return (target) => lost(target) ?? others(target);
}

/** @throws where a stream is not read because of another, or the collector does not know what it met */
async function saidBy(one: Bench): Promise<string> {
  const report = await one.collect();
  const text = said(report);
  if (report.streams.some(({ status }) => status === "skipped") || text.includes("bug in the collector"))
    throw new Error(text);
  return text;
}

const isFailed = (text: string) => text.includes("failed");

const AS_OF = "2026-12-31T00:00:00Z";
/**
 * The key of a linked issue is a copy: where that one moves, this one does not say so, and the model reads it only where the issue
 * itself is not there; so in the seeds that look at the model nothing stays hidden.
 */
const READ = String.raw`regexp_replace(payload::varchar, '"(in|out)wardIssue":\{"id":"(\d+)","key":"[^"]*"\}', '\1 \2', 'g')`;

/** The records; in one seed of five the model that is made of them, which takes longer to look at. */
const isModelSeed = (seed: number) => seed % 5 === 0;

function lookOf(seed: number): (one: Bench) => Promise<Relations> {
  if (!isModelSeed(seed)) return ({ warehouse }) => current(warehouse, READ);
  return async (one) => {
    await one.model(AS_OF, BELOW);
    // When it was last collected is not what was.
    return relationsOf(one.warehouse, "model", ["last_collection"]);
  };
}
