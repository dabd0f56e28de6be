import { beforeAll, expect, test } from "vitest";
import type { EntityName } from "../../../collectors/files/entities.ts";
import { queryFiles } from "../../../src/warehouse/model.ts";
import { given, onlyControls, type History } from "../../support/history.ts";

const FAMILIES = ["population", "authorisation"];
const OF_FAMILIES = queryFiles().filter(({ file }) => FAMILIES.some((family) => file.includes(`/${family}/`)));
const ASKED = OF_FAMILIES.flatMap(({ header }) => header.control ?? []);
const SEEN: readonly EntityName[] = [
  "change",
  "change_request_approval",
  "change_review",
  "approval_rule",
  "commit",
  "deployment_approval",
  "person",
  "role_grant",
];

const line = "abcdef".split("").map((letter) => letter.repeat(40));
const [A, B, C, D, E, F] = line;

const HISTORY: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: [...SEEN, "change_request", "change_template", "deployment", "ticket_transition"],
  data: {
    ref: `
      repository | name | kind | sha
      api        | main | main | ${F}`,
    commit: `
      repository | sha  | parents | author | authored_at
      api        | ${A} |         | ana    | 2026-03-01T08:00:00Z
      api        | ${B} | ${A}    | ana    | 2026-03-02T08:00:00Z
      api        | ${C} | ${B}    | ben    | 2026-03-03T08:00:00Z
      api        | ${D} | ${C}    | ana    | 2026-03-04T08:00:00Z
      api        | ${E} | ${D}    | old    | 2026-03-05T08:00:00Z
      api        | ${F} | ${E}    | ana    | 2026-03-06T08:00:00Z`,
    change: `
      id | repository | number | author | opened_at            | merged_at            | merge_sha | tickets | paths
      m2 | api        | 2      | ana    | 2026-03-02T07:00:00Z | 2026-03-02T08:00:00Z | ${B}      | C2      | src/a.ts
      m3 | api        | 3      | ben    | 2026-03-03T07:00:00Z | 2026-03-03T08:00:00Z | ${C}      | C3      | db/migrations/3.sql
      m5 | api        | 5      | old    | 2026-03-05T07:00:00Z | 2026-03-05T08:00:00Z | ${E}      |         | src/b.ts`,
    change_review: `
      id | change | reviewer | state    | submitted_at
      r2 | m2     | ben      | approved | 2026-03-02T07:30:00Z
      r5 | m5     | ben      | approved | 2026-03-05T07:30:00Z`,
    person: `
      id    | logins | is_bot | owner | active_until
      ana   | ana    |        |       |
      ben   | ben    |        |       |
      old   | old    |        |       | 2026-03-04
      robot | robot  | true   | old   |`,
    role_grant: `
      person | role  | granted_from         | granted_until
      ben    | board | 2026-01-01T00:00:00Z |
      ana    | board | 2026-01-01T00:00:00Z | 2026-02-01T00:00:00Z`,
    approval_rule: `
      id   | path  | role  | change_type | risk | valid_hours
      any  | peer  |       | normal      |      |
      high | board | board | normal      | high | 24`,
    change_template: `
      id | title | valid_until
      T1 | Renew | 2026-03-05
      T2 | Renew |`,
    deployment: `
      id | service | environment | started_at           | finished_at          | status  | version | sha  | deployer | change_requests
      d1 | api     | production  | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success | 1.0     | ${A} | ana      | C1
      d2 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | 1.1     | ${B} | ana      |
      d3 | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | 1.2     | ${C} | robot    | C3
      d4 | api     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | 1.3     | ${D} | ana      | C4
      d5 | api     | production  | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success | 1.4     | ${E} | ana      | C5; S1; S2`,
    change_request: `
      id | type     | risk | service | template | requested_by | owner | reason | created_at           | planned_start        | closed_at
      C1 | normal   | high | api     |          | ana          | ana   | Why    | 2026-03-01T08:00:00Z |                      | 2026-03-09T08:00:00Z
      C2 | normal   | low  | api     |          | ana          | ana   | Why    | 2026-03-01T08:00:00Z |                      | 2026-03-09T08:00:00Z
      C3 | normal   | low  | api     |          | old          | ana   |        | 2026-03-01T08:00:00Z |                      | 2026-03-09T08:00:00Z
      C4 | normal   | high | api     |          | ana          | ana   | Why    | 2026-03-01T08:00:00Z |                      | 2026-03-09T08:00:00Z
      C5 | normal   | high | api     |          | ana          | ana   | Why    | 2026-03-01T08:00:00Z |                      |
      C6 | normal   | high | api     |          | ana          | ana   | Why    | 2026-03-01T08:00:00Z | 2026-05-01T08:00:00Z |
      S1 | standard | low  | api     | T1       | ana          | ana   | Why    | 2026-03-01T08:00:00Z |                      |
      S2 | standard | low  | api     | T2       | ana          | ana   | Why    | 2026-03-01T08:00:00Z |                      |`,
    change_request_approval: `
      id | change_request | approver | decision | decided_at           | sha  | expires_at           | justification
      a1 | C1             | ben      | approved | 2026-03-01T10:00:00Z | ${A} | 2026-03-02T00:00:00Z | Green
      a2 | C2             | ben      | approved | 2026-03-02T10:00:00Z |      |                      | Green
      b2 | C2             | ana      | approved | 2026-03-02T11:00:00Z | ${F} |                      | Green
      a3 | C3             | ben      | approved | 2026-03-03T07:30:00Z |      |                      |
      a4 | C4             | ana      | approved | 2026-03-02T10:00:00Z |      |                      | Green
      a5 | C5             | ben      | approved | 2026-03-05T13:00:00Z |      |                      | Green
      a6 | C6             | ana      | approved | 2026-03-05T13:00:00Z |      |                      | Green`,
    deployment_approval: `
      id | deployment | decision | decided_at
      x5 | d5         | approved | 2026-03-05T11:00:00Z`,
  },
};

const PARAMETERS = { "AUT-05": { parameters: { required_normal: ["reason", "approval why"], required_standard: ["reason"] } } };

type Statuses = ReadonlyMap<string, string>;

/** What the controls of the families say of every unit. */
async function asked(history: History): Promise<Statuses> {
  const warehouse = await given({ ...history, config: { controls: { ...onlyControls(ASKED), ...PARAMETERS } } });
  const rows = await warehouse.rows<{ control: string; unit: string; status: string }>("select control, unit, status from controls.result where unit_kind <> 'source'");
  warehouse.close();
  return new Map(rows.map(({ control, unit, status }) => [`${control} ${unit}`, status]));
}

const needing = (entity: string, kind: "supporting" | "adverse") =>
  OF_FAMILIES.flatMap(({ header: { control, needs = [] } }) =>
    control !== undefined && needs.some((need) => need.of === entity && need.as === kind) ? [control] : [],
  );

const without = (entity: EntityName) => Object.fromEntries(Object.entries(HISTORY.data).filter(([name]) => name !== entity));

/** Units of the controls whose status is another than before. */
const moved = (controls: readonly string[], before: Statuses, after: Statuses) =>
  [...after]
    .filter(([unit, status]) => controls.includes(unit.split(" ")[0] ?? "") && before.get(unit) !== status)
    .map(([unit, status]) => ({ unit, from: before.get(unit), to: status }));

let whole: Statuses;
beforeAll(async () => {
  whole = await asked(HISTORY);
  expect([...whole.values()]).toEqual(expect.arrayContaining(["pass", "fail", "not_applicable"]));
}, 120_000);
test.each(SEEN)("less of %s makes nothing better, and its source gone nothing known", { timeout: 240_000 }, async (entity) => {
  const lost = await asked({ ...HISTORY, data: without(entity) });
  const better = moved(needing(entity, "supporting"), whole, lost).filter(({ from, to }) => from !== "pass" && to !== "fail");
  expect(better).toEqual([]);

  const disconnected = await asked({ ...HISTORY, data: without(entity), complete: (HISTORY.complete ?? []).filter((one) => one !== entity) });
  const needs = [...needing(entity, "supporting"), ...needing(entity, "adverse")];
  expect(moved(needs, whole, disconnected).filter(({ to }) => to === "pass" || to === "fail")).toEqual([]);
  const unsure = [...disconnected].filter(([unit, status]) => needing(entity, "adverse").includes(unit.split(" ")[0] ?? "") && status === "pass");
  expect(unsure).toEqual([]);
});
