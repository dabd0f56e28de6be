import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const FROZEN: History = {
  asOf: "2026-05-01T00:00:00Z",
  complete: ["calendar_window"],
  config: {
    time_zone: "Europe/Berlin",
    services: { api: { repository: "api" }, web: { repository: "web" } },
    teams: { core: { owns: ["api"] } },
    environments: {
      eu: { kind: "production", wave: "production" },
      us: { kind: "production", wave: "production" },
    },
  },
  data: {
    // Berlin's clocks go forward on 2026-03-29: 00:00 there is 22:00 UTC of the day before only afterwards.
    deployment: `
      id | service | environment | started_at           | finished_at          | status  | change_requests
      d1 | api     | eu          | 2026-03-28T22:30:00Z | 2026-03-28T22:40:00Z | success |
      d2 | api     | eu          | 2026-03-28T23:00:00Z | 2026-03-28T23:10:00Z | success |
      d3 | api     | eu          | 2026-03-29T21:59:00Z | 2026-03-29T22:10:00Z | success |
      d4 | api     | eu          | 2026-03-29T22:00:00Z | 2026-03-29T22:10:00Z | success |
      d5 | web     | us          | 2026-04-02T10:00:00Z | 2026-04-02T10:05:00Z | success |
      d6 | web     | eu          | 2026-04-02T10:00:00Z | 2026-04-02T10:05:00Z | success |
      d7 | web     | eu          | 2026-04-06T10:00:00Z | 2026-04-06T10:05:00Z | success |
      d8 | api     | us          | 2026-04-06T10:00:00Z | 2026-04-06T10:05:00Z | success | C8
      d9 | web     | eu          | 2026-04-09T09:50:00Z | 2026-04-09T10:05:00Z | failure |`,
    change_request: `
      id | type      | service
      C8 | emergency | api`,
    calendar_window: `
      id | kind        | scope      | starts_at                 | ends_at                   | reason
      w1 | freeze      | core       | 2026-03-29T00:00:00+01:00 | 2026-03-30T00:00:00+02:00 | Clocks change
      w2 | blackout    | us         | 2026-04-02T00:00:00Z      | 2026-04-03T00:00:00Z      | Election
      w3 | blackout    | production | 2026-04-06T00:00:00Z      | 2026-04-07T00:00:00Z      |
      w4 | freeze      |            | 2026-04-09T10:00:00Z      | 2026-04-09T11:00:00Z      | Ärger & "mehr"
      w5 | maintenance |            | 2026-03-01T00:00:00Z      | 2026-04-30T00:00:00Z      | Always`,
  },
};

test("a window is for a team, one copy of an environment, all copies, or everything", async () => {
  expect(await statuses("WIN-01", FROZEN)).toEqual({
    "data:d1": "pass",
    "data:d2": "fail",
    "data:d3": "fail",
    "data:d4": "pass",
    "data:d5": "fail",
    "data:d6": "pass",
    "data:d7": "fail",
    "data:d8": "not_applicable",
    "data:d9": "fail",
  });
});

test("the reason names the window, or its kind where it gives none", async () => {
  const reasons = Object.fromEntries(
    (await judged("WIN-01", FROZEN)).map(({ unit, reason }) => [unit, reason]),
  );
  expect(reasons).toMatchObject({
    "data:d7": "The deployment ran in a window in which nothing may be deployed: blackout (2026-04-06 02:00 to 2026-04-07 02:00 Europe/Berlin).",
    "data:d8": "The deployment goes by an emergency request, which EMG-01 judges.",
    "data:d9": 'The deployment ran in a window in which nothing may be deployed: Ärger & "mehr" (2026-04-09 12:00 to 2026-04-09 13:00 Europe/Berlin).',
  });
});

test("a deployment of which all changes are emergencies is one", async () => {
  const data = {
    ...FROZEN.data,
    change: `
      id | repository | merged_at            | merge_sha | tickets
      1  | web        | 2026-04-05T10:00:00Z | aaa       | C7`,
    change_request: `
      id | type      | service
      C7 | emergency | web`,
  };
  expect(await statuses("WIN-01", { ...FROZEN, data })).toMatchObject({
    "data:d7": "not_applicable",
    "data:d8": "fail",
  });
});
