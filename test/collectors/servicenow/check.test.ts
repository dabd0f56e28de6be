import { expect, test } from "vitest";
import type { Check } from "../../../collectors/contract.ts";
import { servicenowConfig } from "../../../collectors/servicenow/config.ts";
import { servicenow } from "../../../collectors/servicenow/index.ts";
import { DEMO_TOKEN, type FakeOptions } from "../../fakes/servicenow/index.ts";
import { randomWorld } from "../../fakes/servicenow/world/random.ts";
import { serve } from "./support.ts";

async function check(options: Partial<FakeOptions>, more: object = {}): Promise<Check[]> {
  const { url } = await serve({ world: randomWorld(1, { count: 60 }).world, ...options });
  const config = servicenowConfig.parse({ collector: "servicenow", url, token: "${TOKEN}", ...more });
  config.token?.resolve({ TOKEN: DEMO_TOKEN });
  expect(servicenow.origins?.(config)).toEqual([url]);
  const checks: Check[] = [];
  for await (const one of servicenow.check?.(config, { baseDirectory: ".", now: new Date(0) }) ?? [])
    checks.push(one);
  return checks;
}

const troubles = (checks: readonly Check[]) =>
  checks.filter(({ status }) => status !== "ok").map(({ status, message }) => [status, message]);

test("each table with its number of records", async () => {
  const world = randomWorld(1, { count: 60 }).world;
  world.hidden.clear();
  const checks = await check({ world });
  expect(troubles(checks)).toEqual([]);
  expect(checks.map(({ message }) => message.split(":")[0])).toEqual([
    "change_request",
    "sysapproval_approver",
    "incident",
    "cmdb_ci_service",
    "cmdb_rel_ci",
  ]);
});

test("what the user may not read, fields that there are not, conditions that are left out", async () => {
  const world = randomWorld(1, { count: 60 }).world;
  world.hidden.clear();
  world.hidden.add(world.table("incident").sorted.at(-1)?.id ?? "");
  const readable = ["change_request", "incident", "cmdb_ci_service", "cmdb_rel_ci"];
  const checks = await check(
    { world, readable, withheld: ["risk"] },
    {
      change_request: { fields: { planned_start: "u_starts" } },
      configuration_item: { query: "u_live=true" },
    },
  );
  expect(troubles(checks)).toEqual([
    ["warning", "the user may not read the field risk of change_request"],
    ["problem", "change_request has no field u_starts"],
    [
      "problem",
      expect.stringContaining("the user may not read decisions on change requests (sysapproval_approver)"),
    ],
    ["warning", expect.stringMatching(/^incident: of the newest \d+ records the user sees \d+$/)],
    ["problem", expect.stringContaining("the query is about u_live, which cmdb_ci_service does not have")],
  ]);
});

test("times that are not read as UTC, a wrong token", async () => {
  const { world } = randomWorld(1, { count: 20 });
  world.offset = 3_600;
  await expect(check({ world })).rejects.toThrow("does not read times in queries as UTC");
  await expect(check({ letIn: [] })).rejects.toThrow("is not accepted by ServiceNow");
});
