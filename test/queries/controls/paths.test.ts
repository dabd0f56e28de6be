import { expect, test } from "vitest";
import { given, type History } from "../../support/history.ts";

const HISTORY = {
  asOf: "2026-04-01T00:00:00Z",
  config: {
    environments: { production: { kind: "production" }, staging: { kind: "staging" } },
    paths: { normal: ["request", "tests", "staging", "approval", "production"], emergency: ["request", "production"], no_request: ["tests", "production"] },
  },
  data: {
    deployment: `
      id | service | environment | sha | started_at           | finished_at          | status  | change_requests
      s1 | api     | staging     | aa1 | 2026-03-02T08:00:00Z | 2026-03-02T08:10:00Z | success |
      d1 | api     | production  | aa1 | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | C1
      d2 | api     | production  | aa2 | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | C2
      d3 | api     | production  | aa3 | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | C3
      d4 | api     | production  | aa4 | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success |`,
    change_request: `
      id | type      | service | created_at
      C1 | normal    | api     | 2026-03-01T12:10:00Z
      C2 | normal    | api     | 2026-03-02T12:10:00Z
      C3 | emergency | api     | 2026-03-04T12:30:00Z`,
    change_request_approval: `
      id | change_request | approver | decision | decided_at
      a1 | C1             | ben      | approved | 2026-03-02T11:10:00Z
      a2 | C2             | ben      | approved | 2026-03-02T13:10:00Z`,
    test_result: `
      id | service | repository | sha | suite | total | failed | finished_at
      t1 | api     | api        | aa1 | unit  | 9     | 0      | 2026-03-02T07:10:00Z
      t2 | api     | api        | aa2 | unit  | 9     | 0      | 2026-03-03T09:10:00Z
      t3 | api     | api        | aa4 | unit  | 9     | 1      | 2026-03-05T09:10:00Z`,
  },
} as const satisfies History;

test("a path is the known steps in order of time, and leaves what is required at the first that is missing or late", async () => {
  const warehouse = await given(HISTORY);
  expect(await warehouse.rows("select wave_id, type, path, departs_at, departure from controls.wave_path")).toEqual([
    { wave_id: "data:d1", type: "normal", path: "request > tests > staging > approval > production", departs_at: null, departure: null },
    { wave_id: "data:d2", type: "normal", path: "request > approval > tests > production", departs_at: "tests", departure: "late" },
    { wave_id: "data:d3", type: "emergency", path: "production > request", departs_at: "request", departure: "late" },
    { wave_id: "data:d4", type: "no_request", path: "production", departs_at: "tests", departure: "missing" },
  ]);
});

test("waiting between required steps counts where both are known and in order", async () => {
  const warehouse = await given(HISTORY);
  expect(
    await warehouse.rows(
      "select from_step, to_step, deployments, without, median_seconds from controls.path_wait where type = 'normal'",
    ),
  ).toEqual([
    // C1 waited 19 h for its tests, C2 21 h: the median is 20 h.
    { from_step: "request", to_step: "tests", deployments: 2, without: 0, median_seconds: 72_000 },
    { from_step: "tests", to_step: "staging", deployments: 1, without: 1, median_seconds: 3600 },
    { from_step: "staging", to_step: "approval", deployments: 1, without: 1, median_seconds: 10_800 },
    // d1: an hour; d2: 23 hours.
    { from_step: "approval", to_step: "production", deployments: 2, without: 0, median_seconds: 43_200 },
  ]);
  expect(await warehouse.rows("select type, deployments, departs_at from controls.path_variant where type = 'emergency'")).toEqual([
    { type: "emergency", deployments: 1, departs_at: "request" },
  ]);
});
