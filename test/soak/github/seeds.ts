import { type Bench, said } from "../../collectors/bench.ts";
import { bench, serve } from "../../collectors/github/support.ts";
import { atRandom, type Fault, type FaultPlan, PASSING_FAULTS } from "../../fakes/github/server/faults.ts";
import { CHANGE_NAMES, happen, randomWorld } from "../../fakes/github/world/random.ts";
import { organization } from "../../fakes/github/world/repositories.ts";
import { manyCommits, manyReviews, manyRuns } from "../../fakes/github/world/scenarios.ts";
import { later, type World } from "../../fakes/github/world/world.ts";
import { Chance } from "../../support/chance.ts";
import { JUMPS, jumping } from "../clock.ts";
import { current, expectSame, expectSound, relationsOf, type Relations } from "../same.ts";
import type { AtEnd, Scenario } from "../scenario.ts";
import { BELOW, expectWhole, noted } from "../whole.ts";

/** A short window, so that what ends late is found by its id and not by luck. */
const OPTIONS = {
  organisations: ["acme", "acme-labs"],
  paths: true,
  incident_labels: ["incident"],
  deployment_window: "1h",
};
const SERVICES = `services:
  one: { repository: acme/service1 }
  two: { repository: acme/service2, paths: [services/a], shared_paths: [libs] }
  three: { repository: acme/service2, paths: [services/b] }
environments:
  production: { kind: production, names: [production-eu] }
  staging: { kind: staging }
`;

/** What no client gets over: the stream fails, and the next run makes up for it. */
const FINAL_FAULTS: readonly Fault[] = [
  { kind: "unauthorized" },
  { kind: "not-found" },
  { kind: "redirect-away" },
];
const WRONG_CLOCKS: readonly Fault[] = [
  { kind: "wrong-clock", seconds: -7200 },
  { kind: "wrong-clock", seconds: 7200 },
];
const FAULT_KINDS = [...PASSING_FAULTS, ...FINAL_FAULTS, ...WRONG_CLOCKS].map(({ kind }) => kind);

/** More than GitHub hands out in one piece; slow, so that each is in one seed of ten. */
const LARGE: Readonly<Record<string, (...where: Parameters<typeof manyRuns>) => unknown>> = {
  "250 commits in a pull request": (world, target) => manyCommits(world, target, 250),
  "130 reviews of a pull request": (world, target) => manyReviews(world, target, 130),
  "1,200 runs in a day": (world, target) => manyRuns(world, target, 1200),
};
const LARGE_NAMES = Object.keys(LARGE);

/** Of so many runs the jobs of each would be all that the seed spends its time on. */
const optionsOf = (seed: number) => ({
  ...OPTIONS,
  pipelines: { jobs: LARGE_NAMES[seed % 10] === "1,200 runs in a day" ? "failed" : "all" },
});

/** A company on GitHub that goes on working while collections fail. */
export const github: Scenario = {
  name: "github",
  seeds: { test: [1, 2, 5, 8, 10], soak: 300 },
  kinds: [...JUMPS, ...CHANGE_NAMES, ...new Set(FAULT_KINDS), ...LARGE_NAMES, "a run that fails"],
  run,
};

async function run(seed: number, atEnd: AtEnd): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const note = (kind: string) => void seen.add(kind);
  const { world, chance } = randomWorld(seed, { count: 60, seen: note });
  organization(world, "acme-labs");
  const fake = await serve({ world, faults: noted(faultsOf(seed), ({ kind }) => note(kind)) }, atEnd);
  const changing = await bench(fake, optionsOf(seed), SERVICES, atEnd);
  const disturbed = changing.withClock(jumping(changing.effects.now, new Chance(seed + 2_000_000), note));
  for (let rounds = new Chance(seed * 7).whole(2, 4); rounds > 0; rounds -= 1) {
    if (said(await disturbed.collect()).includes("failed")) note("a run that fails");
    happen(world, chance, { count: chance.whole(20, 60), seen: note });
    if (rounds === 1) grow(world, seed, note);
  }
  fake.inject([]);
  await expectWhole(changing);
  const clean = await bench(fake, optionsOf(seed), SERVICES, atEnd);
  await expectWhole(clean);
  await expectSound(changing.warehouse);
  const look = lookOf(seed, later(world.now, 60));
  const expected = await look(clean);
  expectSame(unlessKept(await look(changing), expected), expected);
  return seen;
}

/** Faults that pass, often; now and then one that does not, or a clock that is wrong. */
function faultsOf(seed: number): FaultPlan {
  const passing = atRandom({ seed, percent: 20, among: [...PASSING_FAULTS, ...WRONG_CLOCKS] });
  const final = atRandom({ seed: seed + 1_000_000, percent: 2, among: FINAL_FAULTS, inARow: 1 });
  return (target) => final(target) ?? passing(target);
}

function grow(world: World, seed: number, note: (kind: string) => void): void {
  const name = LARGE_NAMES[seed % 10];
  const target = world.repositories.find(({ isArchived, commits }) => !isArchived && commits.size > 0);
  if (name === undefined || target === undefined) return;
  LARGE[name]?.(world, target);
  note(name);
}

/**
 * What the model reads of GitHub, and no more: deployments keep statuses that came after all was known. Who approved is known only to
 * who asked in time.
 */
const NOT_READ = [
  "github_record",
  "github_deployment_status",
  "github_deployment_approval",
  "deployment_approval",
  "last_collection",
];
/** Addresses keep the name that a repository had then; staging makes them anew. What became of the ruleset later is not asked for again. */
const READ = `case
    when stream = 'deployment' then payload ->> '$.commitOid'
    when stream = 'deployment_approval' then concat_ws(
      ' ', payload ->> '$.run', (payload -> '$.approvals[*].state')::varchar, (payload -> '$.approvals[*].user.login')::varchar)
    when stream = 'rule_suite' then concat_ws(' ', payload ->> '$.result', payload ->> '$.actor_name', payload ->> '$.after_sha')
    when stream = 'ruleset' then json_merge_patch(payload, '{"source":null,"_links":null}')::varchar
    else regexp_replace(payload::varchar, 'https://github.example.com/[^/"]+/[^/"]+', '', 'g')
  end`;

/** What GitHub says of an approval goes with its run or its environment's rule, and stays here. */
function unlessKept(changed: Relations, clean: Relations): Relations {
  const { "raw.current": rows } = changed;
  if (rows === undefined) return changed;
  const expected = new Set(clean["raw.current"]);
  return {
    "raw.current": rows.filter((row) => expected.has(row) || !row.startsWith("github deployment_approval ")),
  };
}

/** What is compared: the model, or what it is made from, which is quicker to look at; or, in most seeds, the records themselves. */
function lookOf(seed: number, asOf: string): (one: Bench) => Promise<Relations> {
  if (seed % 5 > 1) return ({ warehouse }) => current(warehouse, READ);
  const layer = seed % 5 === 0 ? "model" : "staging";
  return async (one) => {
    await one.model(asOf, layer === "model" ? BELOW : ["model", ...BELOW]);
    return relationsOf(one.warehouse, layer, NOT_READ);
  };
}
