import { expect, test } from "vitest";
import { given } from "../../support/history.ts";
import { cutsOf, factsOf } from "../../support/measures.ts";

const asOf = "2026-04-01T00:00:00Z";

const RUNS = `
  id | attempt | service | queued_at            | started_at           | finished_at          | conclusion
  r1 | 1       | api     | 2026-03-02T09:00:00Z | 2026-03-02T09:00:30Z | 2026-03-02T09:10:30Z | failure
  r1 | 2       | api     | 2026-03-02T09:20:00Z | 2026-03-02T09:20:10Z | 2026-03-02T09:30:10Z | success
  r2 | 1       | api     | 2026-03-03T09:00:00Z | 2026-03-03T09:01:00Z | 2026-03-03T09:03:00Z | failure
  r2 | 2       | api     |                      | 2026-03-03T09:10:00Z | 2026-03-03T09:12:00Z | failure
  r3 | 1       | api     | 2026-03-04T09:00:00Z | 2026-03-04T09:00:00Z |                      |`;

test("a run waits, runs, is retried and may come out otherwise; each attempt is timed, each run counted once", async () => {
  const warehouse = await given({ asOf, data: { pipeline_run: RUNS } });
  expect(await factsOf(warehouse, "queue_time")).toEqual({ "data:r1": 30, "data:r1#2": 10, "data:r2": 60, "data:r3": 0 });
  expect(await cutsOf(warehouse, "run_time")).toEqual({
    ...{ "data:r1 / failure": 600, "data:r1#2 / success": 600, "data:r2 / failure": 120, "data:r2#2 / failure": 120 },
  });
  expect(await factsOf(warehouse, "retried_runs")).toEqual({ "data:r1": true, "data:r2": true, "data:r3": false });
  expect(await factsOf(warehouse, "divergent_retries")).toEqual({ "data:r1": true, "data:r2": false });
});

test("stages are timed by name, gates by how long they waited, and manual steps belong to a deployment", async () => {
  const warehouse = await given({
    asOf,
    data: {
      pipeline_run: RUNS,
      pipeline_job: `
        id | pipeline_run | attempt | name    | queued_at            | started_at           | finished_at          | conclusion | is_manual
        j1 | r1           | 2       | build   |                      | 2026-03-02T09:20:10Z | 2026-03-02T09:24:10Z | success    |
        j2 | r1           | 2       | lint    |                      | 2026-03-02T09:20:10Z | 2026-03-02T09:20:10Z | skipped    |
        j3 | r1           | 2       | go live | 2026-03-02T09:24:10Z | 2026-03-02T09:29:10Z | 2026-03-02T09:29:20Z | success    | true
        j4 | r1           | 2       | notify  |                      | 2026-03-02T09:30:00Z | 2026-03-02T09:30:05Z | success    | true
        j5 | r3           | 1       | build   |                      | 2026-03-04T09:00:00Z |                      |            |`,
      deployment: `
        id | service | environment | started_at           | finished_at          | status  | pipeline_run
        d1 | api     | production  | 2026-03-02T09:25:00Z | 2026-03-02T09:29:00Z | success | r1
        d2 | api     | production  | 2026-03-02T10:25:00Z | 2026-03-02T10:29:00Z | failure | r1
        d3 | api     | production  | 2026-03-04T09:25:00Z | 2026-03-04T09:29:00Z | success | r3
        d4 | api     | production  | 2026-03-05T09:25:00Z | 2026-03-05T09:29:00Z | success | elsewhere`,
    },
  });
  expect(await cutsOf(warehouse, "stage_time")).toEqual({ "data:j1 / build": 240 });
  expect(await cutsOf(warehouse, "gate_wait")).toEqual({ "data:j3 / go live": 300 });
  expect(await factsOf(warehouse, "manual_steps")).toEqual({ "data:d1": 2, "data:d2": 2, "data:d3": 0 });
  expect(await factsOf(warehouse, "deployment_time")).toEqual({ "data:d1": 240, "data:d3": 240, "data:d4": 240 });
});

/** Ten results of a suite in March, of which the last may fail. */
const tenOf = (suite: string, last: number) =>
  Array.from({ length: 10 }, (_, at) => {
    const two = String(at + 10);
    return `${suite}${two} | api | api | a${two} | ${suite} | 9 | ${at === 9 ? last : 0} | 2026-03-${two}T09:00:00Z`;
  });

test("a suite that never failed in a month of ten results always passes; fewer results tell nothing", async () => {
  const head = "id | service | repository | sha | suite | total | failed | finished_at";
  const few = "e1 | api | api | b1 | e2e | 9 | 0 | 2026-03-02T09:00:00Z";
  const warehouse = await given({ asOf, data: { test_result: [head, ...tenOf("unit", 0), ...tenOf("web", 1), few].join("\n") } });
  expect(await cutsOf(warehouse, "always_green_suites")).toEqual({ "data:unit19 / unit": true, "data:web19 / web": false });
});

test("a failure is found alone where no other suite failed for the commit; flaky is who did both", async () => {
  const warehouse = await given({
    asOf,
    data: {
      test_result: `
        id | service | repository | sha | suite | total | failed | finished_at
        t1 | api     | api        | aa1 | unit  | 9     | 1      | 2026-03-02T09:00:00Z
        t2 | api     | api        | aa1 | e2e   | 9     | 2      | 2026-03-02T09:05:00Z
        t3 | api     | api        | aa2 | e2e   | 9     | 1      | 2026-03-03T09:05:00Z
        t4 | api     | api        | aa2 | e2e   | 9     | 0      | 2026-03-03T09:15:00Z
        t5 | api     | api        | aa2 | unit  | 9     | 0      | 2026-03-03T09:00:00Z
        t6 | api     | api        | aa3 | unit  | 9     | 0      | 2026-03-04T09:00:00Z
        t7 | api     | api        | aa3 | unit  | 9     | 0      | 2026-03-04T10:00:00Z`,
    },
  });
  expect(await cutsOf(warehouse, "lone_failures")).toEqual({ "data:t1 / unit": false, "data:t2 / e2e": false, "data:t3 / e2e": true });
  expect(await cutsOf(warehouse, "flaky_suites")).toEqual({ "data:t4 / e2e": true, "data:t7 / unit": false });
});

test("an artifact is as large as its registry says, and no fact where it says nothing", async () => {
  const warehouse = await given({
    asOf,
    data: {
      artifact: `
        id | service | name | kind  | size_bytes | built_at
        a1 | api     | api  | image | 2500000    | 2026-03-02T09:00:00Z
        a2 | api     | api  |       |            | 2026-03-03T09:00:00Z`,
    },
  });
  expect(await cutsOf(warehouse, "artifact_size")).toEqual({ "data:a1 / image": 2.5 });
});
