import { expect, test } from "vitest";
import { Chance } from "../../support/chance.ts";
import { acknowledge, reopen, resolve, service, trigger } from "../../fakes/pagerduty/world/happen.ts";
import { randomWorld } from "../../fakes/pagerduty/world/random.ts";
import { World } from "../../fakes/pagerduty/world/world.ts";
import { Reader } from "./read.ts";
import { serve } from "./support.ts";

/** Two years of incidents, each acknowledged, all but one in two hundred resolved. */
function long(count: number, chance: Chance): World {
  const world = new World("2024-01-02T08:00:00Z");
  const payments = service(world, "payments");
  for (let index = 0; index < count; index += 1) {
    const incident = trigger(world.pass(chance.whole(1, (2 * 730 * 86_400) / count - 200)), payments);
    acknowledge(world.pass(60), incident);
    if (chance.whole(1, 200) > 1) resolve(world.pass(chance.whole(60, 300)), incident);
  }
  return world;
}

const COUNT = Number(process.env["QUARTERDECK_INCIDENTS"] ?? 10_000);

test(
  "a run after which 0.5 % of all incidents changed costs less than 2 % of the first",
  { timeout: 300_000 },
  async () => {
    const chance = new Chance(1);
    const world = long(COUNT, chance);
    const pagerduty = await serve({ world });
    const reader = new Reader();
    const whole = await reader.read(pagerduty);
    // Of whatever age: what was resolved is opened again, and what was open resolved; a fifth of them are new.
    for (let index = 0; index < COUNT * 0.004; index += 1) {
      const incident = chance.of(world.incidents)!;
      if (incident.status === "resolved") reopen(world.pass(300), incident);
      else resolve(world.pass(300), incident);
    }
    for (let index = 0; index < COUNT * 0.001; index += 1) trigger(world.pass(300), world.services[0]!);
    const changed = await reader.read(pagerduty);
    expect(changed / whole, `${changed} of ${whole}`).toBeLessThan(0.02);
    if (process.env["QUARTERDECK_INCIDENTS"])
      console.log(`${COUNT} incidents: ${whole} requests, then ${changed}`);
    const clean = new Reader();
    await clean.read(pagerduty);
    expect(reader.of("incident")).toEqual(clean.of("incident"));
    expect(reader.of("log_entry")).toEqual(clean.of("log_entry"));
    // Four entries each, of which that of a notification is not kept: more than an offset may lead to within half a year.
    expect(clean.of("log_entry").size).toBe(
      world.entries.filter(({ type }) => type !== "notify_log_entry").length,
    );
    expect(pagerduty.requests.every(({ status }) => status === 200)).toBe(true);
  },
);

test("a first day leaves out what was before it, and an earlier one reads that too", async () => {
  const { world } = randomWorld(2, { count: 120 });
  const pagerduty = await serve({ world });
  const reader = new Reader();
  await reader.read(pagerduty, { since: "2024-06-01" });
  // Older ones that are still open are looked at in every run.
  const expected = world.incidents.filter(
    ({ createdAt, status }) => createdAt >= Date.UTC(2024, 5, 1) / 1000 || status !== "resolved",
  );
  expect(reader.of("incident").size).toBe(expected.length);
  expect(expected.length).toBeLessThan(world.incidents.length);
  await reader.read(pagerduty, { since: "2023-12-01" });
  expect(reader.of("incident").size).toBe(world.incidents.length);
});
