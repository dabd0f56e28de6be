import { findings, PLANTED, type World } from "../../test/support/pattern-world.ts";
import { patterns } from "../../test/support/patterns.ts";

interface Played {
  readonly name: string;
  readonly runs: number;
  readonly world: Omit<World, "seed" | "deployments">;
}

const RESTLESS = { confounder: "services", badDays: 10, badWeeks: 4 } as const;

/** What docs/risk-patterns.md reports. */
const WORLDS: readonly Played[] = [
  { name: "nothing matters", runs: 1000, world: {} },
  { name: "nothing matters; bad days and weeks, services and habits differ", runs: 1000, world: RESTLESS },
  { name: "relative risk 3, prevalence 20 %", runs: 300, world: { risk: 3, prevalence: 20 } },
  {
    name: "the same with bad days and weeks, services and habits differ",
    runs: 200,
    world: { ...RESTLESS, risk: 3, prevalence: 20 },
  },
  { name: "the same in 60 days", runs: 200, world: { risk: 3, prevalence: 20, days: 60 } },
  { name: "relative risk 2, prevalence 20 %", runs: 200, world: { risk: 2, prevalence: 20 } },
  { name: "relative risk 1.5, prevalence 20 %", runs: 200, world: { risk: 1.5, prevalence: 20 } },
  { name: "Simpson: a bad service has the habit", runs: 300, world: { confounder: "bad service" } },
  {
    name: "Simpson: only safe services have it, relative risk 3",
    runs: 200,
    world: { confounder: "safe service", risk: 3 },
  },
  { name: "Simpson: given up when everything became better", runs: 300, world: { confounder: "time" } },
];

/** Plays worlds of 3,000 deployments each with the queries of the product, and says how often what was found. `share` plays fewer. */
export async function patternWorlds(share = 1): Promise<void> {
  const found = await patterns();
  console.log("| world | runs | any pattern | the planted one | any other |");
  for (const { name, runs, world } of WORLDS) {
    const counts = { any: 0, planted: 0, other: 0 };
    const played = Math.max(1, Math.round(runs * share));
    for (let seed = 1; seed <= played; seed += 1) {
      const all = await findings(found, { seed, deployments: 3000, ...world });
      if (all.length > 0) counts.any += 1;
      if (all.some(({ scope_kind, attribute }) => scope_kind === "organisation" && attribute === PLANTED))
        counts.planted += 1;
      if (all.some(({ attribute }) => attribute !== PLANTED)) counts.other += 1;
    }
    console.log(`| ${name} | ${played} | ${counts.any} | ${counts.planted} | ${counts.other} |`);
  }
  found.warehouse.close();
}
