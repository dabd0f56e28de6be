import { describe, expect, test } from "vitest";
import type { Fault, FaultRule } from "../../fakes/jira/faults.ts";
import { CAUSES, DONE, IN_PROGRESS, type Issue, World } from "../../fakes/jira/world.ts";
import { type Bench, outcomes, said } from "../bench.ts";
import { bench, FIELDS, serve } from "./support.ts";

const MINUTE = 60_000;

function small(issues = 3): World {
  const world = new World("2026-01-05T08:00:00Z");
  world.zone = "Europe/Berlin";
  const project = world.project("PAY");
  world.project("DESK", "service_desk");
  for (let index = 0; index < issues; index += 1)
    world.create(project, { by: "ada", type: "Task", summary: `Work ${index}`, at: world.now + MINUTE });
  return world;
}

const first = (world: World): Issue => [...world.issues.values()][0]!;
const keys = "select payload ->> 'key' as key from raw.current where stream = 'issue' order by key";

describe("what cannot be read is said, with what is missing and what to do", () => {
  test("a wrong token", async () => {
    const jira = await serve({ world: small(), token: "another" });
    const report = await (await bench(jira)).collect();
    expect(outcomes(report)).toEqual(["site failed", "field failed", "issue failed", "approval failed"]);
    expect(said(report)).toContain(
      "the token in JIRA_TOKEN with the address quarterdeck@example.com is not accepted: it is wrong, expired or revoked; make a new one",
    );
  });

  test("a project that the token's owner may not browse, beside one that they may", async () => {
    const jira = await serve({ world: small(), projects: ["PAY"] });
    const one = await bench(jira, { projects: ["PAY", "SECRET"] });
    const report = await one.collect();
    expect(said(report)).toContain(
      "SECRET: there is no such project, or the token's owner may not browse it: its tickets, change requests and incidents are missing",
    );
    expect(await one.warehouse.rows(keys)).toHaveLength(3);
  });

  test("a permission that goes does not delete what is stored", async () => {
    const world = small();
    const one = await bench(await serve({ world }), { projects: ["PAY"] });
    await one.collect();
    world.projects.delete("PAY");
    await one.collect();
    expect(await one.warehouse.rows(keys)).toHaveLength(3);
  });

  test("what changes while a permission is gone is read once it is back", async () => {
    const world = small();
    const ledger = world.project("LED");
    const issue = world.create(ledger, { by: "ada", type: "Task", summary: "Before" });
    const one = await bench(await serve({ world }), { projects: ["PAY", "LED"] });
    await one.collect();
    world.projects.delete("LED");
    world.edit(issue, { summary: "Meanwhile" }, world.now + MINUTE);
    world.edit(first(world), { summary: "Long after" }, world.now + 600 * MINUTE);
    await one.collect();
    const summaries =
      "select payload ->> '$.fields.summary' as summary from raw.current where stream = 'issue' order by key";
    expect(await one.warehouse.rows(summaries)).toContainEqual({ summary: "Long after" });
    world.projects.set("LED", ledger);
    await one.collect();
    expect(await one.warehouse.rows(summaries)).toContainEqual({ summary: "Meanwhile" });
  });

  test("a permission that goes does not delete approvals that were not yet decided", async () => {
    const world = small();
    const request = world.create(world.project("HELP", "service_desk"), {
      by: "ada",
      type: "[System] Change",
      summary: "Deploy",
    });
    world.ask(request, "Peer", ["grace"]);
    const one = await bench(await serve({ world }), { projects: ["DESK", "HELP"] });
    await one.collect();
    world.projects.delete("HELP");
    await one.collect();
    expect(await one.warehouse.rows("select key from raw.current where stream = 'approval'")).toEqual([
      { key: request.id },
    ]);
  });

  test("nothing to browse at all", async () => {
    const report = await (await bench(await serve({ world: small(), projects: [] }))).collect();
    expect(said(report)).toContain(
      'may browse no project: no tickets, change requests or incidents without it; give it "Browse projects"',
    );
  });

  test("approvals that the token's owner may not see; the issues are there", async () => {
    const world = small();
    world.create(world.project("DESK"), { by: "ada", type: "[System] Change", summary: "Deploy" });
    const report = await (await bench(await serve({ world, approvals: false }))).collect();
    expect(outcomes(report)).toEqual([
      "site completed",
      "field completed",
      "issue completed",
      "approval failed",
    ]);
    expect(said(report)).toContain(
      "You do not have permission to view this request: give the token's owner the permission that collectors/jira/README.md names",
    );
  });

  test("a request that goes between two pages of its approvals", async () => {
    const world = small();
    const request = world.create(world.project("DESK"), {
      by: "ada",
      type: "[System] Change",
      summary: "Deploy",
    });
    for (let index = 0; index < 51; index += 1) world.ask(request, `Step ${index}`, ["grace"]);
    const jira = await serve({ world });
    jira.meanwhile(({ query }) => {
      if (query.get("start") === "0") world.remove(request);
    });
    const one = await bench(jira);
    const report = await one.collect();
    expect(outcomes(report)).toContain("approval failed");
    expect(said(report)).toContain("The request you are trying to view does not exist");
    expect(said(report)).not.toContain("bug in the collector");
    expect(await one.warehouse.rows("select key from raw.current where stream = 'approval'")).toEqual([]);
  });

  test("fields and issue types that Jira does not have, or has twice, are named; the rest is read", async () => {
    const one = await bench(await serve({ world: small() }), {
      fields: { ...FIELDS, risk: "Risk level", test_plan: "Team" },
      kinds: { Outage: "incident" },
    });
    const report = await one.collect();
    expect(outcomes(report)).toEqual([
      "site completed",
      "field failed",
      "issue completed",
      "approval completed",
    ]);
    expect(said(report)).toContain('fields.risk: "Risk level": Jira has no field of this name');
    expect(said(report)).toContain(
      'fields.test_plan: "Team": 2 fields have this name: write the id of the one that is meant, customfield_',
    );
    expect(said(report)).toContain('kinds: "Outage": Jira has no issue type of this name');
  });

  test("a field that is renamed between runs", async () => {
    const world = small();
    const one = await bench(await serve({ world }));
    await one.collect();
    world.fieldNamed("Change risk").name = "Risk";
    expect(said(await one.collect())).toContain('fields.risk: "Change risk": Jira has no field of this name');
  });

  test.each([
    ["other-shape", "issues: issues: ", "search/jql"],
    ["other-shape", "projects: values: ", "project/search"],
    ["html", "does not answer in JSON: set url to the address of Jira's API", "search/jql"],
    ["redirect-away", "where the token must not go: set url to the address that is meant", "search/jql"],
  ] as const)("%s: %s", async (kind, words, of) => {
    const jira = await serve({ world: small(), faults: [{ fault: { kind }, of, times: 20 }] });
    const report = await (await bench(jira)).collect();
    expect(said(report)).toContain(words);
    expect(said(report)).not.toContain("bug in the collector");
    expect(jira.strayed).toEqual([]);
  });

  test("the wrong kind of Jira", async () => {
    const jira = await serve({ world: small(), deployment: "data_center" });
    expect(said(await (await bench(jira)).collect())).toContain(
      "Is url the address of Jira, and deployment right?",
    );
  });
});

const limited = (fault: Fault): FaultRule[] => [{ fault, of: "search/jql" }];

describe("waiting", () => {
  test("as long as Jira asks", async () => {
    const one = await bench(
      await serve({ world: small(), faults: limited({ kind: "too-many", seconds: 7 }) }),
    );
    expect(said(await one.collect())).not.toContain("failed");
    expect(one.waits).toEqual([7]);
  });

  test("until the end of the window that it names", async () => {
    const one = await bench(
      await serve({
        world: small(),
        faults: limited({ kind: "too-many", seconds: 30, header: "x-ratelimit-reset" }),
      }),
    );
    await one.collect();
    expect(one.waits[0]).toBeGreaterThan(25);
    expect(one.waits[0]).toBeLessThanOrEqual(30);
  });

  test("not for ever", async () => {
    const faults = [{ fault: { kind: "unavailable", status: 503 }, of: "search/jql", times: 99 }] as const;
    const jira = await serve({ world: small(), faults });
    expect(said(await (await bench(jira)).collect())).toContain("no good answer from");
    expect(
      jira.requests.filter(({ fault, body }) => fault !== undefined && body.includes("summary")),
    ).toHaveLength(9);
  });
});

describe("paging", () => {
  test("goes on where a run was cut short", async () => {
    const world = small(2_500);
    const jira = await serve({
      world,
      faults: [{ fault: { kind: "unauthorized" }, of: "search/jql", skip: 15 }],
    });
    const one = await bench(jira);
    expect(said(await one.collect())).toContain("is not accepted");
    const before = (await one.warehouse.rows(keys)).length;
    expect(before).toBe(1_000);
    jira.resetCounts();
    await one.collect();
    expect((await one.warehouse.rows(keys)).length).toBe(2_500);
    expect(jira.requests.filter(({ body }) => body.includes("summary")).length).toBeLessThan(18);
  });

  test("a token that is no longer good costs a page, and nothing is lost", async () => {
    const jira = await serve({
      world: small(450),
      faults: [{ fault: { kind: "expired-token" }, skip: 1, times: 2 }],
    });
    const one = await bench(jira);
    expect(said(await one.collect())).not.toContain("failed");
    expect((await one.warehouse.rows(keys)).length).toBe(450);
  });

  test("a token that is no longer good while ids are compared", async () => {
    const world = small(40);
    const jira = await serve({ world, most: 15 });
    const one = await bench(jira);
    await one.collect();
    world.remove(first(world));
    // The search of updates takes one page; the ids, three.
    jira.inject([{ fault: { kind: "expired-token" }, times: 2 }]);
    expect(said(await one.collect())).not.toContain("failed");
    expect((await one.warehouse.rows(keys)).length).toBe(39);
  });

  test("hundreds of issues that were edited in the same minute", async () => {
    const world = small(0);
    for (let index = 0; index < 350; index += 1)
      world.create(world.project("PAY"), {
        by: "ada",
        type: "Task",
        summary: "Imported",
        at: world.now + 10,
      });
    for (const deployment of ["cloud", "data_center"] as const) {
      const one = await bench(
        await serve({ world, deployment }),
        deployment === "cloud" ? {} : { deployment },
      );
      expect(said(await one.collect())).not.toContain("failed");
      expect((await one.warehouse.rows(keys)).length).toBe(350);
    }
  });

  test("an issue that is edited while the list is read shifts nobody out of it", async () => {
    const world = small(250);
    const jira = await serve({ world, deployment: "data_center" });
    const [early] = [...world.issues.values()];
    jira.meanwhile(({ body }) => {
      if (body.includes('"startAt":0,"maxResults":100')) world.edit(early!, { summary: "Edited" });
    });
    const one = await bench(jira, { deployment: "data_center" });
    expect(said(await one.collect())).not.toContain("failed");
    expect((await one.warehouse.rows(keys)).length).toBe(250);
  });

  test("steps of many issues come on several pages", async () => {
    const world = small(0);
    for (let index = 0; index < 12; index += 1) {
      const issue = world.create(world.project("PAY"), {
        by: "ada",
        type: "Task",
        summary: "Back and forth",
      });
      for (let step = 0; step < 100; step += 1)
        world.move(issue, step % 2 === 0 ? IN_PROGRESS : DONE, "ada", world.now + 1_000);
    }
    const one = await bench(await serve({ world, most: 500 }));
    await one.collect();
    expect(
      await one.warehouse.rows(
        "select sum(json_array_length(payload, '$.changelog.histories'))::int as n from raw.current where stream = 'issue'",
      ),
    ).toEqual([{ n: 1_200 }]);
  });
});

describe("what changes late", () => {
  test.each(["America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago", undefined])(
    "an edit just after a run is found in the zone %s",
    async (zone) => {
      const world = small();
      world.zone = zone;
      const one = await bench(await serve({ world }));
      await one.collect();
      world.edit(first(world), { summary: "Edited" }, world.now + 1);
      await one.collect();
      expect(
        await one.warehouse.rows(
          "select count(*)::int as n from raw.current where payload ->> '$.fields.summary' = 'Edited'",
        ),
      ).toEqual([{ n: 1 }]);
    },
  );

  test("an edit in the hour that a clock shows twice", async () => {
    const world = new World("2025-10-26T00:10:00Z");
    world.zone = "Europe/Berlin";
    const issues = [10, 40, 70, 100].map((minutes) =>
      world.create(world.project("PAY"), {
        by: "ada",
        type: "Task",
        summary: "Night",
        at: Date.parse("2025-10-26T00:00:00Z") + minutes * MINUTE,
      }),
    );
    const one = await bench(await serve({ world }));
    await one.collect();
    for (const issue of issues) world.edit(issue, { summary: "Edited" }, world.now + 1);
    await one.collect();
    expect(
      await one.warehouse.rows(
        "select count(*)::int as n from raw.current where payload ->> '$.fields.summary' = 'Edited'",
      ),
    ).toEqual([{ n: 4 }]);
  });

  test("one of two approvers decides, which does not touch the request", async () => {
    const world = small();
    const request = world.create(world.project("DESK"), {
      by: "ada",
      type: "[System] Change",
      summary: "Deploy",
    });
    const approval = world.ask(request, "Peer", ["grace", "margaret"]);
    for (let index = 0; index < 30; index += 1)
      world.create(world.project("DESK"), {
        by: "ada",
        type: "[System] Change",
        summary: "Later",
        at: world.now + 60 * MINUTE,
      });
    const one = await bench(await serve({ world }));
    await one.collect();
    world.decide(request, approval, "grace", "approved", world.now + MINUTE);
    await one.collect();
    await one.model("2026-12-31T00:00:00Z", [
      "correlation",
      "metrics",
      "controls",
      "expectations",
      "reports",
      "publish",
    ]);
    expect(
      await one.warehouse.rows(
        "select change_request_id, approver, role, decision from model.change_request_approval",
      ),
    ).toEqual([
      { change_request_id: "jira:DESK-1", approver: "grace@example.com", role: "Peer", decision: "approved" },
    ]);
  });

  test("issues that were deleted, or moved to a project that is not read, long after they were read", async () => {
    const world = small(40);
    const other = world.project("OUT");
    const jira = await serve({ world });
    const one = await bench(jira, { projects: ["PAY"] });
    await one.collect();
    const [deleted, moved] = [...world.issues.values()];
    world.remove(deleted!);
    world.transfer(moved!, other, world.now + 600 * MINUTE);
    const report = await one.collect();
    expect(report.streams.find(({ stream }) => stream === "issue")).toMatchObject({
      status: "completed",
      deleted: 2,
    });
    expect((await one.warehouse.rows(keys)).length).toBe(38);
    jira.resetCounts();
    await one.collect();
    // Few as they are, they are listed in each run; nothing is fetched.
    expect(jira.requests.filter(({ body }) => body.includes("ORDER BY key"))).toHaveLength(1);
    expect(jira.requests.filter(({ body }) => body.includes("id in"))).toEqual([]);
  });

  test("one that is deleted and another that is shown again, whose number is the same", async () => {
    const world = small(40);
    const [deleted, hidden] = [...world.issues.values()];
    world.hide(hidden!);
    const one = await bench(await serve({ world }), {});
    await one.collect();
    world.remove(deleted!);
    world.show(hidden!.id);
    await one.collect();
    const rows = await one.warehouse.rows<{ key: string }>(keys);
    expect(rows.map(({ key }) => key)).toEqual([...world.issues.values()].map(({ key }) => key).sort());
  });

  test("one that was changed while it was hidden, and is shown again after the updates were read", async () => {
    const world = small();
    const [hidden, other] = [...world.issues.values()];
    const jira = await serve({ world });
    const one = await bench(jira);
    await one.collect();
    world.hide(hidden!);
    world.edit(hidden!, { summary: "Edited" }, world.now + 60 * MINUTE);
    world.edit(other!, { summary: "Later" }, world.now + 600 * MINUTE);
    jira.meanwhile(({ body }) => (body.includes("ORDER BY updated") ? world.show(hidden!.id) : undefined));
    await one.collect();
    await one.collect();
    const edited =
      "select payload ->> 'key' as key from raw.current where payload ->> '$.fields.summary' = 'Edited'";
    expect(await one.warehouse.rows(edited)).toEqual([{ key: hidden!.key }]);
  });

  test(
    "many ids are compared once a week, and at once where their number differs",
    { timeout: 60_000 },
    async () => {
      const world = small(20_100);
      const jira = await serve({ world, deployment: "data_center" });
      const one = await bench(jira, { deployment: "data_center" });
      const idsListed = async (at: Bench) => {
        jira.resetCounts();
        await at.collect();
        return jira.requests.some(
          ({ body }) => body.includes("ORDER BY key") && !body.includes('"maxResults":0'),
        );
      };
      const [first, second] = [...world.issues.values()];
      world.hide(first!);
      expect(await idsListed(one)).toBe(false);
      world.show(first!.id);
      world.hide(second!);
      expect(await idsListed(one)).toBe(false);
      expect(await idsListed(one.later(8 * 86_400))).toBe(true);
      const stored = await one.warehouse.rows<{ key: string }>(keys);
      expect(stored.some(({ key }) => key === first!.key)).toBe(true);
      expect(stored.some(({ key }) => key === second!.key)).toBe(false);
      world.show(second!.id);
      expect(await idsListed(one.later(9 * 86_400))).toBe(true);
      expect(await idsListed(one.later(10 * 86_400))).toBe(false);
    },
  );

  test("an issue that moves keeps its record and gets its new key", async () => {
    const world = small();
    const jira = await serve({ world });
    const one = await bench(jira);
    await one.collect();
    world.transfer(first(world), world.project("LED"), world.now + MINUTE);
    await one.collect();
    expect(await one.warehouse.rows(keys)).toEqual([{ key: "LED-1" }, { key: "PAY-2" }, { key: "PAY-3" }]);
    expect(
      await one.warehouse.rows(
        "select count(*)::int as n from raw.current where stream = 'issue' and key = ?",
        [first(world).id],
      ),
    ).toEqual([{ n: 1 }]);
  });

  test("issues that become visible only later, though nobody touched them", async () => {
    const world = small();
    for (let index = 0; index < 150; index += 1)
      world.create(world.project("LED"), { by: "ada", type: "Task", summary: "Hidden" });
    world.create(world.project("PAY"), {
      by: "ada",
      type: "Task",
      summary: "New",
      at: world.now + 600 * MINUTE,
    });
    const hidden = await serve({ world, projects: ["PAY", "DESK"] });
    const one = await bench(hidden);
    await one.collect();
    const rights = await serve({ world });
    (one.loaded.config.sources["jira"] as { url: string }).url = rights.url;
    await one.collect();
    expect((await one.warehouse.rows(keys)).length).toBe(154);
  });
});

test("links are known from both sides", async () => {
  const world = small();
  const [bug] = [...world.issues.values()];
  const incident = world.create(world.project("DESK"), {
    by: "ada",
    type: "[System] Incident",
    summary: "Down",
    custom: { "Caused by": "run-7, PAY-99" },
  });
  world.link(CAUSES, bug!, incident);
  const one = await bench(await serve({ world }));
  await one.collect();
  await one.model("2026-12-31T00:00:00Z", [
    "correlation",
    "metrics",
    "controls",
    "expectations",
    "reports",
    "publish",
  ]);
  expect(await one.warehouse.rows("select incident_id, caused_by from model.incident")).toEqual([
    { incident_id: "jira:DESK-1", caused_by: ["PAY-1", "PAY-99", "run-7"] },
  ]);
});
