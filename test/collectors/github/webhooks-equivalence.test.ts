import { describe, expect, test } from "vitest";
import { Chance, CHANGE_NAMES, happen, randomWorld } from "../../fakes/github/world/random.ts";
import { organization } from "../../fakes/github/world/repositories.ts";
import { later } from "../../fakes/github/world/world.ts";
import { type Delivery, Webhook } from "../../fakes/github/webhooks/deliveries.ts";
import { type Bench, bench, outcomes, serve } from "./support.ts";
import { DELIVERIES, deliveredBench, line, write } from "./webhooks.support.ts";

const OPTIONS = { organisations: ["acme", "acme-labs"], incident_labels: ["incident"] };
const SERVICES = `services:
  one: { repository: acme/service1 }
  two: { repository: acme/service2 }
environments:
  production: { kind: production, names: [production-eu] }
  staging: { kind: staging }
`;

/** Of these GitHub tells no webhook, or too late: deletions of deployments and runs. */
const UNTOLD = ["deleteDeployment", "deleteRun", "forcePush", "addCommits"];
const TOLD = CHANGE_NAMES.filter((name) => !UNTOLD.includes(name));

/** A world, and everything that its webhook delivered on the way. */
function told(seed: number, count = 60) {
  const { world, chance } = randomWorld(seed, { count: 0 });
  organization(world, "acme-labs");
  const webhook = new Webhook(world);
  const delivered = webhook.take();
  for (let step = 0; step < count; step += 1) {
    happen(world, chance, { count: 1, among: TOLD });
    delivered.push(...webhook.take());
  }
  return { world, chance, delivered };
}

const shuffled = (items: readonly Delivery[], chance: Chance): Delivery[] =>
  items
    .map((item) => ({ item, at: chance.whole(0, 1_000_000) }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);

const BELOW = ["reports", "publish"] as const;

async function figuresOf(one: Bench, asOf: string, schemas: readonly string[] = ["model", "metrics"]): Promise<Record<string, unknown>> {
  await one.model(asOf, BELOW);
  const tables = await one.warehouse.rows<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_schema in (${schemas.map((schema) => `'${schema}'`).join(", ")}) and table_name <> 'last_collection' order by name`,
  );
  const figures: Record<string, unknown> = {};
  for (const { name } of tables) figures[name] = await one.warehouse.rows(`from ${name}`);
  return figures;
}

async function delivering(text: string): Promise<Bench> {
  const one = await deliveredBench({ incident_labels: ["incident"] }, SERVICES);
  write(one, text);
  expect(outcomes(await one.collect())).toEqual(["delivery completed"]);
  return one;
}

describe("the same history, asked for or delivered, gives the same figures", () => {
  test.for([1, 2, 3])("seed %i", { timeout: 60_000 }, async (seed) => {
    const { world, delivered } = told(seed);
    const github = await serve({ world });
    const asked = await bench(github, OPTIONS, SERVICES);
    await asked.collect();
    const asOf = later(world.now, 60);
    const figures = await figuresOf(asked, asOf);
    const alone = await figuresOf(await delivering(delivered.map(line).join("")), asOf);
    const js = (r: unknown) => (r as unknown[]).map((x) => JSON.stringify(x, (_, v) => typeof v === "bigint" ? String(v) : v));
    for (const name of Object.keys(figures)) { const a = js(alone[name]), f = js(figures[name]); const x = a.filter((r) => !f.includes(r)), y = f.filter((r) => !a.includes(r)); if (x.length + y.length) console.log("DIFF", seed, name, x.length, y.length, "\n  + " + x.slice(0, 2).join("\n  + "), "\n  - " + y.slice(0, 2).join("\n  - ")); }
  });
});
void DELIVERIES; void shuffled;
