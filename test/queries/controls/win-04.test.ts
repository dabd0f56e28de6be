import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const CONNECTED: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["service_dependency"],
  config: { services: { api: {}, ledger: {}, web: {}, alone: {} } },
  data: {
    service_dependency: `
      service | upstream | depends_from | depends_until
      api     | ledger   |              |
      web     | api      | 2026-03-01   | 2026-03-10`,
    deployment: `
      id | service | environment | started_at           | finished_at          | status  | train | change_requests
      a1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success |       |
      l1 | ledger  | production  | 2026-03-02T12:10:00Z | 2026-03-02T12:20:00Z | success |       |
      a2 | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | T1    |
      l2 | ledger  | production  | 2026-03-03T12:05:00Z | 2026-03-03T12:15:00Z | success | T1    |
      a3 | api     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success |       | C1
      l3 | ledger  | production  | 2026-03-04T12:05:00Z | 2026-03-04T12:15:00Z | failure |       | C1
      a4 | api     | production  | 2026-03-05T23:50:00Z | 2026-03-06T00:10:00Z | success |       |
      w4 | web     | production  | 2026-03-06T00:05:00Z | 2026-03-06T00:20:00Z | success |       |
      l4 | ledger  | production  | 2026-03-06T00:15:00Z | 2026-03-06T00:20:00Z | success |       |
      a5 | api     | production  | 2026-03-12T12:00:00Z | 2026-03-12T12:10:00Z | success |       |
      w5 | web     | production  | 2026-03-12T12:00:00Z | 2026-03-12T12:10:00Z | success |       |
      x1 | alone   | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success |       |`,
    change_request: `
      id | type   | service
      C1 | normal | api`,
  },
};

test("deployments of services that depend on each other do not overlap, unless they were released together", async () => {
  expect(await statuses("WIN-04", CONNECTED)).toEqual({
    "data:a1": "fail",
    "data:l1": "fail",
    "data:a2": "pass",
    "data:l2": "pass",
    "data:a3": "pass",
    "data:l3": "pass",
    "data:a4": "fail",
    "data:w4": "fail",
    "data:l4": "pass",
    "data:a5": "pass",
    "data:w5": "not_applicable",
    "data:x1": "not_applicable",
  });
});

test("what conflicts is named, and a margin is kept", async () => {
  const config = { ...CONNECTED.config, controls: { "WIN-04": { parameters: { margin_minutes: 5 } } } };
  const rows = Object.fromEntries(
    (await judged("WIN-04", { ...CONNECTED, config })).map((row) => [row.unit, row]),
  );
  expect(rows["data:a4"]?.reason).toBe(
    "The deployment ran no more than 5 min apart from data:l4, data:w4 (ledger, web), of services that api depends on or that depend on it, and no release train or request joins them.",
  );
  expect(rows["data:x1"]?.reason).toBe("No dependency of the service is known for then.");
});

test("dependencies that quarterdeck.yaml names are known; those of a file only where it is everything", async () => {
  const { service_dependency: _, ...data } = CONNECTED.data;
  const named = { services: { api: { upstream: ["ledger"] }, ledger: {}, web: {}, alone: {} } };
  expect(await statuses("WIN-04", { ...CONNECTED, complete: [], config: named, data })).toMatchObject({
    "data:a1": "fail",
    "data:a2": "pass",
    "data:w4": "not_applicable",
  });
  expect(await statuses("WIN-04", { ...CONNECTED, complete: [] })).toMatchObject({
    "data:a1": "fail",
    "data:a2": "unknown",
    "data:x1": "not_applicable",
  });
});
