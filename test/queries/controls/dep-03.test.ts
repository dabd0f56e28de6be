import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const ROLLED_OUT: History = {
  asOf: "2026-05-01T00:00:00Z",
  complete: ["rollout_step"],
  config: {
    services: { api: { tier: 1 }, web: { tier: 2 }, other: {} },
    environments: {
      eu: { kind: "production", wave: "production" },
      us: { kind: "production", wave: "production" },
    },
  },
  data: {
    deployment: `
      id  | service | environment | started_at           | finished_at          | status  | version | rollback_of
      d01 | api     | eu          | 2026-03-02T12:00:00Z | 2026-03-02T14:00:00Z | success | 1.1     |
      d02 | api     | eu          | 2026-03-03T12:00:00Z | 2026-03-03T14:00:00Z | success | 1.2     |
      d03 | api     | eu          | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | 1.3     |
      d04 | api     | eu          | 2026-03-05T12:00:00Z | 2026-03-05T14:00:00Z | success | 1.4     |
      d05 | api     | eu          | 2026-03-06T12:00:00Z | 2026-03-06T13:00:00Z | failure | 1.5     |
      d06 | api     | eu          | 2026-03-07T12:00:00Z | 2026-03-07T13:00:00Z | failure | 1.6     |
      d07 | web     | eu          | 2026-03-08T12:00:00Z | 2026-03-08T13:00:00Z | success | 5.0     |
      d08 | other   | eu          | 2026-03-08T12:00:00Z | 2026-03-08T13:00:00Z | success | 7.0     |
      d09 | api     | eu          | 2026-03-09T12:00:00Z | 2026-03-09T12:10:00Z | success | 1.7     |
      d10 | api     | us          | 2026-03-09T13:00:00Z | 2026-03-09T13:10:00Z | success | 1.7     |
      d11 | api     | eu          | 2026-03-11T12:00:00Z | 2026-03-11T14:00:00Z | success | 1.8     |
      d12 | api     | eu          | 2026-03-12T12:00:00Z | 2026-03-12T12:10:00Z | success | 1.7     | d11
      d13 | api     | eu          | 2026-03-13T12:00:00Z | 2026-03-13T13:00:00Z | success | 1.9     |`,
    rollout_step: `
      id | deployment | strategy   | share | started_at           | finished_at          | outcome
      a1 | d01        | canary     | 0.05  | 2026-03-02T12:00:00Z | 2026-03-02T12:20:00Z | passed
      a2 | d01        | canary     | 0.5   | 2026-03-02T12:20:00Z | 2026-03-02T12:30:00Z | passed
      a3 | d01        | canary     | 1     | 2026-03-02T12:30:00Z | 2026-03-02T14:00:00Z | passed
      b1 | d02        | canary     | 0.05  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | passed
      b2 | d02        | canary     | 1     | 2026-03-03T12:10:00Z | 2026-03-03T14:00:00Z | passed
      d1 | d04        | canary     | 0.05  | 2026-03-05T12:00:00Z | 2026-03-05T13:00:00Z | failed
      d2 | d04        | canary     | 1     | 2026-03-05T13:00:00Z | 2026-03-05T14:00:00Z | passed
      e1 | d05        | canary     | 0.05  | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | failed
      k1 | d11        | blue_green |       | 2026-03-11T12:00:00Z | 2026-03-11T12:30:00Z | passed
      m1 | data:d13   | rolling    | 0.1   | 2026-03-13T12:00:00Z | 2026-03-13T12:45:00Z | passed`,
    exemption: `
      id | control | scope | requested_by | approver | reason | compensating_control | valid_from           | valid_until
      e1 | DEP-03  | d02   | ana          | ben      | Law    | Watched              | 2026-03-01T00:00:00Z | 2026-03-05T00:00:00Z`,
  },
};

test("a critical service goes out bit by bit", async () => {
  const rows = await judged("DEP-03", ROLLED_OUT);
  expect(Object.fromEntries(rows.map(({ unit, status, reason }) => [unit, `${status}: ${reason}`]))).toEqual({
    "data:d01": "pass: The deployment was watched for 30 min before it reached everybody.",
    "data:d02":
      "exempt: Waived by data:e1 until 2026-03-04: Law. Without that it would fail: The deployment was watched for only 10 min of the 30 min asked for before it reached everybody.",
    "data:d03": "fail: No canary, ring or blue-green step is recorded for the deployment, nor did copies of its environment get it with 30 min between the first and the last.",
    "data:d04": "fail: A step of the roll-out failed, and the deployment went on all the same.",
    "data:d05": "pass: A step of the roll-out failed, and the deployment went no further.",
    "data:d06": "not_applicable: The deployment never went live.",
    "data:d07": "not_applicable: The service is of tier 2, of which no gradual roll-out is asked.",
    "data:d08": "not_applicable: No tier of the service is known.",
    "data:d09":
      "pass: Copies of the environment got the deployment one after the other, with enough time between the first and the last.",
    "data:d10":
      "pass: Copies of the environment got the deployment one after the other, with enough time between the first and the last.",
    "data:d11": "pass: The deployment was watched for 30 min before it reached everybody.",
    "data:d12": "not_applicable: The deployment is a rollback, which reaches everybody at once.",
    "data:d13": "fail: No canary, ring or blue-green step is recorded for the deployment, nor did copies of its environment get it with 30 min between the first and the last.",
  });
});

test("where steps are not known to be all there, nobody knows; what counts can be set", async () => {
  const controls = {
    "DEP-03": { parameters: { tiers: ["1", "2"], strategies: ["rolling", "canary"], bake_minutes: 10 } },
  };
  const config = { ...ROLLED_OUT.config, controls };
  expect(await statuses("DEP-03", { ...ROLLED_OUT, complete: [], config })).toMatchObject({
    "data:d02": "pass",
    "data:d03": "unknown",
    "data:d04": "fail",
    "data:d07": "unknown",
    "data:d13": "fail",
  });
});
