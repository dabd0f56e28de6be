import { expect, test } from "vitest";
import { eventful, FIRST, SECOND } from "../../fakes/github/world/eventful.ts";
import { relationsOf, type Relations } from "../../soak/same.ts";
import type { Bench } from "../bench.ts";
import { bench, serve } from "./support.ts";

/** Everything that figures are made from. */
async function modelOf(one: Bench, asOf: string): Promise<Relations> {
  await one.model(asOf);
  return relationsOf(one.warehouse, "model", ["last_collection"]);
}

test("what collectors are known to miss between two runs is not missed", { timeout: 60_000 }, async () => {
  const world = eventful();
  const github = await serve({ world });
  const options = { organisations: ["acme"], incident_labels: ["incident"], pipelines: { jobs: "failed" } };
  const services =
    "services:\n  payments: { repository: acme/payments }\nenvironments:\n  production: { kind: production }\n";
  const changing = await bench(github, options, services);
  await changing.collect();
  const before = await modelOf(changing, FIRST);
  github.advanceTo(SECOND);
  await changing.collect();
  const clean = await bench(github, options, services);
  await clean.collect();
  const after = await modelOf(clean, SECOND);
  expect(await modelOf(changing, SECOND)).toEqual(after);
  expect(after).not.toEqual(before);
});
