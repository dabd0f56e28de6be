import { describe, expect, test } from "vitest";
import { atRandom } from "../../fakes/github/server/faults.ts";
import { eventful, FIRST, SECOND } from "../../fakes/github/world/eventful.ts";
import { Chance, happen, randomWorld } from "../../fakes/github/world/random.ts";
import { organization } from "../../fakes/github/world/repositories.ts";
import { later } from "../../fakes/github/world/world.ts";
import { type Bench, bench, outcomes, said, serve } from "./support.ts";

const SEEDS = Number(process.env["QUARTERDECK_SEEDS"] ?? 10);
/** A short window, so that what ends late is found by its id and not by luck. */
const OPTIONS = {
  organisations: ["acme", "acme-labs"],
  paths: true,
  incident_labels: ["incident"],
  deployment_window: "1h",
  pipelines: { jobs: "all" },
};
const SERVICES = `services:
  one: { repository: acme/service1 }
  two: { repository: acme/service2, paths: [services/a], shared_paths: [libs] }
  three: { repository: acme/service2, paths: [services/b] }
environments:
  production: { kind: production, names: [production-eu] }
  staging: { kind: staging }
`;

const BELOW = ["correlation", "metrics", "controls", "expectations", "reports", "publish"] as const;
/** What the model reads of GitHub, and no more: deployments keep statuses that came after all was known. */
const NOT_READ = ["github_record", "github_deployment_status"];

/** Everything that figures are made from: the model, or what it is made from, which is quicker to look at. */
async function relationsOf(one: Bench, schema: "model" | "staging", asOf: string): Promise<Record<string, unknown>> {
  await one.model(asOf, schema === "model" ? BELOW : ["model", ...BELOW]);
  const tables = await one.warehouse.rows<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = ? and table_name <> 'last_collection' order by name`,
    [schema],
  );
  const relations: Record<string, unknown> = {};
  for (const { name } of tables)
    if (!NOT_READ.includes(name)) relations[name] = await one.warehouse.rows(`from ${schema}.${name}`);
  return relations;
}

describe("whatever happens between runs and goes wrong in them, the model ends as that of one clean run", () => {
  test.for(Array.from({ length: SEEDS }, (_, index) => index + 1))("seed %i", { timeout: 60_000 }, async (seed) => {
    const { world, chance } = randomWorld(seed, { count: 40 });
    organization(world, "acme-labs");
    const github = await serve({ world, faults: atRandom({ seed, percent: 20 }) });
    const changing = await bench(github, OPTIONS, SERVICES);
    const rounds = new Chance(seed * 7).whole(2, 4);
    for (let round = 0; round < rounds; round += 1) {
      const report = await changing.collect();
      expect(outcomes(report).filter((line) => line.endsWith("skipped"))).toEqual([]);
      happen(world, chance, { count: chance.whole(10, 40) });
    }
    github.inject([]);
    const last = await changing.collect();
    expect(said(last)).not.toContain("failed");
    const clean = await bench(github, OPTIONS, SERVICES);
    await clean.collect();
    const asOf = later(world.now, 60);
    const schema = seed % 5 === 0 ? "model" : "staging";
    expect(await relationsOf(changing, schema, asOf)).toEqual(await relationsOf(clean, schema, asOf));
    expect((await clean.current()).length).toBeGreaterThan(5);
  });
});

test("what collectors are known to miss between two runs is not missed", { timeout: 60_000 }, async () => {
  const world = eventful();
  const github = await serve({ world });
  const options = { organisations: ["acme"], incident_labels: ["incident"], pipelines: { jobs: "failed" } };
  const services = "services:\n  payments: { repository: acme/payments }\nenvironments:\n  production: { kind: production }\n";
  const changing = await bench(github, options, services);
  await changing.collect();
  const before = await relationsOf(changing, "model", FIRST);
  github.advanceTo(SECOND);
  await changing.collect();
  const clean = await bench(github, options, services);
  await clean.collect();
  const after = await relationsOf(clean, "model", SECOND);
  expect(await relationsOf(changing, "model", SECOND)).toEqual(after);
  expect(after).not.toEqual(before);
});
