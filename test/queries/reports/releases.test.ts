import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { given, type History } from "../../support/history.ts";

const history: History = {
  asOf: "2026-05-01T00:00:00Z",
  complete: ["incident"],
  config: {
    services: { api: { repository: "api", title: "The API" }, web: { repository: "web", title: "Web" } },
    teams: {
      blue: { title: "Blue", owns: ["web", { service: "api", until: "2026-02-01" }] },
      red: { title: "Red", owns: [{ service: "api", from: "2026-02-01" }] },
    },
    environments: {
      production: { kind: "production", rank: 3 },
      staging: { kind: "staging", rank: 2 },
      lab: { kind: "test", rank: 1 },
    },
    publish: { packs: "latest" },
  },
  data: {
    change: `
      id | repository | number | title | author | first_commit_at | opened_at | merged_at | tickets
      1 | api | 1 | First | ann | 2026-01-02T08:00:00Z | 2026-01-02T09:00:00Z | 2026-01-02T10:00:00Z | T-1
      2 | api | 2 | Second | ann | 2026-02-02T08:00:00Z | 2026-02-02T09:00:00Z | 2026-02-02T10:00:00Z | T-1;T-9
      3 | api | 3 | Third | ann | 2026-02-03T08:00:00Z | 2026-02-03T09:00:00Z | 2026-02-03T10:00:00Z | data:T-1
      4 | web | 1 | Page | bob | 2026-02-03T08:00:00Z | 2026-02-03T09:00:00Z | 2026-02-03T10:00:00Z |`,
    change_review: `
      id | change | reviewer | state | submitted_at
      r1 | 2 | bob | approved | 2026-02-02T09:30:00Z
      r2 | 2 | cat | approved | 2026-02-02T09:40:00Z
      r3 | 3 | bob | approved | 2026-02-04T09:40:00Z`,
    ticket: `
      id | kind | title | status | created_at
      T-1 | story | Pay faster | Done | 2026-01-01T00:00:00Z`,
    release: `
      service | version | kind | train | planned_at | published_at
      api | 1.0 | operational | | 2026-01-05T09:00:00Z | 2026-01-05T08:00:00Z
      api | 2.0 | strategic | spring | 2026-02-10T10:00:00Z | 2026-02-10T08:00:00Z
      web | 2.0 | strategic | spring | 2026-02-10T10:00:00Z | 2026-02-10T08:00:00Z
      api | 3.0 | strategic | | 2026-06-10T10:00:00Z |
      api | 0.9 | | | |`,
    deployment: `
      id | attempt | service | environment | version | started_at | finished_at | status | rollback_of | change_requests | pipeline_run
      d0 | 1 | web | production | 1.0 | 2026-01-04T09:00:00Z | 2026-01-04T09:10:00Z | success | | |
      d1 | 1 | api | production | 1.0 | 2026-01-05T09:00:00Z | 2026-01-05T09:10:00Z | success | | |
      l2 | 1 | api | lab | 2.0 | 2026-02-10T07:00:00Z | 2026-02-10T07:10:00Z | failure | | |
      s2 | 1 | api | staging | 2.0 | 2026-02-10T08:00:00Z | 2026-02-10T08:10:00Z | success | | |
      d2 | 1 | api | production | 2.0 | 2026-02-10T09:50:00Z | 2026-02-10T09:55:00Z | failure | | CR-1 |
      d2 | 2 | api | production | 2.0 | 2026-02-10T10:00:00Z | 2026-02-10T10:10:00Z | success | | CR-1;CR-404 | p7
      d3 | 1 | api | production | 1.0 | 2026-02-10T10:40:00Z | 2026-02-10T10:50:00Z | success | data:d2#2 | |
      d4 | 1 | web | production | 2.0 | 2026-02-10T11:00:00Z | 2026-02-10T11:10:00Z | success | | |
      d5 | 1 | web | staging | 2.1 | 2026-04-01T11:00:00Z | 2026-04-01T11:10:00Z | success | | |
      d6 | 1 | ghost | production | 9.9 | 2026-04-01T11:00:00Z | 2026-04-01T11:10:00Z | success | | |`,
    pipeline_run: `
      id | attempt | workflow | started_at | conclusion
      p7 | 1 | deploy | 2026-02-10T09:00:00Z | failure
      p7 | 2 | deploy | 2026-02-10T09:59:00Z | success`,
    deployment_approval: `
      id | deployment | approver | decision | decided_at
      a2 | data:d2#2 | dan | approved | 2026-02-10T10:05:00Z
      a4 | data:d4 | dan | approved | 2026-02-03T09:30:00Z`,
    change_request: `
      id | title | type | service | created_at | planned_start | planned_end | rollback_plan
      CR-1 | Ship it | normal | api | 2026-02-08T09:00:00Z | 2026-02-10T09:55:00Z | 2026-02-10T12:00:00Z | Back to 1.0`,
    change_request_approval: `
      id | change_request | approver | decision | decided_at
      c1 | CR-1 | eve | approved | 2026-02-10T09:52:00Z
      c2 | CR-1 | dan | rejected | 2026-02-09T07:00:00Z`,
    calendar_window: `
      id | kind | scope | starts_at | ends_at | reason
      all | freeze | | 2026-02-10T10:05:00Z | 2026-02-10T10:20:00Z | For everybody
      blue | blackout | blue | 2026-01-01T00:00:00Z | 2026-03-01T00:00:00Z | Only what Blue owns
      web | blackout | web | 2026-02-10T10:00:00Z | 2026-02-10T11:00:00Z | Ends as web begins
      stage | maintenance | staging | 2026-02-10T00:00:00Z | 2026-02-11T00:00:00Z | Not production`,
  },
};

let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await given(history);
});
afterAll(() => warehouse.close());

const of = <Row extends object>(relation: string, columns: string, where = "true") =>
  warehouse.rows<Row>(`select ${columns} from reports.${relation} where ${where} order by rowid`);

/** Rows as lists of their values, in the order of the columns. */
const cells = async (relation: string, columns: string, where?: string) =>
  (await of(relation, columns, where)).map((row) => Object.values(row) as unknown[]);

describe("the list of releases", () => {
  test("is newest first, each filed by when it went live, else was published, else is planned", async () => {
    expect(await cells("site_release", "service, version, quarter_label, outcome")).toEqual([
      ["api", "3.0", "Planned", "not deployed"],
      ["web", "2.0", "Q1 2026", "ok"],
      ["api", "2.0", "Q1 2026", "rolled back"],
      ["api", "1.0", "Q1 2026", "ok"],
      ["web", "1.0", "Q1 2026", "ok"],
      ["api", "0.9", "Undated", "not deployed"],
      ["web", "2.1", "Undated", "not in production"],
    ]);
  });

  test("says how long a release stood, how long it took from staging and how late it was", async () => {
    // Staging live 8:10, production 10:10, planned 10:00, rolled back 10:50.
    expect(
      await of(
        "site_release",
        "tried_in, promotion_seconds, late_seconds, rolled_back_seconds, changes, attempts, train",
        "service = 'api' and version = '2.0'",
      ),
    ).toEqual([
      {
        tried_in: "staging",
        promotion_seconds: 7200,
        late_seconds: 600,
        rolled_back_seconds: 2400,
        changes: 2,
        attempts: 4,
        train: "spring",
      },
    ]);
  });

  test("an approval names the changes that were merged after it", async () => {
    // Page was merged at 10:00, after the decision of 9:30; the changes of api 2.0 before any of its decisions.
    expect(await cells("release_approvals", "version, approval_id, covered_changes, later_changes", "decision = 'approved'")).toEqual([
      ["2.0", "data:c1", 2, []],
      ["2.0", "data:a2", 2, []],
      ["2.0", "data:a4", 1, ["#1"]],
    ]);
  });

  test("adds up to its quarters", async () => {
    expect(
      await cells(
        "site_release_quarter",
        "quarter_label, releases, services, live, changes, failed, rolled_back",
      ),
    ).toEqual([
      ["Planned", 1, 1, 0, 0, 0, 0],
      ["Q1 2026", 4, 2, 4, 4, 1, 1],
      ["Undated", 2, 2, 0, 0, 0, 0],
    ]);
  });

  test("has the trains", async () => {
    expect(
      await cells("site_release_train", "train, releases, services, changes, change_facts, failed"),
    ).toEqual([["spring", 2, 2, 3, 3, 1]]);
  });
});

describe("a release has", () => {
  const own = "service = 'api' and version = '2.0'";

  test("its tickets, found by either name, and those that nobody collected", async () => {
    expect(await cells("release_tickets", "reference, is_known, title, changes", own)).toEqual([
      ["T-1", true, "Pay faster", 1],
      ["T-9", false, null, 1],
      ["data:T-1", true, "Pay faster", 1],
    ]);
  });

  test("its change requests: the first attempt came before the window", async () => {
    expect(
      await cells(
        "release_change_requests",
        "reference, is_known, type, timing, attempts, approvals, rejections, has_rollback_plan, has_test_plan",
        own,
      ),
    ).toEqual([
      ["CR-1", true, "normal", "before its window", 2, 1, 1, true, false],
      ["CR-404", false, null, "no window recorded", 1, 0, 0, false, false],
    ]);
  });

  test("the windows that its production attempts touched, by scope and owner on that day", async () => {
    // Both attempts of api 2.0 came after blue handed it over; its rollback to 1.0 ran after the freeze.
    expect(await cells("release_windows", "service, version, calendar_window_id, attempts")).toEqual([
      ["api", "1.0", "data:blue", 1],
      ["api", "2.0", "data:all", 1],
      ["web", "1.0", "data:blue", 1],
      ["web", "2.0", "data:blue", 1],
    ]);
  });

  test("its attempts in the order of promotion, with run and approval", async () => {
    expect(
      await cells(
        "site_release_deployment",
        "environment, attempt, status, workflow, run_conclusion, approval",
        own,
      ),
    ).toEqual([
      ["lab", 1, "failure", null, null, "none known"],
      ["staging", 1, "success", null, null, "none known"],
      // CR-1 was rejected the day before and approved at 9:52, in between.
      ["production", 1, "failure", null, null, "rejected"],
      ["production", 2, "success", "deploy", "success", "before the start"],
    ]);
  });

  test("its changes with their approvals and stages", async () => {
    expect(
      await cells(
        "site_release_change",
        "number, approvals, late_approvals, review, basis, lead_seconds",
        own,
      ),
    ).toEqual([
      // From 2 and 3 February 8:00 to 10 February 10:10.
      ["2", 2, 0, "approved", "first commit", 8 * 86_400 + 7800],
      ["3", 0, 1, "approved after merge", "first commit", 7 * 86_400 + 7800],
    ]);
  });

  test("its production deployments, and what took them out", async () => {
    expect(await cells("site_release_wave", "kind, changes, rolled_back_seconds, month, page", own)).toEqual([
      ["deployment", 2, 2400, "2026-02", 1],
    ]);
  });
});

test("ownership keeps its dates", async () => {
  expect(await cells("site_ownership", "team, service, owned_from, owned_until, when_owned")).toEqual([
    ["blue", "api", null, "2026-02-01T00:00:00Z", "before"],
    ["blue", "web", null, null, "now"],
    ["red", "api", "2026-02-01T00:00:00Z", null, "now"],
  ]);
});

test("packs are of the last release of each service that went live", async () => {
  expect(await cells("release_packs", "service, version")).toEqual([
    ["api", "2.0"],
    ["web", "2.0"],
  ]);
});

test.each([
  ["none", 0],
  ["all", 7],
] as const)("packs: %s", async (packs, expected) => {
  const other = await given({ ...history, config: { ...history.config, publish: { packs } } });
  expect(await other.rows("select * from reports.release_packs")).toHaveLength(expected);
  other.close();
});

test("people stay hidden where they are to be hidden", async () => {
  const rows = [
    ...(await of("site_release_change", "*")),
    ...(await of("site_release_deployment", "*")),
    ...(await of("release_change_requests", "*")),
  ];
  expect(JSON.stringify(rows)).not.toMatch(/"(ann|bob|cat|dan|eve)"/);
});

test("the feed has what went live or was published, the newest first, dated by the last thing that became known", async () => {
  const rows = await warehouse.rows<{ title: string }>(
    "select title, summary, published_at, updated_at from reports.feed_entry order by position",
  );
  expect(rows.map(({ title }) => title)).toEqual(["Web 2.0", "The API 2.0", "The API 1.0", "Web 1.0"]);
  // Live at 10:10, rolled back by what went live at 10:50.
  expect(rows[1]).toEqual({
    title: "The API 2.0",
    summary: "Went live in production with 2 changes. Kind: strategic. Outcome: rolled back.",
    published_at: "2026-02-10T10:10:00Z",
    updated_at: "2026-02-10T10:50:00Z",
  });
});
