import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type AnySchema } from "ajv";
import formats from "ajv-formats";
import { expect, test } from "vitest";
import { DEMO_TOKEN, type FakePagerDuty, startFakePagerDuty } from "./index.ts";
import { randomWorld } from "./world/random.ts";

/** See the comment in the file for where it is from. */
const description = JSON.parse(readFileSync(join(import.meta.dirname, "schemas/openapi.json"), "utf8")) as {
  components: { schemas: Record<string, AnySchema> };
};
const ajv = new Ajv({ strict: false, allErrors: true });
(formats as unknown as (to: Ajv) => void)(ajv);
ajv.addSchema({ $id: "https://pagerduty.test/openapi", ...description });

const validatorOf = (name: string) =>
  ajv.compile({ $ref: `https://pagerduty.test/openapi#/components/schemas/${name}` });

async function ask(pagerduty: FakePagerDuty, path: string): Promise<Record<string, unknown>> {
  const answer = await fetch(pagerduty.url + path, {
    headers: { authorization: `Token token=${DEMO_TOKEN.token}` },
  });
  return (await answer.json()) as Record<string, unknown>;
}

const all = "since=2024-01-01T00:00:00Z&until=2024-06-28T00:00:00Z&limit=100&total=true";

test.for([
  ["/services?limit=100", "services", "Service"],
  ["/priorities", "priorities", "Priority"],
  [`/incidents?${all}`, "incidents", "Incident"],
  ["/incidents?date_range=all&statuses[]=resolved", "incidents", "Incident"],
  [`/log_entries?${all}`, "log_entries", "LogEntry"],
  [`/change_events?${all}`, "change_events", "ChangeEvent"],
] as const)("answers to %s are as PagerDuty describes them", async ([path, field, schema]) => {
  const pagerduty = await startFakePagerDuty({ world: randomWorld(6, { count: 150 }).world });
  const body = await ask(pagerduty, path);
  await pagerduty.close();
  const records = body[field] as unknown[];
  expect(records.length).toBeGreaterThan(2);
  expect(validatorOf("Pagination")(body)).toBe(true);
  const validate = validatorOf(schema);
  for (const record of records)
    expect(validate(record) ? [] : validate.errors, JSON.stringify(record)).toEqual([]);
});

test("an incident that stands in a log entry is the one that is listed", async () => {
  const pagerduty = await startFakePagerDuty({ world: randomWorld(6, { count: 50 }).world });
  const [entry] = (await ask(pagerduty, `/log_entries?${all}&include[]=incidents`))["log_entries"] as {
    incident: { id: string };
  }[];
  expect(await ask(pagerduty, `/incidents/${entry!.incident.id}`)).toEqual({ incident: entry!.incident });
  await pagerduty.close();
});

test.for([
  ["/incidents?since=2024-01-01T00:00:00Z&until=2024-07-10T00:00:00Z", 400],
  ["/incidents?limit=100&offset=9901", 400],
  ["/incidents?limit=101", 400],
  ["/change_events?since=2024-01-01T00:00:00%2B01:00", 400],
  ["/incidents/PNONE", 404],
  ["/nothing", 404],
] as const)("%s is refused with %i", async ([path, status]) => {
  const pagerduty = await startFakePagerDuty({ world: randomWorld(1, { count: 5 }).world });
  const answer = await fetch(pagerduty.url + path, {
    headers: { authorization: `Token token=${DEMO_TOKEN.token}` },
  });
  expect(answer.status).toBe(status);
  await pagerduty.close();
});
