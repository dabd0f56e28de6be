import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const KEPT: History = {
  asOf: "2026-04-15T00:00:00Z",
  complete: ["retention_policy", "archived_record"],
  config: {
    services: {
      api: { active_from: "2020-01-01" },
      young: { active_from: "2026-02-01" },
      loose: { active_from: "2020-01-01" },
    },
  },
  data: {
    deployment: `
      id  | service | environment | started_at           | finished_at          | status
      d00 | api     | production  | 2024-01-02T12:00:00Z | 2024-01-02T12:10:00Z | success
      d01 | api     | production  | 2026-01-02T12:00:00Z | 2026-01-02T12:10:00Z | success
      d02 | api     | production  | 2026-02-02T12:00:00Z | 2026-02-02T12:10:00Z | success
      d03 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success
      d04 | api     | production  | 2026-04-02T12:00:00Z | 2026-04-02T12:10:00Z | success
      d05 | loose   | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success`,
    retention_policy: `
      id | record_class   | keep_for | keep_unit | system   | service
      R1 | deployment_log | 1        | years     |          | api
      R2 | Artifact       | 6        | months    | registry | api
      R3 | artifact       | 1        | years     | new      | young
      R4 | artifact       | 1        | years     | short    | api
      R5 | artifact       | 1        | years     | cleared  | api
      R6 | artifact       | 1        | years     | unsaid   |
      R7 | artifact       | 1        | years     | empty    | api
      R8 | artifact       | 1        | years     | ended    | api`,
    archived_record: `
      id | record_class | system   | service | recorded_at          | disposed_at          | disposed_by | disposal_reason
      a1 | artifact     | registry | api     | 2025-10-02T00:00:00Z |                      |             |
      a2 | artifact     | registry | api     | 2026-01-02T00:00:00Z |                      |             |
      a3 | artifact     | new      | young   | 2026-02-15T00:00:00Z |                      |             |
      a4 | artifact     | short    | api     | 2026-03-01T00:00:00Z |                      |             |
      a5 | artifact     | cleared  | api     | 2026-02-01T00:00:00Z | 2026-04-01T00:00:00Z | ben         | Asked for by its owner
      a6 | artifact     | unsaid   | other   | 2026-03-01T00:00:00Z |                      |             |
      a8 | artifact     | ended    | api     | 2026-03-20T00:00:00Z | 2026-03-30T00:00:00Z |             |`,
  },
};

test("a source or archive holds what is as old as its policy asks, or the disposal is recorded", async () => {
  const config = { ...KEPT.config, services: { ...KEPT.config?.services, unsaid: {} } };
  const rows = await judged("RET-01", { ...KEPT, config });
  const sources = rows.filter(({ unit }) => !unit.includes(" "));
  expect(
    Object.fromEntries(sources.map(({ unit, status, reason }) => [unit, `${status}: ${reason}`])),
  ).toEqual({
    cleared: "pass: cleared holds what must be kept, or the disposal is recorded.",
    data: "pass: data holds what must be kept, or the disposal is recorded.",
    empty: "fail: empty no longer holds what must be kept: artifact (asked for 1 year, none held).",
    ended: "fail: ended no longer holds what must be kept: artifact (asked for 1 year, none held).",
    new: "not_applicable: The services whose records new holds are younger than the time for which these are kept.",
    registry: "pass: registry holds what must be kept, or the disposal is recorded.",
    short: "fail: short no longer holds what must be kept: artifact (asked for 1 year, oldest of 2026-03-01).",
    unsaid:
      "unknown: The oldest records of unsaid are younger than must be kept, and nothing says since when there were any: artifact (asked for 1 year, oldest of 2026-03-01).",
  });
});

test("of each month with deployments the records of each class are held", async () => {
  const months = Object.fromEntries(
    (await judged("RET-01", KEPT)).filter(({ unit }) => unit.includes(" ")).map((row) => [row.unit, row]),
  );
  expect(Object.fromEntries(Object.entries(months).map(([unit, { status }]) => [unit, status]))).toEqual({
    "api 2024-01": "not_applicable",
    "api 2026-01": "pass",
    "api 2026-02": "pass",
    "api 2026-03": "pass",
    "api 2026-04": "not_applicable",
    "loose 2026-03": "fail",
  });
});

test("what is not held of a month, and not recorded as disposed of, is missing", async () => {
  const archived = KEPT.data.archived_record?.toString().replace("2026-01-02T00", "2025-12-02T00") ?? "";
  const gone = await judged("RET-01", { ...KEPT, data: { ...KEPT.data, archived_record: archived } });
  expect(gone.find(({ unit }) => unit === "api 2026-01")).toEqual({
    unit: "api 2026-01",
    status: "fail",
    reason: "From 2026-01 no records of api are held, nor is their disposal recorded, of: artifact.",
  });
});

test("without policies and archive nobody knows what must be kept", async () => {
  const { retention_policy: _, archived_record: __, ...data } = KEPT.data;
  expect(await judged("RET-01", { ...KEPT, complete: ["retention_policy"], data })).toContainEqual({
    unit: "data",
    status: "fail",
    reason: "No retention policy was found for what data holds: deployment.",
  });
  expect(await statuses("RET-01", { ...KEPT, complete: [], data })).toEqual({
    data: "unknown",
    "api 2024-01": "unknown",
    "api 2026-01": "unknown",
    "api 2026-02": "unknown",
    "api 2026-03": "unknown",
    "api 2026-04": "not_applicable",
    "loose 2026-03": "unknown",
  });
});
