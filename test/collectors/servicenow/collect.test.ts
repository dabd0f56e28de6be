import { describe, expect, test } from "vitest";
import { DEMO_TOKEN, type FakeServiceNow } from "../../fakes/servicenow/index.ts";
import { closeChange, decide, open, requestChange, service } from "../../fakes/servicenow/world/happen.ts";
import { World } from "../../fakes/servicenow/world/world.ts";
import { type Bench, failed, said } from "../bench.ts";
import { bench, serve } from "./support.ts";

function small(): World {
  const world = new World("2026-01-05T08:00:00Z");
  const payments = service(world, "payments");
  const change = requestChange(world.pass(60), payments);
  decide(world.pass(60), change, "grace", "approved");
  open(world.pass(60), payments);
  world.pass(3_600);
  return world;
}

const rowsOf = (world: World, table: string) => [...world.table(table).rows.values()];

async function stored(one: Bench, stream: string): Promise<Map<string, Record<string, { value: string }>>> {
  const rows = await one.warehouse.rows<{ key: string; payload: string }>(
    "select key, payload::varchar as payload from raw.current where stream = ? order by key",
    [stream],
  );
  return new Map(
    rows.map(({ key, payload }) => [key, JSON.parse(payload) as Record<string, { value: string }>]),
  );
}

const asked = ({ requests }: FakeServiceNow, table: string) =>
  requests
    .map(({ url }) => new URL(url, "http://x"))
    .filter(({ pathname }) => pathname === `/api/now/table/${table}`)
    .map(({ searchParams }) => searchParams);

describe("by time of update and id", () => {
  test("hundreds of records in one second, each once", async () => {
    const world = small();
    const [payments] = rowsOf(world, "cmdb_ci_service");
    for (let index = 0; index < 350; index += 1) requestChange(world, payments!);
    const snow = await serve({ world });
    const one = await bench(snow);
    const report = await one.collect();
    expect(failed(report)).toEqual([]);
    expect((await stored(one, "change_request")).size).toBe(351);
    expect(report.streams.find(({ stream }) => stream === "change_request")).toMatchObject({
      stored: 351,
      unchanged: 0,
    });
    const queries = asked(snow, "change_request");
    expect(queries.every((query) => !query.has("sysparm_offset"))).toBe(true);
    expect(
      queries.map((query) => query.get("sysparm_query")).filter((query) => query?.includes("^ORsys_id>")),
    ).toHaveLength(3);
    expect(new Set(queries.map((query) => query.get("sysparm_display_value")))).toEqual(new Set(["all"]));
  });

  test("one that was written in the same second as the last that was read", async () => {
    const world = small();
    const [payments] = rowsOf(world, "cmdb_ci_service");
    const snow = await serve({ world });
    requestChange(world, payments!);
    const one = await bench(snow);
    await one.collect();
    for (let index = 0; index < 20; index += 1) requestChange(world, payments!);
    await one.collect();
    expect((await stored(one, "change_request")).size).toBe(22);
  });

  test("a change request of last year that is closed today", async () => {
    const world = small();
    const snow = await serve({ world });
    const one = await bench(snow);
    await one.collect();
    const [change] = rowsOf(world, "change_request");
    closeChange(world.pass(365 * 86_400), change!);
    await one.collect();
    expect((await stored(one, "change_request")).get(change!.id)?.["state"]).toEqual({
      value: "3",
      display_value: "Closed",
    });
  });

  test("what is deleted is missed by the number, and found by its id; what is new is read", async () => {
    const world = small();
    const [payments] = rowsOf(world, "cmdb_ci_service");
    for (let index = 0; index < 120; index += 1) requestChange(world.pass(10), payments!);
    const snow = await serve({ world });
    const one = await bench(snow);
    await one.collect();
    const [, second, third] = rowsOf(world, "change_request");
    world.delete("change_request", second!);
    world.delete("change_request", third!);
    requestChange(world.pass(60), payments!);
    snow.requests.length = 0;
    const report = await one.collect();
    expect(report.streams.find(({ stream }) => stream === "change_request")).toMatchObject({
      deleted: 2,
      stored: 1,
    });
    expect((await stored(one, "change_request")).size).toBe(world.table("change_request").rows.size);
    // Ids, and what became of two of them.
    expect(asked(snow, "change_request")).toHaveLength(2 + 2);
  });

  test("one deleted and another restored, which is no update, are found within a week", async () => {
    const world = small();
    const [payments] = rowsOf(world, "cmdb_ci_service");
    for (let index = 0; index < 20; index += 1) requestChange(world.pass(86_400), payments!);
    const [restored, gone] = rowsOf(world, "change_request");
    world.delete("change_request", restored!);
    const snow = await serve({ world });
    const one = await bench(snow);
    await one.collect();
    world.delete("change_request", gone!);
    world.restore("change_request", restored!);
    await one.later(6 * 86_400).collect();
    expect((await stored(one, "change_request")).has(gone!.id)).toBe(true);
    await one.later(7 * 86_400).collect();
    expect([...(await stored(one, "change_request")).keys()]).toEqual(
      [...world.table("change_request").rows.keys()].sort(),
    );
    snow.requests.length = 0;
    await one.later(8 * 86_400).collect();
    expect(asked(snow, "change_request")).toHaveLength(2);
  });

  test("a run that is cut short goes on where it stopped", async () => {
    const world = small();
    const [payments] = rowsOf(world, "cmdb_ci_service");
    for (let index = 0; index < 400; index += 1) requestChange(world.pass(3_600), payments!);
    // Two of them ask whether there is a field that is empty in all records.
    let left = 6;
    const snow = await serve({ world, faults: () => (left-- > 0 ? undefined : "bad-gateway") });
    const one = await bench(snow);
    expect(said(await one.collect())).toContain("no good answer from");
    expect((await stored(one, "change_request")).size).toBe(200);
    snow.faults = () => undefined;
    expect(failed(await one.collect())).toEqual([]);
    expect((await stored(one, "change_request")).size).toBe(401);
  });

  test("other fields are another question: everything is read again", async () => {
    const world = small();
    const snow = await serve({ world });
    const one = await bench(snow, { change_request: { fields: { review_at: [] } } });
    await one.collect();
    const [payload] = (await stored(one, "change_request")).values();
    expect(payload).not.toHaveProperty("review_date");
    const other = await bench(snow, { change_request: { fields: { review_at: "u_reviewed_at" } } });
    Object.assign(one.loaded, other.loaded);
    expect(failed(await one.collect())).toEqual([]);
    const [again] = (await stored(one, "change_request")).values();
    expect(again).toHaveProperty("u_reviewed_at");
  });
});

describe("what is asked for and silently not done", () => {
  test("a condition that is left out: the records say so, and none is stored", async () => {
    const world = small();
    const snow = await serve({ world });
    const one = await bench(snow);
    const [payments] = rowsOf(world, "cmdb_ci_service");
    requestChange(world.pass(86_400), payments!);
    await one.collect();
    requestChange(world.pass(86_400), payments!);
    const before = await one.current();
    snow.faults = (url) => (url.includes("ORDERBYsys_updated_on") ? "ignores-query" : undefined);
    const report = await one.collect();
    expect(said(report)).toContain(
      "change_request: ServiceNow ignores the condition sys_updated_on, sys_id and gives records for which it does not hold: nothing of it is stored",
    );
    expect(await one.current()).toEqual(before);
  });

  test.for([false, true])("a query about a field that there is not (strict: %s)", async (isStrict) => {
    const snow = await serve({ world: small(), isStrict });
    const one = await bench(snow, { change_request: { query: "u_kind=software^ORu_kindISEMPTY" } });
    const report = await one.collect();
    expect(failed(report)).toEqual(["change_request"]);
    expect(said(report)).toContain("the query is about u_kind, which change_request does not have");
    expect((await stored(one, "change_request")).size).toBe(0);
  });

  test("a field that is lost later", async () => {
    const world = small();
    const snow = await serve({ world });
    const one = await bench(snow, { incident: { query: "category=software" } });
    expect(failed(await one.collect())).toEqual([]);
    world.table("incident").columns.delete("category");
    expect(said(await one.collect())).toContain("the query is about category, which incident does not have");
  });

  test("times that are not read as UTC", async () => {
    const world = small();
    world.offset = 3_600;
    const report = await (await bench(await serve({ world }))).collect();
    expect(said(report)).toContain(
      "does not read times in queries as UTC, so that updates would be missed: set the time zone",
    );
  });

  test("times that are not read as UTC, where the first table is empty", async () => {
    const world = small();
    world.table("change_request").rows.clear();
    world.offset = 3_600;
    const report = await (await bench(await serve({ world }))).collect();
    expect(failed(report)).toContain("incident");
    expect(said(report)).toContain("does not read times in queries as UTC");
  });

  test("the first table may not be read, the others are", async () => {
    const readable = ["sysapproval_approver", "incident", "cmdb_ci_service", "cmdb_rel_ci"];
    const report = await (await bench(await serve({ world: small(), readable }))).collect();
    expect(failed(report)).toEqual(["change_request"]);
  });

  test("fields that somebody named must be there; others are said to be missing", async () => {
    const snow = await serve({ world: small(), withheld: ["backout_plan"] });
    const fields = { review_at: "u_reviewed", requested_by: "requested_by.mail" };
    const one = await bench(snow, { change_request: { fields } });
    const report = await one.collect();
    expect(failed(report)).toEqual(["change_request"]);
    expect(said(report)).toContain(
      "change_request has no field requested_by.mail; change_request has no field u_reviewed: correct fields in quarterdeck.yaml",
    );
    const other = await bench(snow);
    expect((await other.collect()).warnings).toEqual([
      "desk: the user may not read the field backout_plan of change_request: what it would say is missing",
    ]);
  });
});

describe("what cannot be read is said, and the rest is there", () => {
  test("a wrong token", async () => {
    const report = await (await bench(await serve({ world: small(), letIn: [] }))).collect();
    expect(failed(report)).toHaveLength(5);
    expect(said(report)).toContain("the token in SERVICENOW_TOKEN is not accepted by ServiceNow");
  });

  test.for([
    [
      { token: undefined, user: "reader", password: "${SERVICENOW_TOKEN}" },
      `Basic ${Buffer.from(`reader:${DEMO_TOKEN}`).toString("base64")}`,
    ],
    [{ token: undefined, api_key: "${SERVICENOW_TOKEN}" }, DEMO_TOKEN],
  ] as const)("user and password, or a key", async ([options, header]) => {
    const snow = await serve({ world: small(), letIn: [header] });
    expect(failed(await (await bench(snow, options)).collect())).toEqual([]);
  });

  test("a permission that is missing fails its stream and names the role", async () => {
    const readable = ["change_request", "incident", "cmdb_ci_service", "cmdb_rel_ci"];
    const report = await (await bench(await serve({ world: small(), readable }))).collect();
    expect(failed(report)).toEqual(["sysapproval_approver"]);
    expect(said(report)).toContain(
      "the user may not read decisions on change requests (sysapproval_approver) (ServiceNow says: User Not Authorized: Failed API level ACL Validation): give the user the role itil",
    );
  });

  test("records that are not shown are counted, and what follows them is read", async () => {
    const world = small();
    const [payments] = rowsOf(world, "cmdb_ci_service");
    for (let index = 0; index < 1_250; index += 1) requestChange(world.pass(1), payments!);
    const all = [...world.table("change_request").sorted];
    for (const row of all.slice(50, 1_200)) world.hidden.add(row.id);
    const snow = await serve({ world, mayCount: false });
    const one = await bench(snow);
    const report = await one.collect();
    expect(failed(report)).toEqual([]);
    expect((await stored(one, "change_request")).size).toBe(101);
    expect(report.warnings).toEqual([
      "desk: 1150 of 1251 records of change_request are not shown to the user: give the user the role sn_change_read",
    ]);
    // One that is shown after all has not been updated.
    world.hidden.delete(all[60]!.id);
    // What was seen and is no longer is kept, for it is there.
    world.hidden.add(all[10]!.id);
    world.delete("change_request", all[11]!);
    await one.collect();
    const keys = await stored(one, "change_request");
    expect([keys.size, keys.has(all[60]!.id), keys.has(all[10]!.id), keys.has(all[11]!.id)]).toEqual([
      101,
      true,
      true,
      false,
    ]);
  });

  test("an answer that is broken off with status 200 is asked for again, with fewer records", async () => {
    const world = small();
    let times = 1;
    const snow = await serve({
      world,
      faults: (url) =>
        url.includes("/table/change_request") && url.includes("limit=100&") && times-- > 0
          ? "cancelled"
          : undefined,
    });
    const one = await bench(snow);
    expect(failed(await one.collect())).toEqual([]);
    expect((await stored(one, "change_request")).size).toBe(1);
    expect(asked(snow, "change_request").map((query) => query.get("sysparm_limit"))).toEqual([
      "1",
      "1",
      "100",
      "50",
      // Whether there is a field that is empty in all records.
      "1",
      "1",
    ]);
  });

  test.for([
    [
      "bad-shape",
      "change_request: expected a record.sys_id with value and display_value as the Table API gives it",
    ],
    ["html", "does not answer in JSON: set url to the address of ServiceNow's API"],
    ["redirect-away", "where the token must not go: set url to the address that is meant"],
  ] as const)("%s", async ([fault, words]) => {
    const snow = await serve({
      world: small(),
      faults: (url) => (url.includes("/table/change_request") ? fault : undefined),
    });
    const one = await bench(snow);
    const report = await one.collect();
    expect(failed(report)).toContain("change_request");
    expect(said(report)).toContain(words);
    expect(snow.strayed).toEqual([]);
  });

  test("waits as long as ServiceNow asks", async () => {
    let times = 1;
    const one = await bench(
      await serve({ world: small(), faults: () => (times-- > 0 ? "long-limit" : undefined) }),
    );
    expect(failed(await one.collect())).toEqual([]);
    expect(one.waits).toEqual([7]);
  });
});

test("nothing changes: few requests, nothing stored", async () => {
  const snow = await serve({ world: small() });
  const one = await bench(snow);
  await one.collect();
  snow.requests.length = 0;
  const report = await one.collect();
  expect(report.streams.reduce((sum, { stored: count }) => sum + count, 0)).toBe(0);
  // A page and a count each, and the clock.
  expect(snow.requests).toHaveLength(5 * 2 + 1);
});
