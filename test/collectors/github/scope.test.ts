import { expect, test } from "vitest";
import { archive, organization, rename, repository, transfer } from "../../fakes/github/world/repositories.ts";
import { begun } from "../../fakes/github/world/scenarios.ts";
import { World } from "../../fakes/github/world/world.ts";
import { openPullRequest } from "../../fakes/github/world/pull-requests.ts";
import { said } from "../bench.ts";
import { bench, serve } from "./support.ts";

function company(): World {
  const world = new World("2026-01-05T08:00:00Z");
  organization(world, "acme");
  organization(world, "labs");
  const pay = begun(world, "acme/pay-api");
  begun(world, "acme/pay-web");
  begun(world, "acme/website");
  archive(world, begun(world, "acme/pay-old"));
  repository(world, "acme/pay-fork", { parent: pay });
  begun(world, "labs/pay-trial");
  return world;
}

/** Names of the repositories that a run reads. */
async function readBy(options: object): Promise<unknown[]> {
  const github = await serve({ world: company() });
  const one = await bench(github, options);
  expect(said(await one.collect())).not.toContain("failed");
  const rows = await one.warehouse.rows("select payload ->> '$.nameWithOwner' as name from raw.current where stream = 'repository' order by name");
  return rows.map(({ name }) => name);
}

test.for<[string, object, string[]]>([
  ["all but forks", { organisations: ["acme"] }, ["acme/pay-api", "acme/pay-old", "acme/pay-web", "acme/website"]],
  ["forks too", { organisations: ["acme"], forks: true, include: ["pay-*"] }, ["acme/pay-api", "acme/pay-fork", "acme/pay-old", "acme/pay-web"]],
  ["no archived ones", { organisations: ["acme"], archived: false }, ["acme/pay-api", "acme/pay-web", "acme/website"]],
  ["what fits a pattern, without regard to case", { organisations: ["acme", "labs"], include: ["PAY-*"] }, ["acme/pay-api", "acme/pay-old", "acme/pay-web", "labs/pay-trial"]],
  ["patterns with an owner", { organisations: ["acme", "labs"], include: ["labs/*", "website"] }, ["acme/website", "labs/pay-trial"]],
  ["what is left out wins", { organisations: ["acme"], exclude: ["pay-*"], repositories: ["labs/pay-trial"] }, ["acme/website"]],
  ["a single one, be it archived or a fork", { repositories: ["acme/pay-old", "acme/pay-fork"] }, ["acme/pay-fork", "acme/pay-old"]],
])("%s", async ([, options, names]) => {
  expect(await readBy(options)).toEqual(names);
});

test("renamed and transferred, a repository keeps its records; no longer meant, it loses them", async () => {
  const world = company();
  const target = world.repository("acme/pay-api")!;
  openPullRequest(world, target, { by: "ada", title: "Before" });
  const github = await serve({ world });
  const one = await bench(github, { organisations: ["acme", "labs"], exclude: ["secret"] });
  const pulls = () => one.warehouse.rows("select count(*) as n from raw.current where stream = 'pull_request'");
  await one.collect();
  rename(world, target, "payments");
  transfer(world, target, "labs");
  const report = await one.collect();
  expect(report.streams.find(({ stream }) => stream === "pull_request")).toMatchObject({ status: "completed", deleted: 0 });
  expect(await pulls()).toEqual([{ n: 1 }]);
  const names = await one.warehouse.rows("select payload ->> '$.nameWithOwner' as name from raw.current where stream = 'repository' order by name");
  expect(names.map(({ name }) => name)).toContain("labs/payments");
  rename(world, target, "secret");
  await one.collect();
  expect(await pulls()).toEqual([{ n: 0 }]);
});
