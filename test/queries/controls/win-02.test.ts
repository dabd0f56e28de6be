import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const PLANNED: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["change_request", "calendar_window"],
  data: {
    deployment: `
      id | service | environment | started_at           | finished_at          | status  | change_requests
      d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | C1
      d2 | api     | production  | 2026-03-03T11:50:00Z | 2026-03-03T12:10:00Z | success | C2
      d3 | api     | production  | 2026-03-04T12:50:00Z | 2026-03-04T13:10:30Z | success | C3
      d4 | api     | production  | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success | C4
      d5 | api     | production  | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success |
      d6 | api     | production  | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success | C6
      d7 | api     | production  | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success | C2; C7
      d8 | api     | production  | 2026-03-09T12:00:00Z |                      | failure | C8
      d9 | api     | production  | 2026-03-10T13:28:59Z | 2026-03-10T13:39:00Z | success | C10`,
    change_request: `
      id | type      | service | planned_start        | planned_end
      C1 | normal    | api     | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z
      C2 | normal    | api     | 2026-03-03T12:00:00Z | 2026-03-03T13:00:00Z
      C3 | normal    | api     | 2026-03-04T12:00:00Z | 2026-03-04T13:00:00Z
      C4 | emergency | api     |                      |
      C6 | normal    | api     |                      |
      C7 | normal    | api     | 2026-03-08T11:00:00Z |
      C8 | standard  | api     | 2026-03-09T14:00:00Z | 2026-03-09T15:00:00Z
      C10 | standard  | api     | 2026-03-10T12:00:00Z | 2026-03-10T13:00:00Z`,
  },
};

test("a deployment lies in its planned window, and how far outside it lay is told", async () => {
  expect(await judged("WIN-02", PLANNED)).toEqual([
    { unit: "data:d1", status: "pass", reason: "The deployment lies in the window that its request plans." },
    { unit: "data:d2", status: "fail", reason: "The deployment began 10 min before its planned window (C2, 2026-03-03 12:00 to 2026-03-03 13:00 UTC)." },
    { unit: "data:d3", status: "fail", reason: "The deployment ended 10 min after its planned window (C3, 2026-03-04 12:00 to 2026-03-04 13:00 UTC)." },
    { unit: "data:d4", status: "not_applicable", reason: "The deployment goes by an emergency request, which EMG-01 judges." },
    { unit: "data:d5", status: "fail", reason: "The deployment names no change request that would plan a window." },
    { unit: "data:d6", status: "fail", reason: "The request of the deployment plans no window." },
    { unit: "data:d7", status: "pass", reason: "The deployment lies in the window that its request plans." },
    { unit: "data:d8", status: "fail", reason: "The deployment began 2 h 0 min before its planned window (C8, 2026-03-09 14:00 to 2026-03-09 15:00 UTC)." },
    { unit: "data:d9", status: "fail", reason: "The deployment began 28 min and ended 39 min after its planned window (C10, 2026-03-10 12:00 to 2026-03-10 13:00 UTC)." },
  ]);
});

test("without the tickets nobody knows of a window; a tolerance is given", async () => {
  const { change_request: _, ...data } = PLANNED.data;
  expect(new Set(Object.values(await statuses("WIN-02", { ...PLANNED, complete: [], data })))).toEqual(
    new Set(["unknown"]),
  );
  const config = { controls: { "WIN-02": { parameters: { tolerance_minutes: 11 } } } };
  expect(await statuses("WIN-02", { ...PLANNED, config })).toMatchObject({
    "data:d2": "pass",
    "data:d3": "pass",
    "data:d8": "fail",
  });
});

test("where maintenance is laid down, the deployment lies in it from beginning to end", async () => {
  const config = { controls: { "WIN-02": { parameters: { mandated: ["api"] } } } };
  const data = {
    ...PLANNED.data,
    calendar_window: `
      id | kind        | scope | starts_at            | ends_at
      w1 | maintenance |       | 2026-03-02T11:00:00Z | 2026-03-02T12:30:00Z
      w2 | maintenance | api   | 2026-03-08T12:05:00Z | 2026-03-08T13:00:00Z`,
  };
  const rows = await judged("WIN-02", { ...PLANNED, config, data });
  expect(rows[0]).toMatchObject({ status: "pass" });
  expect(rows[6]).toMatchObject({
    status: "fail",
    reason: "The deployment lies in its planned window, but in no maintenance window, which is laid down for it.",
  });
  expect(await statuses("WIN-02", { ...PLANNED, complete: ["change_request"], config, data })).toMatchObject({
    "data:d7": "unknown",
  });
});

test("where each change has a request, each of them plans a window", async () => {
  const history: History = {
    asOf: "2026-04-01T00:00:00Z",
    complete: ["change_request"],
    data: {
      change: `
        id | repository | merged_at            | tickets
        1  | api        | 2026-03-01T10:00:00Z |
        2  | api        | 2026-03-02T10:00:00Z | C1
        3  | api        | 2026-03-02T11:00:00Z | C2
        4  | api        | 2026-03-03T11:00:00Z | C1`,
      deployment: `
        id | service | environment | started_at           | finished_at          | status
        d0 | api     | production  | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success
        d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success
        d2 | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success`,
      change_request: `
        id | type   | service | planned_start        | planned_end
        C1 | normal | api     | 2026-03-02T00:00:00Z | 2026-03-03T00:00:00Z
        C2 | normal | api     | 2026-03-02T00:00:00Z | 2026-03-03T00:00:00Z`,
    },
  };
  expect(await judged("WIN-02", history)).toMatchObject([
    { status: "fail", reason: "The deployment names no change request that would plan a window." },
    { status: "pass", reason: "The deployment lies in the windows that the requests of its changes plan." },
    { status: "fail" },
  ]);
});
