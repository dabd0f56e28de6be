import { describe, expect, test } from "vitest";
import { DEMO_TOKEN } from "../../fakes/pagerduty/index.ts";
import { change, merge, reopen, resolve, service, trigger } from "../../fakes/pagerduty/world/happen.ts";
import { happen, randomWorld } from "../../fakes/pagerduty/world/random.ts";
import { World } from "../../fakes/pagerduty/world/world.ts";
import { type Bench, failed, said } from "../bench.ts";
import { bench, serve } from "./support.ts";

const YEAR = 365 * 86_400;

function old(): World {
  const world = new World("2024-01-02T08:00:00Z");
  service(world, "payments");
  return world;
}

/** Everything of a stream, by its key. */
async function stored(one: Bench, stream: string): Promise<Map<string, Record<string, unknown>>> {
  const rows = await one.warehouse.rows<{ key: string; payload: string }>(
    "select key, payload::varchar as payload from raw.current where stream = ? order by key",
    [stream],
  );
  return new Map(rows.map(({ key, payload }) => [key, JSON.parse(payload) as Record<string, unknown>]));
}

describe("an incident of last year", () => {
  test("that is resolved now, and one that is opened again", async () => {
    const world = old();
    const late = trigger(world, world.services[0]!);
    const again = trigger(world, world.services[0]!);
    resolve(world.pass(600), again);
    const pagerduty = await serve({ world });
    world.pass(YEAR);
    const one = await bench(pagerduty);
    await one.collect();
    expect((await stored(one, "incident")).get(again.id)).toMatchObject({ status: "resolved" });
    world.pass(3_600);
    resolve(world, late);
    reopen(world, again);
    world.pass(60);
    pagerduty.requests.length = 0;
    await one.collect();
    const incidents = await stored(one, "incident");
    expect(incidents.get(late.id)).toMatchObject({ status: "resolved", resolved_at: "2025-01-01T09:10:00Z" });
    expect(incidents.get(again.id)).toMatchObject({ status: "triggered", resolved_at: null });
    // Neither was asked for by itself.
    expect(pagerduty.requests.filter(({ url }) => url.startsWith("/incidents/"))).toEqual([]);
  });

  test("is asked for by itself where the log gives no more than its name", async () => {
    const world = old();
    const late = trigger(world, world.services[0]!);
    resolve(world.pass(600), late);
    world.pass(YEAR);
    const pagerduty = await serve({
      world,
      faults: (path) => (path.startsWith("/log_entries") ? "references" : undefined),
    });
    const one = await bench(pagerduty);
    await one.collect();
    reopen(world.pass(3_600), late);
    await one.collect();
    expect((await stored(one, "incident")).get(late.id)).toMatchObject({ status: "triggered" });
    expect(pagerduty.requests.some(({ url }) => url.startsWith(`/incidents/${late.id}`))).toBe(true);
  });

  test("that is gone, though it was open, is deleted", async () => {
    const world = old();
    const gone = trigger(world, world.services[0]!);
    const stays = trigger(world, world.services[0]!);
    world.pass(YEAR);
    const pagerduty = await serve({ world });
    const one = await bench(pagerduty);
    await one.collect();
    world.incidents.splice(world.incidents.indexOf(gone), 1);
    world.pass(86_400);
    await one.collect();
    expect([...(await stored(one, "incident")).keys()]).toEqual([stays.id]);
  });
});

describe("a service that is hidden from the token's owner", () => {
  const DAY = 86_400;

  function hiding() {
    const world = old();
    const other = service(world, "ledger");
    change(world, [other], { version: "1" });
    const incidents = [trigger(world, world.services[0]!), trigger(world.pass(60), other)];
    for (const one of incidents) resolve(world.pass(600), one);
    world.pass(DAY);
    return { world, other };
  }

  const counts = async (one: Bench) =>
    [await stored(one, "incident"), await stored(one, "log_entry"), await stored(one, "change_event")].map(
      ({ size }) => size,
    );

  test("goes with its incidents and their log, and comes back with both", async () => {
    const { world, other } = hiding();
    const one = await bench(await serve({ world }));
    await one.collect();
    expect(await counts(one)).toEqual([2, 6, 1]);
    world.hidden.add(other.id);
    await one.collect();
    expect(await counts(one)).toEqual([1, 3, 1]);
    world.pass(DAY);
    world.hidden.delete(other.id);
    await one.collect();
    expect(await counts(one)).toEqual([2, 6, 1]);
  });

  test("brings what happened before it is shown within a week, also where the number of incidents is the same", async () => {
    const { world, other } = hiding();
    world.hidden.add(other.id);
    const one = await bench(await serve({ world }));
    await one.collect();
    expect(await counts(one)).toEqual([1, 3, 0]);
    world.hidden.delete(other.id);
    world.hidden.add(world.services[0]!.id);
    await one.collect();
    expect([...(await stored(one, "incident")).keys()]).toEqual([world.incidents[0]!.id]);
    await one.later(8 * DAY).collect();
    expect([...(await stored(one, "incident")).keys()]).toEqual([world.incidents[1]!.id]);
    expect(await counts(one)).toEqual([1, 3, 1]);
  });
});

test("what was changed long before the oldest incident that there is comes too, as far back as the oldest service", async () => {
  const world = old();
  change(world, [world.services[0]!], { version: "1" });
  resolve(world, trigger(world.pass(2 * YEAR), world.services[0]!));
  const one = await bench(await serve({ world }));
  await one.collect();
  expect((await stored(one, "change_event")).size).toBe(1);
  const later = await bench(await serve({ world }), { since: "2025-01-01" });
  await later.collect();
  expect((await stored(later, "change_event")).size).toBe(0);
});

test("a list that shrinks while it is read is begun anew, so that nothing is passed over", async () => {
  const world = old();
  for (let index = 0; index < 12; index += 1)
    resolve(world.pass(60), trigger(world.pass(60), world.services[0]!));
  const gone = world.incidents.at(-1)!;
  const pagerduty = await serve({ world, most: 5 });
  pagerduty.happening = () => {
    if (pagerduty.requests.at(-1)?.url.startsWith("/log_entries")) world.hidden.add(gone.id);
  };
  const one = await bench(pagerduty);
  await one.collect();
  const entries = world.entries.filter(
    ({ type, incident }) => type !== "notify_log_entry" && incident !== gone,
  );
  const keys = [...(await stored(one, "log_entry")).keys()];
  expect(entries.map(({ id }) => id).filter((id) => !keys.includes(id))).toEqual([]);
});

test("what a first run passed over since it was cut short is there a week after it began", async () => {
  const world = old();
  for (let index = 0; index < 12; index += 1)
    resolve(world.pass(60), trigger(world.pass(86_400), world.services[0]!));
  const [oldest, newest] = [world.incidents[0]!, world.incidents.at(-1)!];
  world.hidden.add(oldest.id);
  const pagerduty = await serve({ world, most: 5 });
  let pages = 1;
  pagerduty.faults = (path) => (path.startsWith("/log_entries") && pages-- <= 0 ? "bad-gateway" : undefined);
  const one = await bench(pagerduty);
  expect(failed(await one.collect())).toEqual(["log_entry"]);
  pagerduty.faults = () => undefined;
  // As many entries as before: nothing tells that those of the second page are on the first now.
  world.hidden.delete(oldest.id);
  world.hidden.add(newest.id);
  await one.later(7 * 86_400).collect();
  const there = world.entries.filter(
    ({ type, incident }) => type !== "notify_log_entry" && incident !== newest,
  );
  expect([...(await stored(one, "log_entry")).keys()]).toEqual(there.map(({ id }) => id).sort());
});

test("spans are no longer than PagerDuty takes, and begin before the oldest incident", async () => {
  const world = old();
  resolve(world, trigger(world, world.services[0]!));
  world.pass(3 * YEAR);
  const pagerduty = await serve({ world });
  const report = await (await bench(pagerduty)).collect();
  expect(failed(report)).toEqual([]);
  const spans = pagerduty.requests
    .map(({ url }) => new URL(url, "http://x").searchParams)
    .filter((query) => query.has("since"));
  const days = spans.map(
    (query) => (Date.parse(query.get("until")!) - Date.parse(query.get("since")!)) / 86_400_000,
  );
  expect(Math.max(...days)).toBeLessThanOrEqual(180);
  expect(spans.map((query) => query.get("since")).sort()[0]).toBe("2023-07-06T08:00:00Z");
});

test("a run that is cut short goes on where it stopped", async () => {
  const { world } = randomWorld(4, { count: 200 });
  let left = 6;
  const pagerduty = await serve({ world, faults: () => (left-- > 0 ? undefined : "bad-gateway") });
  const one = await bench(pagerduty);
  expect(said(await one.collect())).toContain("no good answer from");
  const first = (await stored(one, "incident")).size;
  pagerduty.faults = () => undefined;
  pagerduty.requests.length = 0;
  await one.collect();
  expect((await stored(one, "incident")).size).toBe(world.incidents.length);
  expect(first).toBeGreaterThan(0);
});

test("merged incidents, a deleted service, and what the source says it has", async () => {
  const world = old();
  const other = service(world, "Gone");
  const one = trigger(world, other);
  world.pass(60);
  const two = trigger(world, world.services[0]!);
  merge(world.pass(60), one, two);
  const pagerduty = await serve({ world });
  const it = await bench(pagerduty);
  await it.collect();
  other.isDeleted = true;
  const report = await it.collect();
  expect(report.streams.find(({ stream }) => stream === "service")).toMatchObject({ deleted: 1 });
  await it.model("2024-02-01T00:00:00Z");
  const services = await it.warehouse.rows(
    "select name, service, is_listed from staging.pagerduty_service order by name",
  );
  expect(services).toEqual([
    { name: "Gone", service: null, is_listed: false },
    { name: "payments", service: "payments", is_listed: true },
  ]);
  const incidents = await it.warehouse.rows(
    "select native_id, service, strftime(started_at, '%H:%M:%S') as began from model.incident",
  );
  expect(incidents).toEqual([{ native_id: two.id, service: "payments", began: "08:00:00" }]);
  const declared = await it.warehouse.rows(
    "select max(declared_total) as n from raw.source_run where stream = 'incident'",
  );
  expect(declared).toEqual([{ n: 2 }]);
});

describe("what cannot be read is said, and the rest is there", () => {
  const small = () => {
    const world = old();
    resolve(world, trigger(world, world.services[0]!));
    return world;
  };

  test("a wrong token", async () => {
    const pagerduty = await serve({ world: small(), tokens: [] });
    const report = await (await bench(pagerduty)).collect();
    expect(failed(report)).toEqual(["service", "priority", "incident", "log_entry", "change_event"]);
    expect(said(report)).toContain(
      "the token in PAGERDUTY_TOKEN is not accepted by PagerDuty: it is wrong, expired or revoked; make a new one",
    );
  });

  test("a permission that is missing fails its stream and names itself; the others go on", async () => {
    const lists = ["services", "incidents", "priorities", "log_entries"];
    const pagerduty = await serve({ world: small(), tokens: [{ ...DEMO_TOKEN, lists }] });
    const report = await (await bench(pagerduty)).collect();
    expect(failed(report)).toEqual(["change_event"]);
    expect(said(report)).toContain(
      'the token may not read change events (/change_events) (PagerDuty says: Access Denied): give it "change_events.read", or use a read-only key of the whole account',
    );
  });

  test("a plan without priorities has none", async () => {
    const pagerduty = await serve({ world: small(), without: ["priorities"] });
    const one = await bench(pagerduty);
    expect(failed(await one.collect())).toEqual([]);
    expect((await stored(one, "priority")).size).toBe(0);
  });

  test.for([
    ["bad-shape", "/incidents: expected a record.id to be as PagerDuty describes it"],
    ["html", "does not answer in JSON: set url to the address of PagerDuty's API"],
    ["redirect-away", "where the token must not go: set url to the address that is meant"],
  ] as const)("%s", async ([fault, words]) => {
    const pagerduty = await serve({
      world: small(),
      faults: (path) => (path.startsWith("/incidents") ? fault : undefined),
    });
    const one = await bench(pagerduty);
    const report = await one.collect();
    expect(failed(report)).toContain("incident");
    expect(said(report)).toContain(words);
    expect(pagerduty.strayed).toEqual([]);
    expect((await stored(one, "service")).size).toBe(1);
  });

  test("waits as long as PagerDuty asks", async () => {
    let times = 1;
    const pagerduty = await serve({ world: small(), faults: () => (times-- > 0 ? "long-limit" : undefined) });
    const one = await bench(pagerduty);
    expect(failed(await one.collect())).toEqual([]);
    expect(one.waits).toEqual([7]);
  });
});

test("nothing changes: few requests, nothing stored", async () => {
  const { world, chance } = randomWorld(3, { count: 60 });
  happen(world, chance, { count: 10, pause: 100 });
  const pagerduty = await serve({ world });
  const one = await bench(pagerduty);
  await one.collect();
  pagerduty.requests.length = 0;
  const report = await one.collect();
  expect(report.streams.reduce((sum, { stored: count }) => sum + count, 0)).toBe(0);
  expect(pagerduty.requests).toHaveLength(8);
  expect(Object.fromEntries(report.streams.map(({ stream, usage }) => [stream, usage.calls]))).toEqual({
    ...{ service: 1, priority: 1, log_entry: 1, change_event: 1 },
    // How far the account reaches, what is new, the log since, and what is open.
    incident: 4,
  });
});
