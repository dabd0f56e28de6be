import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const REVISED: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["runbook_revision", "evidence"],
  config: { services: { api: {}, web: {} } },
  data: {
    deployment: `
      id  | service | environment | started_at           | finished_at          | status  | version
      d01 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | 1.1
      d02 | api     | production  | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success | 1.2
      d03 | api     | production  | 2026-03-10T12:00:00Z | 2026-03-10T12:10:00Z | success | 1.3
      d04 | api     | production  | 2026-03-14T12:00:00Z | 2026-03-14T12:10:00Z | success | 1.4
      d05 | api     | production  | 2026-03-18T12:00:00Z | 2026-03-18T12:10:00Z | success | 1.5
      d06 | api     | production  | 2026-03-22T12:00:00Z | 2026-03-22T12:10:00Z | success | 1.6
      d07 | api     | production  | 2026-03-30T12:00:00Z | 2026-03-30T12:10:00Z | success | 1.7
      d08 | web     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | 5.0`,
    release: `
      service | version | kind
      web     | 5.0     | operational`,
    runbook_revision: `
      id | kind             | service | version | author | revised_at
      r1 |                  | api     |         | ana    | 2026-03-04T12:10:00Z
      r2 | revision         | api     |         | ana    | 2026-03-08T12:10:01Z
      r3 | no_change_needed | api     | 1.3     | ana    | 2026-03-09T12:00:00Z
      r4 | no_change_needed | api     | 1.4     |        | 2026-03-14T12:30:00Z
      r5 | removal          | api     |         | ana    | 2026-03-18T12:30:00Z`,
    evidence: `
      id | kind              | subject | service | at                   | actor
      e6 | no_runbook_change | 1.6     | api     | 2026-03-22T13:00:00Z | ana
      e8 | no_runbook_change | 5.0     |         | 2026-03-02T13:00:00Z | ana`,
  },
};

test("a runbook changes between the beginning of a release and 48 hours after its end, or need not by somebody's word", async () => {
  expect(await judged("PIR-02", REVISED)).toEqual([
    { unit: "api@1.1", status: "pass", reason: "A runbook of the service was revised in time." },
    {
      unit: "api@1.2",
      status: "fail",
      reason:
        "No revision of a runbook was found until 2026-03-08 12:10 UTC (48 h after the release ended), and nobody recorded by name that none was needed. The next revision, data:r2, came at 2026-03-08 12:10 UTC.",
    },
    {
      unit: "api@1.3",
      status: "pass",
      reason: "Somebody gave their word in time that no runbook needs a change.",
    },
    {
      unit: "api@1.4",
      status: "fail",
      reason:
        "No revision of a runbook was found until 2026-03-16 12:10 UTC (48 h after the release ended), and nobody recorded by name that none was needed.",
    },
    {
      unit: "api@1.5",
      status: "fail",
      reason:
        "No revision of a runbook was found until 2026-03-20 12:10 UTC (48 h after the release ended), and nobody recorded by name that none was needed.",
    },
    {
      unit: "api@1.6",
      status: "pass",
      reason: "Somebody gave their word in time that no runbook needs a change.",
    },
    { unit: "api@1.7", status: "not_applicable", reason: "The runbook may follow until 2026-04-01 12:10 UTC." },
    {
      unit: "web@5.0",
      status: "fail",
      reason:
        "No revision of a runbook was found until 2026-03-04 12:10 UTC (48 h after the release ended), and nobody recorded by name that none was needed.",
    },
  ]);
});

test("records that may be incomplete say nothing; hours and kinds can be set", async () => {
  expect(await statuses("PIR-02", { ...REVISED, complete: ["evidence"] })).toMatchObject({
    "api@1.1": "pass",
    "api@1.2": "unknown",
  });
  const config = {
    ...REVISED.config,
    controls: { "PIR-02": { parameters: { hours: 49, free_kinds: ["operational"] } } },
  };
  expect(await statuses("PIR-02", { ...REVISED, config })).toMatchObject({
    "api@1.2": "pass",
    "web@5.0": "not_applicable",
  });
});
