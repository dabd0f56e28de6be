import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const SHOWN: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["configuration_item"],
  config: {
    services: {
      api: {},
      web: {},
      late: {},
      owned: {},
      undated: {},
      absent: {},
      fresh: {},
      unsaid: {},
      coded: {},
    },
  },
  data: {
    deployment: `
      id  | service | environment | started_at           | finished_at          | status  | version | sha
      d01 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | v1.1    |
      d02 | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | v1.2    |
      d03 | api     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | failure | v1.3    |
      d04 | web     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | 5.0     |
      d05 | late    | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | 2.0     |
      d06 | owned   | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | 2.0     |
      d07 | undated | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | 2.0     |
      d08 | absent  | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | 2.0     |
      d09 | fresh   | production  | 2026-03-31T12:00:00Z | 2026-03-31T12:10:00Z | success | 2.0     |
      d10 | unsaid  | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success |         |
      d11 | coded   | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success |         | 4c1f0e9a5b6d7c8e9f0a1b2c3d4e5f6a7b8c9d0e`,
    configuration_item: `
      id | name    | service | version | owner | updated_at
      c1 | api     | api     | 1.2     | core  | 2026-03-04T12:10:00Z
      c4 | web     | web     | 4.9     | core  | 2026-03-04T12:10:00Z
      c5 | late    | late    | 2.0     | core  | 2026-03-06T13:00:00Z
      c6 | owned   | owned   | 2.0     |       | 2026-03-04T13:00:00Z
      c7 | undated | undated | 2.0     | core  |
      cA | unsaid  | unsaid  | 2.0     | core  | 2026-03-04T13:00:00Z
      cB | coded   | coded   | 4C1F0E9 | core  | 2026-03-04T13:00:00Z`,
  },
};

test("the configuration item shows what runs, with an owner, in time", async () => {
  const rows = await judged("DEP-04", SHOWN);
  expect(Object.fromEntries(rows.map(({ unit, status, reason }) => [unit, `${status}: ${reason}`]))).toEqual({
    "data:d01":
      "not_applicable: A later deployment has taken the place of this one, and configuration items show only what runs now.",
    "data:d02": "pass: A configuration item with an owner shows what was deployed, and did so in time.",
    "data:d03": "not_applicable: The deployment never went live.",
    "data:d04": "fail: The configuration item of the service shows 4.9, not what was deployed (5.0).",
    "data:d05":
      "fail: The configuration item data:c5, which shows what was deployed, was last changed at 2026-03-06 13:00 UTC, more than 24 h after the deployment went live.",
    "data:d06": "fail: A configuration item shows what was deployed, but names no owner.",
    "data:d07": "unknown: A configuration item shows what was deployed, but not since when.",
    "data:d08": "fail: No configuration item of the service was found.",
    "data:d09": "not_applicable: The deployment went live less than 24 hours ago.",
    "data:d10": "unknown: The deployment says neither version nor commit, so that no configuration item can be compared with it.",
    "data:d11": "pass: A configuration item with an owner shows what was deployed, and did so in time.",
  });
});

test("without a configuration database nobody knows what it would show", async () => {
  const { configuration_item: _, ...data } = SHOWN.data;
  expect(await statuses("DEP-04", { ...SHOWN, complete: [], data })).toEqual({
    "data:d01": "not_applicable",
    "data:d02": "unknown",
    "data:d03": "not_applicable",
    "data:d04": "unknown",
    "data:d05": "unknown",
    "data:d06": "unknown",
    "data:d07": "unknown",
    "data:d08": "unknown",
    "data:d09": "not_applicable",
    "data:d10": "unknown",
    "data:d11": "unknown",
  });
});
