import { SEED } from "../../../../examples/acme/generate.ts";
import { AS_OF, type Instant as Seconds, isoUtc, START } from "../../../../examples/acme/generator/clock.ts";
import { people } from "../../../../examples/acme/generator/people.ts";
import { repositories } from "../../../../examples/acme/generator/services.ts";
import { imagine } from "../../../../examples/acme/generator/world.ts";
import { mainLine } from "../world/commits.ts";
import type { Ruleset } from "../world/records.ts";
import { actor, judgePush, organization, protectBranch, repository, ruleset } from "../world/repositories.ts";
import { World } from "../world/world.ts";
import { planCode } from "./code.ts";
import { planDelivery } from "./delivery.ts";

export interface AcmeOptions {
  readonly seed?: number;
  /** 1 = two full years. */
  readonly scale?: number;
  /** How far the world has come; to the end, where nothing is said. `advanceTo` goes on from there. */
  readonly until?: string;
}

/** Acme Bank as GitHub would show it. What GitHub does not hold (incidents, change requests) is in files. */
export function acmeWorld({ seed = SEED, scale = 1, until = isoUtc(AS_OF) }: AcmeOptions = {}): World {
  const { world: acme } = imagine(seed, scale);
  const world = new World(isoUtc(START - YEAR));
  const bank = organization(world, "acme", "Acme Bank");
  for (const { login, name, email, isBot } of people)
    actor(world, login, { name, email, kind: isBot && login.endsWith("-bot") ? "Bot" : "User" });
  for (const { name } of repositories) protectBranch(world, repository(world, name), "main");
  const rules = ruleset(world, bank, { name: "Everything is reviewed", rules: [{ type: "PULL_REQUEST" }], bypass: ["ci-bot[bot]"] });
  planCode(world, acme);
  planDelivery(world, acme);
  world.plan(isoUtc(AS_OF - WEEK), () => goPast(world, rules));
  return world.advanceTo(until);
}

const YEAR: Seconds = 365 * 86_400;
const WEEK: Seconds = 7 * 86_400;

/** Somebody put the newest commit of one repository onto its main line past the rules. */
function goPast(world: World, rules: Ruleset): void {
  const [target] = world.repositories;
  const commit = target && mainLine(target);
  const [before = ""] = commit?.parentOids ?? [];
  if (commit) judgePush(world, rules, { in: target, by: "ci-bot[bot]", before, after: commit.oid, result: "bypass" });
}
