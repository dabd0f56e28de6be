import { describe, expect, test } from "vitest";
import { atRandom } from "../../fakes/jira/faults.ts";
import { Chance } from "../../support/chance.ts";
import { happen, randomWorld } from "../../fakes/jira/random.ts";
import { type Bench, outcomes, said } from "../bench.ts";
import { bench, serve } from "./support.ts";

/** The key of a linked issue is a copy: where that one moves, this one does not say so, and the model does not read it. */
const recordsOf = async (one: Bench) =>
  (await one.current()).map((line) =>
    line.replace(/"(in|out)wardIssue":{"id":"(\d+)","key":"[^"]*"}/g, "$1 $2"),
  );

const RELATIONS = [
  "ticket",
  "ticket_transition",
  "change_request",
  "change_request_approval",
  "incident",
] as const;

async function modelOf(one: Bench): Promise<unknown> {
  await one.model("2026-12-31T00:00:00Z", [
    "correlation",
    "metrics",
    "controls",
    "expectations",
    "reports",
    "publish",
  ]);
  return Promise.all(RELATIONS.map((name) => one.warehouse.rows(`from model.${name}`)));
}

const SEEDS = Number(process.env["QUARTERDECK_SEEDS"] ?? 10);

describe.each(["cloud", "data_center"] as const)(
  "whatever happens between runs and goes wrong in them: %s",
  (deployment) => {
    test.for(Array.from({ length: SEEDS }, (_, index) => index + 1))(
      "seed %i ends as one clean run",
      { timeout: 60_000 },
      async (seed) => {
        const { world, chance } = randomWorld(seed);
        const options = deployment === "cloud" ? {} : { deployment };
        const jira = await serve({
          world,
          deployment,
          most: 7,
          faults: atRandom({ seed, percent: 20, ending: 150 }),
        });
        jira.meanwhile(() => (chance.whole(1, 12) === 1 ? happen(world, chance, 1) : undefined));
        const changing = await bench(jira, options);
        for (let rounds = new Chance(seed * 7).whole(2, 4); rounds > 0; rounds -= 1) {
          const report = await changing.collect();
          expect(outcomes(report).filter((line) => line.endsWith("skipped"))).toEqual([]);
          expect(said(report)).not.toContain("bug in the collector");
          happen(world, chance, chance.whole(10, 40));
        }
        jira.inject([]);
        jira.meanwhile(() => undefined);
        expect(said(await changing.collect())).not.toContain("failed");
        const clean = await bench(jira, options);
        await clean.collect();
        expect(await recordsOf(changing)).toEqual(await recordsOf(clean));
        if (seed % 5 === 0) expect(await modelOf(changing)).toEqual(await modelOf(clean));
        expect((await clean.current()).filter((line) => line.startsWith("issue")).length).toBeGreaterThan(5);
      },
    );
  },
);
