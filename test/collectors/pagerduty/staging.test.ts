import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { lineToAdd } from "../../../src/config/line-to-add.ts";
import type { Row } from "../../../src/warehouse/rows.ts";
import {
  acknowledge,
  annotate,
  change,
  merge,
  prioritise,
  reopen,
  resolve,
  service,
  trigger,
} from "../../fakes/pagerduty/world/happen.ts";
import { World } from "../../fakes/pagerduty/world/world.ts";
import type { AtEnd } from "../../soak/scenario.ts";
import type { Bench } from "../bench.ts";
import { bench, serve } from "./support.ts";

const NOTES = {
  started: "Started",
  mitigated: "mitigated",
  cause: "Cause:",
  caused_by: "Caused by",
  classification: "Kind:",
};
const AS_OF = "2026-01-10T00:00:00Z";
const SERVICES = `services:
  payments: { pagerduty: [Payments API, Payments batch] }
  ledger: {}
  search: {}
`;

/** From 5 January 2026, 08:00, on; so many minutes later each. */
function world(): World {
  const made = new World("2026-01-05T08:00:00Z");
  const [api, batch, own, other] = ["Payments API", "Payments batch", "LEDGER", "Prod Search cluster"].map(
    (name) => service(made, name),
  ) as [never, never, never, never];
  service(made, "quiet");
  const minutes = (count: number) => made.pass(count * 60);

  const one = trigger(minutes(60), api, { title: "Plain", urgency: "low", id: "P1" }); // 09:00
  acknowledge(minutes(5), one); // 09:05
  annotate(minutes(5), one, "Mitigated"); // 09:10
  resolve(minutes(5), one); // 09:15

  const two = trigger(minutes(45), batch, { title: "Told in notes", priority: "SEV-1", id: "P2" }); // 10:00
  annotate(made, two, "Started: 2026-01-05T10:30:00+01:00"); // 09:30
  annotate(made, two, "started at lunch");
  annotate(made, two, "CAUSE: a slow query ");
  annotate(made, two, "Caused by: d1, 9fceb02,");
  annotate(made, two, "kind: data");
  annotate(made, two, "Mitigated 2026-01-05T10:20:00Z");
  prioritise(made, two, made.priorities[1]);
  resolve(minutes(60), two); // 11:00

  const three = trigger(minutes(60), own, { title: "Opened again", id: "P3" }); // 12:00
  annotate(minutes(5), three, "Mitigated"); // 12:05
  resolve(minutes(5), three); // 12:10
  reopen(minutes(10), three); // 12:20
  acknowledge(minutes(10), three); // 12:30

  const four = trigger(minutes(30), own, { title: "Part", id: "P4" }); // 13:00
  const five = trigger(minutes(10), own, { title: "Whole", id: "P5" }); // 13:10
  merge(minutes(10), four, five);

  trigger(minutes(30), other, { title: "Of nobody", id: "P6" });
  change(made, [api, own], { version: "1.2" });
  change(made, [], {});
  return made.advanceTo("2026-01-09T00:00:00Z");
}

let collected: Bench;
const undos: (() => unknown)[] = [];
const atEnd: AtEnd = (undo) => void undos.push(undo);

beforeAll(async () => {
  const pagerduty = await serve({ world: world() }, atEnd);
  collected = await bench(pagerduty, { notes: NOTES }, SERVICES, atEnd);
  await collected.collect();
  await collected.model(AS_OF, ["publish"]);
});

afterAll(async () => {
  for (const undo of undos) await undo();
});

test("incidents, as worked out by hand", async () => {
  const rows = await collected.warehouse.rows(
    `select native_id as id, service, severity, classification, strftime(started_at, '%H:%M') as started, strftime(detected_at, '%H:%M') as detected,
       strftime(acknowledged_at, '%H:%M') as acknowledged, strftime(mitigated_at, '%H:%M') as mitigated, strftime(resolved_at, '%H:%M') as resolved,
       caused_by, cause
     from model.incident order by id`,
  );
  const nothing = {
    classification: null,
    acknowledged: null,
    mitigated: null,
    resolved: null,
    caused_by: [],
    cause: null,
    severity: "high",
  };
  expect(rows).toEqual([
    {
      ...nothing,
      id: "P1",
      service: "payments",
      severity: "low",
      started: "09:00",
      detected: "09:00",
      acknowledged: "09:05",
      mitigated: "09:10",
      resolved: "09:15",
    },
    {
      ...{
        id: "P2",
        service: "payments",
        severity: "SEV-2",
        classification: "data",
        started: "09:30",
        detected: "10:00",
        acknowledged: null,
      },
      ...{ mitigated: "10:20", resolved: "11:00", caused_by: ["d1", "9fceb02"], cause: "a slow query" },
    },
    // What was mitigated before it was opened again is so no longer.
    { ...nothing, id: "P3", service: "ledger", started: "12:00", detected: "12:00", acknowledged: "12:30" },
    // P4 is part of it, and began first.
    { ...nothing, id: "P5", service: "ledger", started: "13:00", detected: "13:10" },
    { ...nothing, id: "P6", service: null, started: "13:50", detected: "13:50" },
  ]);
});

test("what stands for a service covers it from the day it was made, also without an incident", async () => {
  const rows = await collected.warehouse.rows(
    "select service, count(*) as spans, min(covered_from) = timestamptz '2026-01-05 08:00:00+00' as is_from_the_first from model.incident_coverage group by service order by service",
  );
  expect(rows).toEqual([
    { service: "ledger", spans: 1, is_from_the_first: true },
    { service: "payments", spans: 2, is_from_the_first: true },
  ]);
});

test("nothing is covered before all incidents were read once", async () => {
  const pagerduty = await serve({
    world: world(),
    faults: (path) =>
      path.startsWith("/log_entries") || path.includes("sort_by=created_at%3Adesc")
        ? "bad-gateway"
        : undefined,
  });
  const one = await bench(pagerduty, {}, SERVICES);
  await one.collect();
  await one.model(AS_OF);
  expect(await one.warehouse.rows("from model.incident_coverage")).toEqual([]);
  expect(
    await one.warehouse.rows("select name from staging.pagerduty_service where service = 'ledger'"),
  ).toEqual([{ name: "LEDGER" }]);
});

test("change events are evidence, one for each service", async () => {
  const rows = await collected.warehouse.rows(
    "select kind, subject, service, attributes ->> 'version' as version from model.evidence order by subject",
  );
  expect(rows).toEqual([
    { kind: "change_event", subject: "ledger", service: "ledger", version: "1.2" },
    { kind: "change_event", subject: "payments", service: "payments", version: "1.2" },
    { kind: "change_event", subject: "pipeline", service: null, version: null },
  ]);
});

test("a service of PagerDuty that stands for none is listed with its incidents and the line to add", async () => {
  type Gap = Row<
    "reports.mapping_gap",
    "subject" | "rows" | "kind" | "add_to" | "add_path" | "add_value" | "is_guess"
  >;
  const gaps = await collected.warehouse.rows<Gap>(
    "from reports.mapping_gap where contains(lower(kind), 'pagerduty') or kind = 'Incident without a service'",
  );
  expect(gaps.map(({ subject, rows, kind }) => ({ subject, rows, kind }))).toEqual([
    { subject: "Prod Search cluster (pager)", rows: 1, kind: "Service of PagerDuty that stands for none" },
  ]);
  expect(parse(lineToAdd({ ...gaps[0]!, is_guess: gaps[0]!.is_guess === true }) ?? "")).toEqual({
    services: { search: { pagerduty: "Prod Search cluster" } },
  });
});
