import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const FAILED: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["incident", "evidence"],
  config: { services: { api: {}, web: {}, far: {} } },
  data: {
    deployment: `
      id  | service | environment | started_at           | finished_at          | status      | version | rollback_of
      d01 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success     | 1.1     |
      d02 | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | failure     | 1.2     |
      d03 | api     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | failure     | 1.3     |
      d04 | api     | production  | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | failure     | 1.4     |
      d05 | web     | production  | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success     | 5.0     |
      d06 | web     | production  | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success     | 5.1     |
      d07 | web     | production  | 2026-03-07T13:00:00Z | 2026-03-07T13:10:00Z | success     | 5.0     | d06
      d08 | far     | production  | 2026-03-20T12:00:00Z | 2026-03-20T12:10:00Z | success     | 7.0     |
      d09 | far     | production  | 2026-03-31T23:00:00Z |                      | in_progress | 7.1     |`,
    incident: `
      id | service | started_at           | resolved_at          | caused_by | severity | classification | cause
      i1 | api     | 2026-03-03T12:05:00Z | 2026-03-03T13:00:00Z | d02       | sev1     | change         |
      i6 | web     | 2026-03-07T12:12:00Z | 2026-03-07T13:10:00Z | d06       | sev1     | change         | null
      i7 | web     | 2026-03-06T12:20:00Z | 2026-03-06T13:10:00Z | d05       |          |                |
      i8 | far     | 2026-03-20T12:15:00Z | 2026-03-20T13:10:00Z |           | sev3     | change         | unknown
      i9 | api     | 2026-02-01T12:00:00Z | 2026-02-01T13:10:00Z |           |          |                |`,
    evidence: `
      id | kind      | subject | at
      e3 | no_impact | d03     | 2026-03-04T13:00:00Z`,
  },
};

test("each failed deployment has its incident, each incident that a change caused says what it was", async () => {
  const rows = await judged("PIR-03", FAILED);
  const told = Object.fromEntries(rows.map(({ unit, status, reason }) => [unit, `${status}: ${reason}`]));
  expect(told).toEqual({
    "data:d01": "not_applicable: The deployment neither failed nor was it rolled back.",
    "data:d02": "pass: The deployment failed, and an incident names it as its cause.",
    "data:d03": "pass: The deployment failed, and was declared to be without impact.",
    "data:d04":
      "fail: The deployment failed, but no incident names it, and nobody recorded that users were not affected (evidence of kind no_impact or no_user_impact).",
    "data:d05": "not_applicable: The deployment neither failed nor was it rolled back.",
    "data:d06": "pass: The deployment was rolled back, and an incident names it as its cause.",
    "data:d07": "not_applicable: The deployment neither failed nor was it rolled back.",
    "data:d08": "not_applicable: The deployment neither failed nor was it rolled back.",
    "data:d09": "not_applicable: The deployment is still running.",
    "data:i1": "pass: A deployment caused the incident, whose record says what it was.",
    "data:i6": "pass: A deployment caused the incident, whose record says what it was.",
    "data:i7": "fail: The deployment data:d05 caused the incident, whose record lacks: its severity, its classification.",
    "data:i8": "unknown: The deployment data:d08 is taken for the cause only because of place and time: neither the incident nor the deployment names the other.",
    "data:i9": "not_applicable: No deployment is taken for the cause of the incident.",
  });
});

test("without incidents or declarations nobody knows what a failure led to", async () => {
  expect(await statuses("PIR-03", { ...FAILED, complete: ["incident"] })).toMatchObject({
    "data:d02": "pass",
    "data:d04": "unknown",
  });
  const { incident: _, evidence: __, ...data } = FAILED.data;
  expect(await statuses("PIR-03", { ...FAILED, complete: [], data })).toMatchObject({
    "data:d01": "not_applicable",
    "data:d02": "unknown",
    "data:d03": "unknown",
    "data:d06": "unknown",
  });
});
