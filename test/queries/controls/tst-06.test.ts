import { expect, test } from "vitest";
import { statuses, told } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const GATED: History = {
  asOf: "2026-04-01T00:00:00Z",
  config: { services: { api: { repository: "api", active_from: "2026-01-01" } } },
  complete: ["evidence", "pipeline_run", "pipeline_job"],
  data: {
    change: `
      id | repository | author | merged_at            | merge_sha
      3  | api        | ana    | 2026-03-03T10:00:00Z | m3`,
    pipeline_run: `
      id | attempt | workflow | service | started_at
      r1 | 1       | deploy   | api     | 2026-03-01T11:00:00Z
      r1 | 2       | deploy   | api     | 2026-03-01T11:50:00Z
      r2 |         | deploy   | api     | 2026-03-02T11:59:00Z
      r3 |         | deploy   | api     | 2026-03-03T11:59:00Z
      r4 |         | deploy   | api     | 2026-03-04T11:59:00Z`,
    pipeline_job: `
      id | pipeline_run | attempt | name              | started_at           | conclusion
      1a | r1           | 1       | unit tests        | 2026-03-01T11:00:00Z | failure
      1b | r1           | 2       | unit tests        | 2026-03-01T11:50:00Z | success
      1c | r1           | 2       | publish pages     | 2026-03-01T11:50:00Z | skipped
      2a | r2           |         | Unit-Tests (3.12) |                      | skipped
      2b | r2           |         | latest            |                      | skipped
      3a | r3           |         | test              | 2026-03-03T11:59:00Z | success`,
    evidence: `
      id | kind        | subject | service | at                   | outcome
      b3 | rule_bypass | m3      |         | 2026-03-03T10:00:00Z | bypassed
      b4 | gate_bypass | r4      | api     | 2026-03-04T11:59:00Z |`,
    exemption: `
      id | control | scope | requested_by | approver | reason | compensating_control | valid_from           | valid_until
      x1 | TST-06  | d4    | ana          | ben      | Outage | Tests afterwards     | 2026-03-04T00:00:00Z | 2026-03-05T00:00:00Z`,
    deployment: `
      id | service | environment | version | started_at           | finished_at          | status  | pipeline_run
      d1 | api     | production  | 1.1     | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success | r1
      d2 | api     | production  | 1.2     | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | r2
      d3 | api     | production  | 1.3     | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | r3
      d4 | api     | production  | 1.4     | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | r4
      d5 | api     | production  | 1.5     | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success | r9
      d6 | api     | production  | 1.6     | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success |`,
  },
};

test("a job left out, a gate passed by and a rule bypassed fail, unless somebody exempted it", async () => {
  expect(await told("TST-06", GATED)).toEqual({
    "data:d1": "pass: No job that must succeed was left out, and nobody is known to have passed by a gate.",
    "data:d2": "fail: In the pipeline run r2 jobs that must succeed did not: Unit-Tests (3.12) (skipped).",
    "data:d3": "fail: A record says that a gate was passed by: rule bypass.",
    "data:d4": "exempt: Waived by data:x1 until 2026-03-04: Outage. Without that it would fail: A record says that a gate was passed by: gate bypass.",
    "data:d5": "fail: The pipeline run r9 that the deployment names was not found, so that nobody can see its gates.",
    "data:d6": "fail: The deployment names no run of a pipeline, so that nobody can see its gates.",
  });
});

test("nobody knows that no gate was passed by while the lists of jobs or evidence are not complete", async () => {
  expect(await statuses("TST-06", { ...GATED, complete: ["pipeline_job", "pipeline_run"] })).toMatchObject({ "data:d1": "unknown", "data:d2": "fail" });
  expect(await statuses("TST-06", { ...GATED, complete: ["evidence"] })).toMatchObject({
    "data:d1": "unknown",
    "data:d3": "fail",
    "data:d5": "unknown",
  });
});
