import { beforeAll, expect, test } from "vitest";
import { quarterSentences } from "../../../src/site/words/retrospective.ts";
import { retrospectivesOf } from "../../../src/site/read-retrospectives.ts";
import type { Retrospective } from "../../../src/site/retrospective-rows.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { given, onlyControls } from "../../support/history.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const at = (day: string, hours = 0) => new Date(Date.parse(`${day}T10:00:00Z`) + hours * HOUR * 1000).toISOString().slice(0, 19) + "Z";
const days = (month: string) => [11, 12, 13, 14, 15, 16].map((day) => `2026-${month}-${day}`);

/** A change a day; those of February took ten days, those of May one. */
const SHIPPED = [
  ...days("02").map((day, index) => ({ id: `f${index + 1}`, day, hours: 240, lines: 50 })),
  ...days("05").map((day, index) => ({ id: `m${index + 1}`, day, hours: 24, lines: [50, 500, 50, 500, 150, 50][index] ?? 0 })),
];

let warehouse: Warehouse;
let quarters: ReadonlyMap<string, Retrospective>;

/** Each deployment of the first day of a month, and the ones below, fail by what an incident says. */
beforeAll(async () => {
  warehouse = await given({
    asOf: "2026-07-20T00:00:00Z",
    complete: ["incident"],
    config: {
      controls: onlyControls([]),
      services: { api: { repository: "api" }, web: { repository: "web" } },
      environments: { production: { kind: "production" }, staging: { kind: "staging" } },
      teams: { red: { owns: ["api"] }, blue: { owns: ["web"] } },
    },
    data: {
      change: `id | repository | services | first_commit_at | merged_at | merge_sha | additions | deletions
        ${SHIPPED.map(({ id, day, hours, lines }) => `c${id} | api | api | ${at(day, -hours)} | ${at(day, -1)} | ${id} | ${lines} | 0`).join("\n")}`,
      deployment: `id | service | environment | sha | started_at | finished_at | status | change_requests
        first | api | production | aaa | 2025-12-20T10:00:00Z | 2025-12-20T10:00:00Z | success |
        stage | api | staging | m1 | ${at("2026-05-11", -4)} | ${at("2026-05-11", -4)} | success |
        ${SHIPPED.map(({ id, day }) => `${id} | api | production | ${id} | ${at(day)} | ${at(day)} | success | ${id === "m1" ? "R1" : ""}`).join("\n")}`,
      incident: `id | service | started_at | mitigated_at | resolved_at | caused_by
        I1 | api | ${at("2026-02-11", 2)} | ${at("2026-02-11", 3)} | | f1
        I2 | api | ${at("2026-05-12", 48)} | ${at("2026-05-12", 49)} | | m2
        I3 | api | ${at("2026-05-15", 120)} | ${at("2026-05-15", 123)} | | m5`,
      change_request: `id | type | risk | service | created_at
        R1 | normal | medium | api | 2026-05-01T10:00:00Z`,
      test_result: `id | service | sha | suite | total | failed | coverage | finished_at
        T1 | api | m1 | unit | 10 | 0 | 0.75 | ${at("2026-05-11", -2)}`,
      ticket: `id | kind | service | created_at | labels
        S1 | bug | api | 2026-05-20T10:00:00Z | customer-complaint
        S2 | bug | api | 2026-05-20T10:00:00Z | cosmetic`,
      action: `id | title | owner | owner_role | team | due_on | status | closed_on | metric | direction | target | quarter | decided_on
        A1 | Small changes | ann | | red | | done | 2026-05-01 | change_lead_time | | | 2026-Q1 |
        A2 | More tests | ann | | red | 2026-06-01 | open | | change_fail_rate | down | 0.2 | | 2026-04-10
        A3 | Think | ann | architect | red | | open | | happiness | | | 2025-Q4 |
        A4 | Forgotten | ann | | red | | done | 2026-02-01 | change_fail_rate | | | 2025-Q4 |`,
    },
  });
  quarters = await retrospectivesOf(warehouse, "red");
});

test("a team looks back on quarters in which something happened; few deployments are said to be few", async () => {
  const listed = await warehouse.rows("select team, quarter, deployments, known, failures, incidents, is_few from reports.retrospective_quarter order by rowid");
  expect(listed).toEqual([
    { team: "red", quarter: "2026-Q2", deployments: 6, known: 6, failures: 2, incidents: 2, is_few: false },
    { team: "red", quarter: "2026-Q1", deployments: 6, known: 6, failures: 1, incidents: 1, is_few: false },
    { team: "red", quarter: "2025-Q4", deployments: 1, known: 1, failures: 0, incidents: 0, is_few: true },
  ]);
  const few = quarters.get("2025-Q4");
  expect(few && quarterSentences(few).join(" ")).toBe(
    "In Q4 2025, red deployed api once to production. So few say little: what follows counts them and compares nothing that chance could explain. The one deployment with known outcome did not fail.",
  );
});

test("the quarter in one paragraph says what moved beyond chance, and nothing else", () => {
  const latest = quarters.get("2026-Q2");
  expect(latest && quarterSentences(latest).join(" ")).toBe(
    "In Q2 2026, red deployed api 6 times to production with 6 changes. Half of its changes were live within 24\u202fh, 90\u202f% shorter than in Q1 2026; " +
      "the longest part of that is coding, 95.8\u202f%. 2 of 6 deployments with known outcome failed, and it took 3.6\u202fd to restore service. " +
      "2 incidents touch its services; 2 come from its own deployments. Of 2 actions of the last retrospective 1 is done, and 1 moved its metric as meant.",
  );
});

test("an action's metric moved where the difference is clear; a target is met by the value; nobody is named", () => {
  const told = (quarter: string) =>
    quarters.get(quarter)?.actions.map((row) => [row.action_id, row.owner, row.verdict, row.is_overdue, row.is_target_met, row.before_value, row.now_value]);
  expect(told("2026-Q2")).toEqual([
    ["data:A1", "red", "as meant", false, null, 10 * DAY, DAY],
    // 1 of 6 and 2 of 6 overlap, and a third is above a fifth.
    ["data:A2", "red", "unclear", true, false, 0.166666666667, 0.333333333333],
    ["data:A3", "architect", "unknown metric", false, null, null, null],
  ]);
  // Before the first quarter of this year there was one deployment, which says nothing of a rate.
  expect(told("2026-Q1")).toEqual([
    ["data:A3", "architect", "unknown metric", false, null, null, null],
    ["data:A4", "red", "too few", false, null, 0, 0.166666666667],
  ]);
  expect(JSON.stringify([...quarters.values()])).not.toContain("ann");
});

test("pain points are what the rules name, and nothing else", () => {
  expect(quarters.get("2026-Q2")?.pains.map(({ kind, subject, value, total }) => [kind, subject, value, total])).toEqual([
    ["failures", "api", 2, 6],
    ["stage", "coding", 23 * HOUR, 0.958333333333],
    ["support", "api", 1, null],
    ["action", "More tests", null, null],
  ]);
  expect(quarters.get("2026-Q2")?.painful.map(({ wave_name, recovery_seconds, changes }) => [wave_name, recovery_seconds, changes])).toEqual([
    ["m5", 123 * HOUR, ["m5"]],
    ["m2", 49 * HOUR, ["m2"]],
  ]);
});

test("another rule would have caught, delayed and missed so many of the year's deployments", async () => {
  const rows = quarters.get("2026-Q2")?.whatIf ?? [];
  const of = (setting: string) =>
    rows.filter((row) => row.setting === setting).map(({ value, caught, delayed, missed, judged, unknown }) => [value, caught, delayed, missed, judged, unknown]);
  // What the first deployment carried nobody knows. m2 and m5 failed with 500 and 150 lines, f1 with 50; m4 did not with 500.
  expect(of("changed_lines")).toEqual([
    [100, 2, 1, 1, 12, 1],
    [200, 1, 1, 2, 12, 1],
    [400, 1, 1, 2, 12, 1],
    [800, 0, 0, 3, 12, 1],
  ]);
  // They showed after 2 hours, 2 days and 5 days; ten did not fail.
  expect(of("window")).toEqual([
    [1, 1, 10, 2, 13, 0],
    [3, 2, 10, 1, 13, 0],
    [7, 3, 10, 0, 13, 0],
    [14, 3, 10, 0, 13, 0],
  ]);
  expect(rows.filter((row) => row.is_in_force && row.setting === "window").map(({ value }) => value)).toEqual([7]);
  // One deployment has a coverage of 75 %, four hours in staging and a request of medium risk; it did not fail.
  expect(of("coverage").map(([value, caught, delayed]) => [value, caught, delayed])).toEqual([[60, 0, 0], [70, 0, 0], [80, 0, 1], [90, 0, 1]]);
  expect(of("soak").map(([value, , delayed, , judged]) => [value, delayed, judged])).toEqual([[1, 0, 1], [4, 0, 1], [24, 1, 1], [72, 1, 1]]);
  expect(of("risk").map(([value, , delayed]) => [value, delayed])).toEqual([[1, 1], [2, 1], [3, 0]]);
  // The organisation's are those of its only team with deployments.
  const whole = await warehouse.rows("select setting, value, caught, delayed, missed from reports.what_if where scope_kind = 'organisation' and quarter = '2026-Q2' order by rowid");
  expect(whole).toEqual(rows.map(({ setting, value, caught, delayed, missed }) => ({ setting, value, caught, delayed, missed })));
});
