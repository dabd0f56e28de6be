import { expect, test } from "vitest";
import { statuses, told } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const TESTED: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["test_result"],
  data: {
    artifact: `
      id | service | name | version | digest
      x2 | api     | api  | 1.2     | sha256:AA`,
    change_request: `
      id | type     | service
      C9 | standard | api`,
    deployment: `
      id  | service | environment | sha | version | started_at           | finished_at          | status  | change_requests
      d1  | api     | production  | s1  | 1.1     | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success |
      d2  | api     | production  |     | 1.2     | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success |
      d3  | api     | production  | s3  | 1.3     | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success |
      d4  | api     | production  | s4  | 1.4     | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success |
      d5  | api     | production  | s5  | 1.5     | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success |
      d6  | api     | production  | s6  | 1.6     | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success |
      d7  | api     | production  | s7  | 1.7     | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success |
      d8  | api     | production  | s8  | 1.8     | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success |
      d9  | api     | production  | s9  | 1.9     | 2026-03-09T12:00:00Z | 2026-03-09T12:10:00Z | success | C9
      d10 | api     | production  |     |         | 2026-03-10T12:00:00Z | 2026-03-10T12:10:00Z | success |`,
    // 1 failed first and passed then; 2 by the digest, shards; 3 failed last; 4 passed with the failed case left out; 5 only afterwards;
    // 6 without times, by a word of the name; 7 of another service; 8 all left out, and one that does not say how it ended.
    test_result: `
      id  | service | sha | digest    | suite            | kind        | total | failed | skipped | finished_at          | outcome
      t1a | api     | s1  |           | unit             |             | 9     | 1      | 0       | 2026-03-01T10:00:00Z |
      t1b | api     | S1  |           | unit             |             | 9     | 0      | 0       | 2026-03-01T11:00:00Z |
      t1c | api     | s1  |           | api              | integration | 9     | 0      | 0       | 2026-03-01T11:00:00Z |
      t2a |         |     | sha256:aa | unit-1           |             | 9     | 0      | 0       | 2026-03-02T11:00:00Z |
      t2b |         |     | sha256:aa | unit-2           |             | 9     | 1      | 0       | 2026-03-02T11:00:00Z |
      t2c |         |     | sha256:aa | integration      |             | 9     | 0      | 0       | 2026-03-02T11:00:00Z |
      t3a | api     | s3  |           | unit             |             | 9     | 0      | 0       | 2026-03-03T10:00:00Z |
      t3b | api     | s3  |           | unit             |             | 9     | 2      | 0       | 2026-03-03T11:00:00Z |
      t3c | api     | s3  |           | integration      |             | 9     | 0      | 0       | 2026-03-03T11:00:00Z |
      t4a | api     | s4  |           | unit             |             | 9     | 1      | 0       | 2026-03-04T10:00:00Z |
      t4b | api     | s4  |           | unit             |             | 9     | 0      | 1       | 2026-03-04T11:00:00Z |
      t4c | api     | s4  |           | integration      |             | 9     | 0      | 0       | 2026-03-04T11:00:00Z |
      t5a | api     | s5  |           | unit             |             | 9     | 0      | 0       | 2026-03-05T13:00:00Z |
      t5b | api     | s5  |           | integration      |             | 9     | 0      | 0       | 2026-03-05T11:00:00Z |
      t6a | api     | s6  |           | Unit tests       |             |       |        |         |                      | passed
      t6b | api     | s6  |           | integration/main |             |       |        |         |                      | passed
      t7a | other   | s7  |           | unit             |             | 9     | 0      | 0       | 2026-03-07T11:00:00Z |
      t7b | other   | s7  |           | integration      |             | 9     | 0      | 0       | 2026-03-07T11:00:00Z |
      t8a | api     | s8  |           | unit             |             | 9     | 0      | 0       | 2026-03-08T11:00:00Z |
      t8b | api     | s8  |           | integration      |             |       |        |         | 2026-03-08T11:00:00Z |
      t9  | api     | s9  |           | unit             |             | 9     | 0      | 9       | 2026-03-09T11:00:00Z |
      t9b | api     | s9  |           | integration      |             | 9     | 0      | 0       | 2026-03-09T11:00:00Z |`,
  },
};

test("the last run of each suite before the deployment counts, on what was deployed", async () => {
  expect(await told("TST-02", TESTED)).toEqual({
    "data:d1": "pass: Passed on what was deployed: integration, unit.",
    "data:d2": "fail: On version 1.2 this failed when last run before the deployment began: unit-2.",
    "data:d3": "fail: On commit s3 this failed when last run before the deployment began: unit.",
    "data:d4": "fail: Passed only with more cases left out than when it failed: unit.",
    "data:d5": "fail: On commit s5 this ran only after the deployment began: unit.",
    "data:d6": "pass: Passed on what was deployed: integration, unit.",
    "data:d7": "fail: On commit s7 no run was found of the suite: integration, unit.",
    "data:d8": "unknown: How this suite ended is not told: integration.",
    "data:d9": "fail: On commit s9 no run was found of the suite: unit.",
    "data:d10": "fail: On what was deployed no run was found of the suite: integration, unit.",
  });
});

test("runs that nobody says are complete are not known to be missing", async () => {
  expect(await statuses("TST-02", { ...TESTED, complete: [] })).toMatchObject({
    "data:d1": "pass",
    "data:d3": "fail",
    "data:d7": "unknown",
    "data:d9": "unknown",
  });
});

test("a policy says which suites are asked for, and for what", async () => {
  const config = (parameters: Record<string, string[]>) => ({ ...TESTED, config: { controls: { "TST-02": { parameters } } } });
  expect(await statuses("TST-02", config({ suites: ["integration"], types_without: ["standard"] }))).toMatchObject({
    "data:d3": "pass",
    "data:d9": "not_applicable",
  });
  expect(new Set(Object.values(await statuses("TST-02", config({ suites: [] }))))).toEqual(new Set(["not_applicable"]));
});
