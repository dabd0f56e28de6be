import { expect, test } from "vitest";
import type { Json } from "../../../collectors/contract.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { storePage } from "../../../src/warehouse/store.ts";
import { given, type History } from "../../support/history.ts";
import { asOf, peopleOf } from "./accounts.ts";

type Stored = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** What one source said, stream by stream, key by key. */
async function said(options: object, streams: Stored): Promise<Warehouse> {
  const config = {
    services: { api: { repository: "acme/api" } },
    sources: { vendor: options },
  } as NonNullable<History["config"]>;
  const warehouse = await given({ asOf, data: {}, config });
  for (const [stream, records] of Object.entries(streams)) {
    const page = { records: Object.entries(records).map(([key, payload]) => ({ key, payload })), cursor: 1 };
    await storePage(warehouse, { source: "vendor", stream, runId: 1, fetchedAt: new Date(asOf) }, page);
  }
  return warehouse;
}

const IDENTITIES =
  "select login, account, email, name, is_bot, records from model.identity order by login, email nulls first";

test("GitHub says in commits whose account an address is", async () => {
  const commit = (email: string, login: string | null) => ({
    message: "Mend\n\nCo-authored-by: Bo <BO@acme.example>",
    parents: { nodes: [] },
    authoredDate: "2026-03-01T10:00:00Z",
    committedDate: "2026-03-01T10:00:00Z",
    author: { name: "Jane Doe", email, user: login === null ? null : { login } },
    committer: { name: "GitHub", email: "noreply@github.com", user: null },
  });
  const warehouse = await said(
    { collector: "github", repositories: ["acme/api"], token: "${GITHUB_TOKEN}" },
    {
      repository: {
        R1: { id: "R1", databaseId: 1, nameWithOwner: "acme/api", url: "https://github.com/acme/api" },
      },
      commit: {
        [`R1:${"a".repeat(40)}`]: commit("Jane@acme.example", "jane"),
        [`R1:${"b".repeat(40)}`]: commit("jane@laptop.local", null),
        [`R1:${"c".repeat(40)}`]: commit("bo@acme.example", null),
      },
    },
  );
  expect(await warehouse.rows(IDENTITIES)).toEqual([
    {
      login: "bo@acme.example",
      account: null,
      email: "bo@acme.example",
      name: null,
      is_bot: false,
      records: 3,
    },
    {
      login: "bo@acme.example",
      account: null,
      email: "bo@acme.example",
      name: "Jane Doe",
      is_bot: false,
      records: 1,
    },
    { login: "jane", account: null, email: "jane@acme.example", name: "Jane Doe", is_bot: false, records: 1 },
    {
      login: "jane@laptop.local",
      account: null,
      email: "jane@laptop.local",
      name: "Jane Doe",
      is_bot: false,
      records: 1,
    },
  ]);
  expect(
    await warehouse.rows(
      "select login, person_id, reason from model.person_login where contains(login, 'jane') order by login",
    ),
  ).toEqual([
    { login: "jane", person_id: "identity/jane", reason: "address" },
    { login: "jane@acme.example", person_id: "identity/jane", reason: "address" },
    { login: "jane@laptop.local", person_id: "identity/jane@laptop.local", reason: "shared address" },
  ]);
  warehouse.close();
});

test("GitLab names users with the address that they show; tokens are bots, who left is nobody, a number is of its source", async () => {
  const at = "2026-03-01T10:00:00Z";
  const token = "project_7_bot_4ffca233d8298ea1";
  const user = (id: number, username: string, rest: object = {}) => ({
    id,
    username,
    name: "Jane Doe",
    public_email: "",
    ...rest,
  });
  const jane = user(1, "jane", { public_email: "Jane@acme.example" });
  const warehouse = await said(
    { collector: "gitlab", url: "https://git.acme.example:8443", groups: ["acme"], token: "${GITLAB_TOKEN}" },
    {
      project: { 7: { path_with_namespace: "acme/api", web_url: "https://gitlab.com/acme/api" } },
      merge_request: {
        "7:1": {
          author: jane,
          created_at: at,
          state: "merged",
          merged_at: at,
          merge_user: null,
          merged_by: null,
          notes: [
            { author: { username: "ghost" }, created_at: at },
            { author: { username: "jane" }, created_at: at },
            { author: null, created_at: at },
          ],
          approvals: { approved_by: [{ user: user(2, "reused") }, { user: null }] },
        },
        "7:4": {
          author: user(1, "jd"),
          created_at: at,
          state: "merged",
          merged_at: at,
          merged_by: user(13, "twin"),
        },
        "7:5": {
          author: user(13, "other"),
          created_at: at,
          state: "merged",
          merged_at: at,
          merge_user: user(13, "twin"),
        },
        "7:2": {
          author: user(3, "reused"),
          created_at: at,
          state: "opened",
          merge_user: null,
          approvals: null,
          notes: null,
        },
        "7:3": { author: user(5, "later"), created_at: "2026-07-01T10:00:00Z", state: "opened" },
      },
      deployment: {
        "7:1": {
          created_at: at,
          status: "success",
          user: jane,
          deployable: { user: user(9, token, { name: "deploy" }) },
          approvals: [],
        },
        "7:2": {
          created_at: at,
          status: "success",
          user: user(10, "releaser", { bot: true }),
          deployable: null,
        },
      },
      pipeline: {
        "7:1": {
          created_at: at,
          status: "success",
          user: user(11, "service_account_group_3_a1", { name: " " }),
        },
      },
      issue: {
        "7:1": { created_at: at, state: "opened", author: user(12, "project_7_bottle"), assignees: [] },
      },
      commit: {
        [`7:${"a".repeat(40)}`]: {
          message: "",
          parent_ids: [],
          author_name: "",
          author_email: "1-jd@users.noreply.git.acme.example",
          committed_date: at,
        },
      },
    },
  );
  const none = { email: null, name: "Jane Doe", is_bot: false, records: 1 };
  expect(
    await warehouse.rows(
      `select login, account, email, name, is_bot, records from model.identity order by login, email nulls first, name nulls first`,
    ),
  ).toEqual([
    {
      ...none,
      login: "1-jd@users.noreply.git.acme.example",
      account: null,
      email: "1-jd@users.noreply.git.acme.example",
      name: null,
    },
    { ...none, login: "jane", account: null, name: null },
    { ...none, login: "jane", account: "vendor user 1", email: "Jane@acme.example" },
    { ...none, login: "jd", account: "vendor user 1" },
    { ...none, login: "other", account: null },
    { ...none, login: token, account: "vendor user 9", name: "deploy", is_bot: true },
    { ...none, login: "project_7_bottle", account: "vendor user 12" },
    { ...none, login: "releaser", account: "vendor user 10", is_bot: true },
    { ...none, login: "reused", account: null, records: 2 },
    { ...none, login: "service_account_group_3_a1", account: "vendor user 11", name: null, is_bot: true },
    { ...none, login: "twin", account: null, records: 2 },
  ]);
  const persons = await peopleOf(warehouse);
  expect(
    new Set(
      ["jane", "jd", "Jane@acme.example", "1-jd@users.noreply.git.acme.example"].map(
        (login) => persons[login],
      ),
    ).size,
  ).toBe(1);
  expect(persons["reused"]).toBe("identity/reused");
  warehouse.close();
});

test("PagerDuty names users by id; services and integrations that act are none", async () => {
  const entry = (type: string, id: string | null) => ({
    type: "acknowledge_log_entry",
    created_at: "2026-03-01T10:00:00Z",
    incident: { id: "Q1" },
    agent: { id, type, summary: "Jane Doe" },
  });
  const warehouse = await said(
    { collector: "pagerduty", token: "${PAGERDUTY_TOKEN}" },
    {
      log_entry: {
        R1: entry("user_reference", "PJANE"),
        R2: entry("service_reference", "PSERV"),
        R3: entry("user_reference", null),
      },
    },
  );
  expect(await warehouse.rows(IDENTITIES)).toEqual([
    { login: "PJANE", account: null, email: null, name: "Jane Doe", is_bot: false, records: 1 },
  ]);
  warehouse.close();
});

test("ServiceNow gives address, name and kind where the fields behind the reference are read", async () => {
  const field = (value: string, display = value) => ({ value, display_value: display });
  const request = (login: string) => ({
    sys_id: field("1"),
    sys_created_on: field("2026-03-01 10:00:00"),
    sys_updated_on: field("2026-03-01 10:00:00"),
    "requested_by.user_name": field(login),
    "requested_by.email": field(`${login}@acme.example`),
    requested_by: field(`sys-${login}`, "Jane Doe"),
    "requested_by.internal_integration_user": field(login === "robot" ? "true" : "false"),
  });
  const fields = { requested_by: ["requested_by.user_name", "requested_by.email", "requested_by"] };
  const warehouse = await said(
    {
      collector: "servicenow",
      url: "https://acme.service-now.com",
      token: "${TOKEN}",
      change_request: { fields },
    },
    { change_request: { a: request("jane"), b: request("robot") } },
  );
  expect(await warehouse.rows(IDENTITIES)).toEqual([
    {
      login: "jane",
      account: "sys-jane",
      email: "jane@acme.example",
      name: "Jane Doe",
      is_bot: false,
      records: 1,
    },
    {
      login: "robot",
      account: "sys-robot",
      email: "robot@acme.example",
      name: "Jane Doe",
      is_bot: true,
      records: 1,
    },
  ]);
  warehouse.close();
});

test("incidents of Jira that name a component of no service stand under it, others under the source", async () => {
  const issue = (...components: string[]) => ({
    key: `T-${components.join("")}`,
    fields: {
      summary: "",
      created: "2026-03-01T10:00:00Z",
      issuetype: { name: "Incident" },
      components: components.map((name) => ({ name })),
    },
  });
  const warehouse = await said(
    { collector: "jira", url: "https://acme.atlassian.net", token: "${TOKEN}" },
    { issue: { 1: issue("Checkout"), 2: issue(), 3: issue("API"), 4: issue("Checkout", "Till") } },
  );
  expect(
    await warehouse.rows(
      "select kind, subject, rows from reports.mapping_gap where kind_order in (9, 26) order by kind_order",
    ),
  ).toEqual([
    { kind: "Incident without a service", subject: "vendor", rows: 1 },
    { kind: "Component of no service", subject: "vendor: Checkout", rows: 2 },
  ]);
  warehouse.close();
});
