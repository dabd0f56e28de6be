import { expect, test } from "vitest";
import { statuses, told } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const SIGNED: History = {
  asOf: "2026-04-01T00:00:00Z",
  config: { time_zone: "Europe/Berlin" },
  complete: ["evidence"],
  data: {
    release: `
      service | version | kind
      api     | 1.7     | emergency`,
    change_request: `
      id | type      | service
      C1 | normal    | api
      C5 | standard  | api
      C6 | emergency | api`,
    deployment: `
      id | service | environment | version | started_at           | finished_at          | status  | change_requests
      d1 | api     | production  | 1.1     | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success | C1
      d2 | api     | production  | 1.2     | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | C1
      d3 | api     | production  | 1.3     | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | C1
      d4 | api     | production  | 1.4     | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success |
      d5 | api     | production  | 1.5     | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success | C5; C6
      d6 | api     | production  | 1.6     | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success | C5; C1
      d7 | api     | production  | 1.7     | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success |
      d8 | api     | production  | 1.8     | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success |`,
    evidence: `
      id | kind        | subject | service | at                   | outcome
      a1 | acceptance  | api@1.1 |         | 2026-03-01T09:00:00Z | Accepted
      z1 | acceptance  | api@1.1 |         | 2026-03-01T13:00:00Z | rejected
      a2 | uat         | 1.2     | api     | 2026-03-02T13:00:00Z | accepted
      a3 | acceptance  | api 1.3 | api     | 2026-03-03T08:00:00Z | accepted
      b3 | acceptance  | api 1.3 | api     | 2026-03-03T09:00:00Z | rejected
      a6 | smoke_test  | 1.6     | api     | 2026-03-06T09:00:00Z | passed
      a8 | acceptance  | 1.8     | api     | 2026-03-08T09:00:00Z |`,
  },
};

test("the last sign-off before production counts", async () => {
  expect(await told("TST-05", SIGNED)).toEqual({
    "api@1.1": "pass: The release was signed off at 2026-03-01 10:00 Europe/Berlin, before its first production deployment began.",
    "api@1.2": "fail: The release was signed off only at 2026-03-02 14:00 Europe/Berlin, after its first production deployment had begun.",
    "api@1.3": "fail: The sign-off of the release does not accept it: its outcome is rejected.",
    "api@1.4": "fail: No sign-off of the release was found.",
    "api@1.5": "not_applicable: A release of the type emergency, standard needs no sign-off (types_without).",
    "api@1.6": "fail: No sign-off of the release was found.",
    "api@1.7": "not_applicable: A release of the type emergency needs no sign-off (types_without).",
    "api@1.8": "unknown: The sign-off of the release does not say what came of it.",
  });
});

test("what nobody says is complete is not known to be missing", async () => {
  expect(await statuses("TST-05", { ...SIGNED, complete: [] })).toMatchObject({ "api@1.1": "pass", "api@1.2": "fail", "api@1.4": "unknown" });
});
