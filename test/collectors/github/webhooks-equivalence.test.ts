import { describe, expect, test } from "vitest";
import { CHANGE_NAMES, type ChangeName, happen, randomWorld } from "../../fakes/github/world/random.ts";
import { push } from "../../fakes/github/world/commits.ts";
import { organization } from "../../fakes/github/world/repositories.ts";
import { later, type World } from "../../fakes/github/world/world.ts";
import { type Delivery, Webhook } from "../../fakes/github/webhooks/deliveries.ts";
import { type Bench, outcomes } from "../bench.ts";
import { bench, serve } from "./support.ts";
import type { Chance } from "../../support/chance.ts";
import { DELIVERIES, deliveredBench, line, write } from "./webhooks.support.ts";

const OPTIONS = { organisations: ["acme", "acme-labs"], incident_labels: ["incident"] };
const SERVICES = `services:
  one: { repository: acme/service1 }
  two: { repository: acme/service2 }
environments:
  production: { kind: production, names: [production-eu] }
  staging: { kind: staging }
`;

/** Of deletions of deployments and runs GitHub tells no webhook. */
const UNTOLD = ["deleteDeployment", "deleteRun"];
/** What figures are made of happens more often. */
const OFTEN: readonly ChangeName[] = ["openPullRequest", "merge", "review", "deploy", "status", "release"];
const TOLD = [...CHANGE_NAMES.filter((name) => !UNTOLD.includes(name)), ...OFTEN, ...OFTEN, ...OFTEN];

/** A world, and everything that its webhook delivered on the way. */
class Told {
  readonly world: World;
  readonly chance: Chance;
  readonly delivered: Delivery[];
  readonly #webhook: Webhook;

  constructor(seed: number) {
    const { world, chance } = randomWorld(seed, { count: 0 });
    organization(world, "acme-labs");
    const empty = world.repository("acme/empty");
    // A pull request needs a branch to go to.
    if (empty) push(world, empty, { by: "ada", message: "Begin" });
    this.world = world;
    this.chance = chance;
    this.#webhook = new Webhook(world);
    this.delivered = this.#webhook.take();
  }

  happen(count: number): this {
    for (let step = 0; step < count; step += 1) {
      happen(this.world, this.chance, { count: 1, among: TOLD });
      this.delivered.push(...this.#webhook.take());
    }
    return this;
  }
}

const shuffled = (items: readonly Delivery[], chance: Chance): Delivery[] =>
  items
    .map((item) => ({ item, at: chance.whole(0, 1_000_000) }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);

/**
 * Deliveries tell more: of commits that nobody merged, and of how runs went while they did. They do not tell when a tag was made, whether the
 * branch of a deployment is there, nor of rules.
 */
const TOLD_OTHERWISE = [
  ...["last_collection", "evidence", "pipeline_run", "pipeline_job", "commit", "reported_commit", "change_commit", "commit_change_number"],
  // Who signed the commits that nobody merged.
  ...["reported_identity", "person_login", "actor", "identity"],
  ...["bond", "claim", "doubt", "group", "link", "name", "rule", "statement"].map((what) => `identity_${what}`),
];
const NOT_TOLD: Readonly<Record<string, string>> = {
  "model.ref": "tagged_at",
  "model.deployment": "branch",
  "model.reported_deployment": "branch",
};

const ABOVE = ["reports", "publish"] as const;
const METRICS = ["correlation", "metrics", "controls", "expectations"] as const;

async function figuresOf(one: Bench, asOf: string, withMetrics: boolean): Promise<Record<string, unknown>> {
  await one.model(asOf, withMetrics ? ABOVE : [...METRICS, ...ABOVE]);
  const tables = await one.warehouse.rows<{ table_schema: string; table_name: string }>(
    `select table_schema, table_name from information_schema.tables
     where table_schema in ('model', 'metrics') order by table_schema, table_name`,
  );
  const figures: Record<string, unknown> = {};
  for (const { table_schema, table_name } of tables) {
    const name = `${table_schema}.${table_name}`;
    if (TOLD_OTHERWISE.includes(table_name)) continue;
    const without = NOT_TOLD[name];
    figures[name] = await one.warehouse.rows(`select * ${without ? `exclude (${without})` : ""} from ${name} order by all`);
  }
  return figures;
}

/** A deletion that never arrives cannot be known. */
const isDeletion = ({ payload }: Delivery): boolean => /"(?:action":"deleted"|deleted":true)/.test(JSON.stringify(payload));

const POLLED = { ...OPTIONS, deliveries: DELIVERIES };

async function polled(told: Pick<Told, "world" | "delivered">, options: object = OPTIONS): Promise<Bench> {
  const one = await bench(await serve({ world: told.world }), options, SERVICES);
  if ("deliveries" in options) write(one, told.delivered.map(line).join(""));
  expect(outcomes(await one.collect()).filter((outcome) => !outcome.endsWith("completed"))).toEqual([]);
  return one;
}

async function delivered(items: readonly Delivery[]): Promise<Bench> {
  const one = await deliveredBench({ incident_labels: ["incident"] }, SERVICES);
  write(one, items.map(line).join(""));
  expect(outcomes(await one.collect())).toEqual(["delivery completed"]);
  return one;
}

/** Asked until now, and from now on delivered. */
async function switched(told: Told, count: number): Promise<Bench> {
  const before = await polled(told);
  const known = told.delivered.length;
  told.happen(count);
  const alone = await deliveredBench({ incident_labels: ["incident"] }, SERVICES);
  write(alone, told.delivered.slice(known).map(line).join("") || " ");
  const one = before.configuredAs(alone);
  expect(outcomes(await one.collect())).toEqual(["delivery completed"]);
  return one;
}

describe("the same history, asked for or delivered, gives the same figures", () => {
  test.for([1, 2])("seed %i", { timeout: 120_000 }, async (seed) => {
    const told = new Told(seed).happen(40);
    const half = await switched(told, 60);
    const { world, chance } = told;
    const figures = (one: Bench) => figuresOf(one, later(world.now, 60), seed === 1);
    const expected = await figures(await polled(told));
    expect(expected["model.reported_change"], "something was merged").not.toEqual([]);
    expect(await figures(half), "asked, then delivered").toEqual(expected);
    const twice = shuffled([...told.delivered, ...told.delivered], chance);
    expect(await figures(await delivered(twice)), "delivered twice, in any order").toEqual(expected);
    const some = { world, delivered: told.delivered.filter((one) => isDeletion(one) || chance.whole(0, 1) === 1) };
    expect(await figures(await polled(some, POLLED)), "asked, and some delivered as well").toEqual(expected);
  });
});
