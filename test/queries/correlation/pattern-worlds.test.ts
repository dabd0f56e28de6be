import { afterAll, beforeAll, expect, test } from "vitest";
import { findings, PLANTED, type World } from "../../support/pattern-world.ts";
import { patterns, type Patterns } from "../../support/patterns.ts";

// Organisations of which is known what matters. `node bench/main.ts patterns` plays many more of each; docs/risk-patterns.md has what came out.

let found: Patterns;
beforeAll(async () => {
  found = await patterns();
});
afterAll(() => found.warehouse.close());

const RUNS = 4;

async function played(world: Omit<World, "seed" | "deployments">) {
  const runs = [];
  for (let seed = 1; seed <= RUNS; seed += 1)
    runs.push(await findings(found, { seed, deployments: 3000, ...world }));
  return runs;
}

test("where no attribute matters, none is called a pattern", async () => {
  // At most 64 of 1,000 may have one: the seeds stay, so that this is no matter of luck.
  expect((await played({})).flat()).toEqual([]);
});

test("nor where services differ, habits differ, days and weeks are bad, and trains and flaky pipelines come by day", async () => {
  expect((await played({ confounder: "services", badDays: 10, badWeeks: 4 })).flat()).toEqual([]);
});

test("what fails three times as often is found, and nothing else", async () => {
  for (const run of await played({ risk: 3, prevalence: 20 })) {
    expect(run).toContainEqual({
      scope_kind: "organisation",
      attribute: PLANTED,
      level: "yes",
      direction: "more",
    });
    expect(run.filter(({ attribute }) => attribute !== PLANTED)).toEqual([]);
  }
});

test("Simpson: the habit of a bad service is not the habit's fault", async () => {
  expect((await played({ confounder: "bad service" })).flat()).toEqual([]);
});

test("Simpson: a risk that only the safe services take is found all the same", async () => {
  for (const run of await played({ confounder: "safe service", risk: 3 })) {
    expect(run).toContainEqual({
      scope_kind: "organisation",
      attribute: PLANTED,
      level: "yes",
      direction: "more",
    });
  }
});

test("Simpson: a habit that was given up when everything became better is not why", async () => {
  expect((await played({ confounder: "time" })).flat()).toEqual([]);
});
