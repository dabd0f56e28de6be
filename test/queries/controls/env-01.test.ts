import { expect, test } from "vitest";
import { statuses, told } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const environments = {
  it: { kind: "test" },
  staging: { kind: "staging" },
  production: { kind: "production" },
} as const;

const PROMOTED: History = {
  asOf: "2026-04-01T00:00:00Z",
  config: { environments, controls: { "ENV-01": { parameters: { stages: ["it", "staging"], types_without: ["standard"] } } } },
  complete: ["deployment"],
  data: {
    change_request: `
      id | type      | service
      C6 | emergency | api
      C7 | standard  | api`,
    // 1 in order; 2 staging left out; 3 staging before the test; 4 another commit of the version; 5 staging failed; 8 staged while it was deployed; 9 by version.
    deployment: `
      id | service | environment | sha | version | started_at           | finished_at          | status  | change_requests
      i1 | api     | it          | S1  | 1.1     | 2026-03-01T08:00:00Z | 2026-03-01T08:10:00Z | success |
      s1 | api     | staging     | s1  | 1.1     | 2026-03-01T09:00:00Z | 2026-03-01T09:10:00Z | success |
      d1 | api     | production  | s1  | 1.1     | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success |
      i2 | api     | it          | s2  | 1.2     | 2026-03-02T08:00:00Z | 2026-03-02T08:10:00Z | success |
      d2 | api     | production  | s2  | 1.2     | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success |
      s3 | api     | staging     | s3  | 1.3     | 2026-03-03T08:00:00Z | 2026-03-03T08:10:00Z | success |
      i3 | api     | it          | s3  | 1.3     | 2026-03-03T09:00:00Z | 2026-03-03T09:10:00Z | success |
      d3 | api     | production  | s3  | 1.3     | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success |
      i4 | api     | it          | s4  | 1.4     | 2026-03-04T08:00:00Z | 2026-03-04T08:10:00Z | success |
      s4 | api     | staging     | s4b | 1.4     | 2026-03-04T09:00:00Z | 2026-03-04T09:10:00Z | success |
      d4 | api     | production  | s4  | 1.4     | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success |
      i5 | api     | it          | s5  | 1.5     | 2026-03-05T08:00:00Z | 2026-03-05T08:10:00Z | success |
      s5 | api     | staging     | s5  | 1.5     | 2026-03-05T09:00:00Z | 2026-03-05T09:10:00Z | failure |
      d5 | api     | production  | s5  | 1.5     | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success |
      d6 | api     | production  | s6  | 1.6     | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success | C6
      d7 | api     | production  | s7  | 1.7     | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success | C7
      i8 | api     | it          | s8  | 1.8     | 2026-03-08T08:00:00Z | 2026-03-08T08:10:00Z | success |
      s8 | api     | staging     | s8  | 1.8     | 2026-03-08T11:59:00Z | 2026-03-08T12:01:00Z | success |
      d8 | api     | production  | s8  | 1.8     | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success |
      i9 | api     | it          | s9  | 1.9     | 2026-03-09T08:00:00Z | 2026-03-09T08:10:00Z | success |
      s9 | api     | staging     |     | 1.9     | 2026-03-09T09:00:00Z | 2026-03-09T09:10:00Z | success |
      d9 | api     | production  | s9  | 1.9     | 2026-03-09T12:00:00Z | 2026-03-09T12:10:00Z | success |
      dx | api     | production  |     |         | 2026-03-10T12:00:00Z | 2026-03-10T12:10:00Z | success |`,
  },
};

test("what goes to production was at every stage before, in order", async () => {
  expect(await told("ENV-01", PROMOTED)).toEqual({
    "data:d1": "pass: What was deployed was there before, in order: it, staging.",
    "data:d2": "fail: Commit s2 was never deployed with success to staging before this production deployment began.",
    "data:d3": "fail: What was deployed reached staging only before an earlier stage.",
    "data:d4": "fail: What was deployed to staging is the same version from another commit, so that it was built anew.",
    "data:d5": "fail: Commit s5 was never deployed with success to staging before this production deployment began.",
    "data:d6": "not_applicable: The deployment goes by an emergency request, which EMG-01 judges.",
    "data:d7": "not_applicable: A change of the type standard may go to production directly (types_without).",
    "data:d8": "fail: Commit s8 was never deployed with success to staging before this production deployment began.",
    "data:d9": "pass: What was deployed was there before, in order: it, staging.",
    "data:dx": "unknown: The record of the deployment names neither commit nor version: without one of them no deployment to an earlier stage can be matched.",
  });
});

test("what nobody says is complete is not known to be missing", async () => {
  expect(await statuses("ENV-01", { ...PROMOTED, complete: [] })).toMatchObject({ "data:d1": "pass", "data:d2": "unknown", "data:d3": "fail" });
});
