import { describe, expect, test } from "vitest";
import type { Layer } from "../../../src/warehouse/query-file.ts";
import { CAUSES, DONE, IN_PROGRESS, type NewIssue, RELATES, World } from "../../fakes/jira/world.ts";
import type { Bench } from "../bench.ts";
import { bench, serve } from "./support.ts";

const AS_OF = "2026-12-31T00:00:00Z";

function begun(): World {
  const world = new World("2026-01-05T08:00:00Z");
  world.project("PAY");
  world.project("DESK", "service_desk");
  return world;
}

const ABOVE = ["correlation", "metrics", "controls", "expectations", "reports", "publish"] as const;

async function staged(world: World, options: object = {}, without: readonly Layer[] = ABOVE): Promise<Bench> {
  const deployment = (options as { deployment?: "cloud" | "data_center" }).deployment ?? "cloud";
  const one = await bench(await serve({ world, deployment }), options);
  await one.collect();
  await one.model(AS_OF, without);
  return one;
}

const add = (world: World, given: Partial<NewIssue> & Pick<NewIssue, "type">, project = "DESK") =>
  world.create(world.project(project), { by: "ada", summary: "Work", ...given });

const doc = (...content: object[]) => ({ type: "doc", version: 1, content });
const paragraph = (...texts: string[]) => ({
  type: "paragraph",
  content: texts.map((text) => ({ type: "text", text, marks: [{ type: "link", attrs: { href: "#" } }] })),
});
const item = (text: string) => ({ type: "listItem", content: [paragraph(text)] });

describe("a field's value becomes text", () => {
  test.each<[string, unknown, string | null]>([
    ["a line", "Lock held too long", "Lock held too long"],
    [
      "rich text",
      doc(paragraph("One, ", "two."), { type: "bulletList", content: [item("a"), item("b")] }),
      "One, two.\na\nb",
    ],
    [
      "a mention and a card",
      doc({
        type: "paragraph",
        content: [
          { type: "mention", attrs: { id: "1", text: "@Ada" } },
          { type: "inlineCard", attrs: { url: "https://x.example/1" } },
        ],
      }),
      "@Ada https://x.example/1",
    ],
    ["rich text without any", doc(), null],
    ["a choice", { self: "https://x", value: "Human error", id: "1" }, "Human error"],
    ["several choices", [{ value: "Network" }, { value: "Disk" }], "Network, Disk"],
    ["several words", ["red", "blue"], "red, blue"],
    ["a person", { accountId: "1", emailAddress: "ada@example.com", displayName: "Ada" }, "ada@example.com"],
    ["a number", 3.5, "3.5"],
    ["nothing", [], null],
    ["markup", "<b>'; drop table x</b>", "<b>'; drop table x</b>"],
  ])("%s", async (_, value, text) => {
    const world = begun();
    add(world, { type: "[System] Incident", custom: { Anything: JSON.stringify(value) } });
    const one = await staged(world, { fields: { cause: "anything" } });
    expect(await one.warehouse.rows("select cause from model.incident")).toEqual([{ cause: text }]);
  });
});

test("a change request has all that controls ask for, from Cloud and from Data Center", async () => {
  const world = begun();
  const custom = {
    ...{
      "Change type": "Emergency",
      "Change risk": "High",
      "Change start date": "2026-01-06T22:00:00Z",
      "Change completion date": "2026-01-06T23:30:00Z",
    },
    ...{
      "Backout plan": "Stop.\nGo back.",
      "Test plan": "Smoke",
      "Post-implementation review": "2026-01-09T10:00:00Z",
      "Board decision": "Approved",
      "Board decided": "2026-01-06T20:00:00Z",
    },
  };
  const request = add(world, { type: "[System] Change", components: ["PAYMENTS"], custom });
  const incident = add(world, { type: "[System] Incident" });
  world.link(RELATES, request, incident);
  world.decide(request, world.ask(request, "Peer", ["grace"]), "grace", "declined", world.now + 60_000);
  world.move(request, DONE, "ada", Date.parse("2026-01-07T08:00:00Z"));
  for (const deployment of ["cloud", "data_center"] as const) {
    const one = await staged(world, deployment === "cloud" ? {} : { deployment });
    const ada = deployment === "cloud" ? "ada@example.com" : "ada";
    const [row] = await one.warehouse.rows(
      "select * exclude (url, description, reason, impact, affected_items, owner, template) from model.change_request",
    );
    expect(row).toEqual({
      ...{
        change_request_id: "jira:DESK-1",
        native_id: "DESK-1",
        source: "jira",
        title: "Work",
        type: "emergency",
        risk: "high",
        service: "payments",
        status: "Done",
      },
      ...{
        requested_by: ada,
        created_at: "2026-01-05T08:00:00Z",
        planned_start: "2026-01-06T22:00:00Z",
        planned_end: "2026-01-06T23:30:00Z",
      },
      ...{
        rollback_plan: "Stop.\nGo back.",
        test_plan: "Smoke",
        review_at: "2026-01-09T10:00:00Z",
        closed_at: "2026-01-07T08:00:00Z",
        incidents: ["DESK-2"],
      },
    });
    expect(
      await one.warehouse.rows(
        "select approver, role, decision, decided_at, is_derived from model.change_request_approval order by role",
      ),
    ).toEqual([
      {
        approver: deployment === "cloud" ? "grace@example.com" : "grace",
        role: "Peer",
        decision: "rejected",
        decided_at: "2026-01-05T08:01:00Z",
        is_derived: true,
      },
      {
        approver: null,
        role: "change advisory board",
        decision: "approved",
        decided_at: "2026-01-06T20:00:00Z",
        is_derived: false,
      },
    ]);
  }
});

test("a change request says why, what it touches and who answers for it: its assignee, where no field does", async () => {
  const world = begun();
  const people = JSON.stringify({ accountId: "42", emailAddress: "grace@example.com", displayName: "Grace" });
  const custom = {
    "Change reason": "It is old.\nVery.",
    Impact: "Payments wait",
    "Change template": "T-1",
    Anything: people,
  };
  add(world, { type: "[System] Change", assignee: "ada", custom });
  add(world, {
    type: "[System] Change",
    assignee: "ada",
    custom: { Anything: JSON.stringify([{ name: "Disk" }, { name: "Rack, 4" }]) },
  });
  const roles = { reason: "change reason", impact: "Impact", template: "Change template" };
  const rows = async (role: string) => {
    const one = await staged(world, { fields: { ...roles, [role]: "Anything" } });
    return await one.warehouse.rows(
      "select reason, impact, template, owner, affected_items from model.change_request order by native_id",
    );
  };
  const said = { reason: "It is old.\nVery.", impact: "Payments wait", template: "T-1" };
  const none = { reason: null, impact: null, template: null };
  expect((await rows("owner"))[0]).toEqual({ ...said, owner: "grace@example.com", affected_items: [] });
  expect((await rows("affected_items"))[1]).toEqual({
    ...none,
    owner: "ada@example.com",
    affected_items: ["Disk", "Rack, 4"],
  });
});

test("an approval belongs to the change request of its own Jira, where two have one of the same key", async () => {
  const world = begun();
  const request = add(world, { type: "[System] Change" });
  world.decide(request, world.ask(request, "Peer", ["grace"]), "grace", "approved", world.now + 60_000);
  const one = await bench(await serve({ world }));
  const { sources } = one.loaded.config;
  Object.assign(sources, { other: sources["jira"] });
  await one.collect();
  await one.model(AS_OF, ABOVE);
  const rows = await one.warehouse.rows<{ of: string }>(
    "select split_part(approval_id, ':', 1) || ' ' || change_request_id as of from model.change_request_approval order by of",
  );
  expect(rows.map(({ of }) => of)).toEqual(["jira jira:DESK-1", "other other:DESK-1"]);
});

test("times without an offset are in the organisation's zone; what is planned to end on a day ends with it", async () => {
  const world = begun();
  for (const name of ["Change start date", "Change completion date", "Board decided", "Started"])
    Object.assign(world.fieldNamed(name), { kind: "string" });
  const times = {
    "Change start date": "2026-03-28",
    "Change completion date": "2026-03-29",
    "Post-implementation review": "2026-03-30T10:00:00.000+0530",
  };
  add(world, {
    type: "[System] Change",
    custom: { ...times, "Board decision": "Approved", "Board decided": "2026-03-27 09:00" },
  });
  add(world, {
    type: "[System] Incident",
    custom: { Started: "2026-03-28 12:00", Detected: "2026-03-28T12:00:00Z" },
  });
  const one = await bench(await serve({ world }));
  Object.assign(one.loaded.config, { time_zone: "Europe/Berlin" });
  await one.collect();
  await one.model(AS_OF, ABOVE);
  expect(
    await one.warehouse.rows("select planned_start, planned_end, review_at from model.change_request"),
  ).toEqual([
    {
      planned_start: "2026-03-27T23:00:00Z",
      // The clocks went forward.
      planned_end: "2026-03-29T22:00:00Z",
      review_at: "2026-03-30T04:30:00Z",
    },
  ]);
  expect(await one.warehouse.rows("select decided_at from model.change_request_approval")).toEqual([
    { decided_at: "2026-03-27T08:00:00Z" },
  ]);
  expect(await one.warehouse.rows("select started_at, detected_at from model.incident")).toEqual([
    { started_at: "2026-03-28T11:00:00Z", detected_at: "2026-03-28T12:00:00Z" },
  ]);
});

test("an incident without fields begins and ends with its issue", async () => {
  const world = begun();
  const incident = add(world, { type: "[System] Incident", priority: "P1", components: ["Ledger"] });
  world.link(CAUSES, add(world, { type: "Bug" }, "PAY"), incident);
  world.move(incident, DONE, "ada", Date.parse("2026-01-05T09:00:00Z"));
  const one = await staged(world, { fields: {} });
  expect(
    await one.warehouse.rows(
      "select incident_id, service, severity, started_at, detected_at, resolved_at, caused_by from model.incident",
    ),
  ).toEqual([
    {
      incident_id: "jira:DESK-1",
      service: "ledger",
      severity: "P1",
      started_at: "2026-01-05T08:00:00Z",
      detected_at: null,
      resolved_at: "2026-01-05T09:00:00Z",
      caused_by: ["PAY-1"],
    },
  ]);
});

test("a ticket that is done without a resolution was resolved at its last step", async () => {
  const world = begun();
  const ticket = add(world, { type: "Story" }, "PAY");
  world.move(ticket, IN_PROGRESS, "ada", Date.parse("2026-01-05T09:00:00Z"));
  world.move(ticket, DONE, "grace", Date.parse("2026-01-05T10:00:00Z"));
  ticket.resolvedAt = undefined;
  const one = await staged(world);
  expect(await one.warehouse.rows("select ticket_id, kind, status, resolved_at from model.ticket")).toEqual([
    { ticket_id: "jira:PAY-1", kind: "story", status: "Done", resolved_at: "2026-01-05T10:00:00Z" },
  ]);
  expect(
    await one.warehouse.rows(
      "select occurred_at, from_status, to_status, actor from model.ticket_transition",
    ),
  ).toEqual([
    {
      occurred_at: "2026-01-05T09:00:00Z",
      from_status: "To Do",
      to_status: "In Progress",
      actor: "ada@example.com",
    },
    {
      occurred_at: "2026-01-05T10:00:00Z",
      from_status: "In Progress",
      to_status: "Done",
      actor: "grace@example.com",
    },
  ]);
});

test("kinds are by issue type, as configured or as called", async () => {
  const world = begun();
  for (const type of ["Story", "Bug", "Task", "[System] Change", "[System] Incident"] as const)
    add(world, { type }, "PAY");
  const one = await staged(world, { kinds: { "task ": "incident", "[system] incident": "bug" } });
  expect(await one.warehouse.rows("select id, kind from staging.jira_issue order by id")).toEqual([
    { id: "PAY-1", kind: "story" },
    { id: "PAY-2", kind: "bug" },
    { id: "PAY-3", kind: "incident" },
    { id: "PAY-4", kind: "change_request" },
    { id: "PAY-5", kind: "bug" },
  ]);
});

test("services come from the field, then from components, by mapping and by name; others are counted", async () => {
  const world = begun();
  const components = [
    ["Payments API"],
    ["Nobody's", "Ledger"],
    ["Nobody's"],
    ["Nobody's"],
    ["<script>alert(1)</script>"],
    [],
  ];
  for (const names of components) add(world, { type: "Task", components: names }, "PAY");
  add(
    world,
    { type: "Task", components: ["Payments"], custom: { "Affected service": "Main ledger" } },
    "PAY",
  );
  const one = await staged(world, { services: { "payments api": "payments", "Main Ledger": "ledger" } }, [
    "reports",
    "publish",
  ]);
  const rows = await one.warehouse.rows<{ service: string }>(
    "select service from model.ticket order by ticket_id",
  );
  expect(rows.map(({ service }) => service)).toEqual([
    "payments",
    "ledger",
    null,
    null,
    null,
    null,
    "ledger",
  ]);
  expect(
    await one.warehouse.rows(
      "select subject, rows::int as rows, add_path from expectations.component_has_a_service",
    ),
  ).toEqual([
    {
      subject: "jira: <script>alert(1)</script>",
      rows: 1,
      add_path: ["sources", "jira", "services", "<script>alert(1)</script>"],
    },
    { subject: "jira: Nobody's", rows: 2, add_path: ["sources", "jira", "services", "Nobody's"] },
  ]);
});

const said = "select place, text from model.incident_text where place <> 'title' order by place";

test("the description of an incident is searched for what it names, and that of nothing else is kept", async () => {
  const world = begun();
  const link = { type: "link", attrs: { href: "https://ci.example/deploy-481" } };
  const description = JSON.stringify(
    doc(
      paragraph("Since v2.3.1,"),
      { type: "taskList", content: [{ type: "taskItem", content: [{ type: "text", text: "look" }] }] },
      {
        type: "paragraph",
        content: [
          { type: "text", text: "Caused by:" },
          { type: "inlineCard", attrs: { url: "https://git.example/pull/12" } },
          { type: "text", text: ", as here", marks: [link] },
        ],
      },
    ),
  );
  add(world, { type: "[System] Incident", description });
  add(world, { type: "[System] Incident", description: "" });
  for (const type of ["Bug", "[System] Change"] as const) add(world, { type, description: "Ada's address" });
  const one = await staged(world);
  expect(await one.warehouse.rows(said)).toEqual([
    { place: "description", text: "Since v2.3.1,\nlook\nCaused by: https://git.example/pull/12 , as here" },
    { place: "link", text: "https://ci.example/deploy-481" },
  ]);
  const kept =
    "select count(*)::int as issues from raw.current where payload::varchar like '%Ada''s address%'";
  expect(await one.warehouse.rows(kept)).toEqual([{ issues: 0 }]);
});

test("Data Center's description is taken as it is written, also of a kind that only the configuration knows", async () => {
  const world = begun();
  add(world, { type: "Task", description: "Since [the release|https://ci.example/r/77]" });
  const one = await staged(world, { deployment: "data_center", kinds: { task: "incident" } });
  expect(await one.warehouse.rows(said)).toEqual([
    { place: "description", text: "Since [the release|https://ci.example/r/77]" },
  ]);
});

test("what becomes an incident by configuration is read again, for its description", async () => {
  const world = begun();
  add(world, { type: "Task", description: "Since 2.3.1" });
  const one = await bench(await serve({ world }));
  await one.collect();
  Object.assign(one.loaded.config.sources["jira"] as object, { kinds: { Task: "incident" } });
  await one.collect();
  await one.model(AS_OF, ABOVE);
  expect(await one.warehouse.rows(said)).toEqual([{ place: "description", text: "Since 2.3.1" }]);
});
