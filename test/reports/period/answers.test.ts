import { afterAll, beforeAll, expect, test } from "vitest";
import { adherenceFigure } from "../../../reports/period/adherence-figure.ts";
import type { ControlRow, PeriodPackData } from "../../../reports/period/data.ts";
import { periodOf } from "../../../reports/period/range.ts";
import { readPeriodData } from "../../../reports/period/read.ts";
import { recordPlace } from "../../../reports/period/tables.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { given } from "../../support/history.ts";

/*
 * Of `api`: d1 names no change request; d2 one that nobody approved, in two regions (d2 and its second attempt: one wave); d4 and its approval are as they must be; d5 was skipped, x1 is left out by
 * configuration. Of `web`, which no control is asked of: w1. Of `odd`, which nobody configured: o1.
 */
const api = { scope: { services: ["api"] } };
let warehouse: Warehouse;
let data: PeriodPackData;

beforeAll(async () => {
  warehouse = await given({
    asOf: "2026-03-01T00:00:00Z",
    whole: true,
    controls: ["POP-01", "AUT-01", "WIN-02", "WIN-03", "EMG-02"],
    config: {
      services: {
        api: { repository: "api", title: "The API", tier: 1, regulated: ["sox"] },
        web: { repository: "web" },
      },
      teams: { blue: { title: "Blue", owns: ["api", "web"] } },
      environments: {
        production: { kind: "production", wave: "production" },
        "production-us": { kind: "production", wave: "production" },
      },
      metrics: { exclude_deployments: [{ id: "x1", reason: "A drill" }] },
      controls: {
        "POP-01": { ...api, severity: "low", reason: "The ticket system is new", by: "Ann" },
        "AUT-01": api,
        "WIN-02": api,
        "WIN-03": { ...api, parameters: { hours: 1 } },
      },
      sources: {
        data: {
          collector: "files",
          files: [
            {
              path: "d.csv",
              entity: "deployment",
              columns: {
                id: "RUN",
                service: "service",
                status: { from: "RESULT", values: { OK: "success", KO: "failure" } },
                labels: { from: "MARKS", separator: "|" },
              },
              time: { format: "dd.MM.yyyy HH:mm", zone: "Europe/Berlin" },
            },
            { path: "c.csv", entity: "change_request" },
          ],
          complete: (["deployment", "change_request", "change_request_approval"] as const).map((entity) => ({
            entity,
            asserted_by: "test",
          })),
        },
      },
    },
    data: {
      deployment: `
        id | attempt | version | service | environment | started_at | finished_at | status | change_requests
        d1 | | 1.0 | api | production | 2026-01-10T10:00:00Z | 2026-01-10T10:10:00Z | success |
        d2 | | 1.1 | api | production | 2026-01-12T10:00:00Z | 2026-01-12T10:10:00Z | success | CR-1
        d2 | 2 | 1.1 | api | production-us | 2026-01-12T10:20:00Z | 2026-01-12T10:30:00Z | success | CR-1
        d4 | | 1.2 | api | production | 2026-01-14T10:00:00Z | 2026-01-14T10:10:00Z | failure | CR-2
        d5 | | 1.2 | api | production | 2026-01-15T10:00:00Z | 2026-01-15T10:10:00Z | skipped |
        d6 | | 1.2 | api | production | 2026-02-15T10:00:00Z | 2026-02-15T10:10:00Z | skipped |
        x1 | | 1.3 | api | production | 2026-01-16T10:00:00Z | 2026-01-16T10:10:00Z | success |
        w1 | | 9.0 | web | production | 2026-01-17T10:00:00Z | 2026-01-17T10:10:00Z | success |
        o1 | | 9.0 | odd | production | 2026-01-18T10:00:00Z | 2026-01-18T10:10:00Z | success |`,
      change_request: `
        id | type | requested_by | service | status | created_at | planned_start | planned_end
        CR-1 | normal | ben | api | Closed | 2026-01-10T09:00:00Z | 2026-01-12T09:00:00Z | 2026-01-12T12:00:00Z
        CR-2 | normal | ann | api | Closed | 2026-01-11T09:00:00Z | 2026-01-14T09:00:00Z | 2026-01-14T12:00:00Z`,
      change_request_approval: `
        id | change_request | approver | decision | decided_at
        A-2 | CR-2 | ann | approved | 2026-01-13T10:00:00Z
        A-3 | CR-2 | cai | approved | 2026-01-13T11:00:00Z
        A-4 | CR-1 | ben | rejected | 2026-01-13T11:00:00Z`,
    },
  });
  data = await readPeriodData(warehouse, { period: periodOf("2026-01", 1), services: [] }, []);
});
afterAll(() => warehouse.close());

test("failures are counted once, under what lies behind them", () => {
  const rows = data.causes.map((row) => [row.cause, row.occasions, row.units, row.failures, row.controls]);
  expect(rows).toEqual([
    ["Deployed without a change request", 1, 1, 3, ["AUT-01", "POP-01", "WIN-02"]],
    ["Deployed without an approval given in time", 1, 2, 2, ["AUT-01"]],
    [null, 2, 3, 5, ["AUT-01", "POP-01", "WIN-02"]],
  ]);
  expect(data.deviations).toHaveLength(5);
});

test("what is left out of the population is counted and listed with its reason", () => {
  expect(data.leftOut).toEqual([
    { kind: "configuration", deployments: 1 },
    { kind: "skipped", deployments: 1 },
  ]);
  const rows = data.excluded.map((row) => [row.deployment_id, row.excluded_reason]);
  expect(rows).toEqual([
    ["data:x1", "A drill"],
    ["data:d5", "The run was skipped: nothing was deployed."],
  ]);
  // Nine are held; d6 is of another month and left out there.
  expect(data.populations[0]).toMatchObject({ held: 9, units: 6, excluded: 2, without_time: 0 });
});

test("each service has its tier, scope, owner and the controls that it is asked", () => {
  const rows = data.services.map((row) => [
    row.service,
    row.tier,
    row.regulated,
    row.teams,
    row.asked_controls,
    row.other_controls,
    row.unmet_controls,
    row.is_known,
  ]);
  // EMG-02 is asked of all, and only of `api` there were requests to look at.
  const some = ["AUT-01", "POP-01", "WIN-02", "WIN-03"];
  expect(rows).toEqual([
    ["api", 1, ["sox"], "Blue", ["AUT-01", "EMG-02", ...some.slice(1)], [], [], true],
    ["odd", null, [], null, ["EMG-02"], some, ["EMG-02"], false],
    ["web", null, [], "Blue", ["EMG-02"], some, ["EMG-02"], true],
  ]);
});

test("a deployment to which nothing applies is out of scope", () => {
  const rows = data.deployments.map(({ deployment_id, is_in_scope }) => [deployment_id, is_in_scope]);
  expect(rows).toEqual([
    ["data:d1", true],
    ["data:d2", true],
    ["data:d2#2", true],
    ["data:d4", true],
    ["data:w1", false],
    ["data:o1", false],
  ]);
});

test("what is set otherwise stands in one table, with who and why as far as that is said", () => {
  const rows = data.changedSettings
    .filter(({ kind }) => kind !== "Switched off")
    .map((row) => [row.kind, row.setting, row.preset, row.value, row.controls, row.decided_by, row.reason]);
  expect(rows).toEqual([
    ["Scope", "services", "all", "api", ["AUT-01", "WIN-02", "WIN-03"], null, null],
    ["Scope", "services", "all", "api", ["POP-01"], "Ann", "The ticket system is new"],
    ["Parameter", "hours", "24", "1", ["WIN-03"], null, null],
    ["Severity", "severity", "critical", "low", ["POP-01"], "Ann", "The ticket system is new"],
  ]);
  const off = data.changedSettings.find(({ kind }) => kind === "Switched off");
  expect(off).toMatchObject({ setting: "is asked", preset: "yes", value: "no" });
  expect(off?.controls).toContain("POP-03");
  expect(off?.controls).not.toContain("POP-01");
});

test("what a mapping renames, converts and reads is told, and a file without one is not listed", () => {
  expect(data.mappings).toEqual([
    {
      source: "data",
      path: "d.csv",
      entity: "deployment",
      renamed: "RUN → id, MARKS → labels, RESULT → status",
      converted: "status: KO → failure, OK → success",
      split: 'labels at "|"',
      times: "dd.MM.yyyy HH:mm, in Europe/Berlin",
    },
  ]);
});

test("the record of each unit that fails is found by file and line, the second attempt apart from the first", async () => {
  const keys = await warehouse.rows<{ key: string; sha256: string }>(
    "select key, sha256 from raw.current where stream = 'deployment' order by key",
  );
  const lineOf = (part: string) => keys.findIndex(({ key }) => key.includes(part)) + 1;
  expect(data.records.map(recordPlace).map((row) => [row["unit"], row["file"], row["line"]])).toEqual([
    ["data:d1", "evidence/data/deployment.jsonl", lineOf(`"d1"`)],
    ["data:d2", "evidence/data/deployment.jsonl", lineOf(`"d2",null`)],
    ["data:d2#2", "evidence/data/deployment.jsonl", lineOf(`"d2",2`)],
  ]);
  for (const row of data.records) expect(row.sha256).toBe(keys[(row.line ?? 0) - 1]?.sha256);
});

test("no interval of the figure is cut, however low it reaches", () => {
  const control = (name: string, rate: number, rate_low: number, rate_high: number) =>
    ({ control: name, rate, rate_low, rate_high, passed: 1, failed: 1, unknown: 0 }) as ControlRow;
  const barsOf = (rows: readonly ControlRow[]) =>
    [
      ...adherenceFigure(rows)!.svg.matchAll(
        /x1="([\d.-]+)" y1="[\d.]+" x2="([\d.]+)"[^>]*stroke-width="2.6"/g,
      ),
    ].map(([, from, until]) => Number(until) - Number(from));
  const bars = barsOf([control("A", 0.5, 0.05, 0.95), control("B", 0.95, 0.5, 0.995)]);
  // As long as the intervals are, on one scale.
  expect(bars[0]! / bars[1]!).toBeCloseTo(0.9 / 0.495, 2);
  const [narrow] = barsOf([control("C", 0.99, 0.97, 0.999)]);
  expect(narrow).toBeCloseTo(0.29 * 327, 0);
});

test("a request that its requester approved is listed, with how many others did", () => {
  expect(data.selfApproved.map((row) => [row.change_request_id, row.others])).toEqual([["data:CR-2", 1]]);
});
