import { expect, test } from "vitest";
import { statuses, told } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const environments = {
  it: { kind: "test" },
  staging: { kind: "staging" },
  production: { kind: "production" },
} as const;

const COPIED: History = {
  asOf: "2026-07-15T00:00:00Z",
  config: {
    environments,
    services: { api: { repository: "api" }, late: { repository: "late" } },
  },
  complete: ["data_copy", "masking_job"],
  data: {
    deployment: `
      id | service | environment | version | started_at           | status
      d1 | api     | production  | 1.1     | 2026-01-20T12:00:00Z | success
      d2 | late    | production  | 1.1     | 2026-07-01T12:00:00Z | success`,
    // February masked in time, by the copy's id and by what it worked on; March too late; April failed; May nothing; June from below production; July not used yet.
    data_copy: `
      id | service | dataset | from_environment | to_environment | copied_at            | used_from            | has_personal_data
      c2 | api     | users   | production       | staging        | 2026-02-10T22:00:00Z | 2026-02-11T06:00:00Z |
      k2 | api     | orders  | production       | staging        | 2026-02-20T22:00:00Z | 2026-02-21T06:00:00Z | false
      c3 | api     | users   | production       | staging        | 2026-03-10T22:00:00Z | 2026-03-11T06:00:00Z | true
      c4 | api     | users   | production       | it             | 2026-04-10T22:00:00Z |                      |
      c5 | api     | users   | production       | it             | 2026-05-10T22:00:00Z |                      | false
      c6 | api     | users   | staging          | it             | 2026-06-10T22:00:00Z |                      |
      c7 | api     | users   | production       | it             | 2026-07-10T22:00:00Z | 2026-07-20T00:00:00Z |
      n5 |         | all     | production       | laptop         | 2026-05-11T22:00:00Z |                      |`,
    masking_job: `
      id | data_copy | environment | service | dataset | started_at           | finished_at          | outcome | method
      m2 | c2        | staging     |         |         | 2026-02-10T23:00:00Z | 2026-02-11T02:30:00Z | passed  | masking
      o2 |           | staging     |         | orders  | 2026-02-20T23:00:00Z | 2026-02-21T02:30:00Z | passed  |
      m3 | c3        | staging     |         |         | 2026-03-10T23:00:00Z | 2026-03-11T06:30:00Z | passed  | masking
      m4 | c4        | it          |         |         | 2026-04-10T23:00:00Z | 2026-04-10T23:30:00Z | failed  | masking
      m5 |           | it          | other   |         | 2026-05-10T23:00:00Z | 2026-05-10T23:30:00Z | passed  | masking`,
  },
};

test("each copy of production data is made harmless before it can be used", async () => {
  expect(await told("ENV-03", COPIED)).toEqual({
    "api@2026-01": "not_applicable: No production data is known to have been copied elsewhere.",
    "api@2026-02": "pass: What was copied (2) was made harmless before it could be used.",
    "api@2026-03": "fail: Of 1 copy of production data made in the month: data:c3 (in staging) was masked 30 min after it could be used.",
    "api@2026-04": "fail: Of 1 copy of production data made in the month: the masking of data:c4 (in it) failed.",
    "api@2026-05": "fail: Of 1 copy of production data made in the month: no masking of data:c5 (in it) was found.",
    "api@2026-06": "not_applicable: No production data is known to have been copied elsewhere.",
    "api@2026-07": "not_applicable: What was copied could not be used yet.",
    "environment laptop@2026-05": "fail: Of 1 copy of production data made in the month: no masking of data:n5 (in laptop) was found.",
    "late@2026-07": "not_applicable: No production data is known to have been copied elsewhere.",
  });
});

test("nobody knows of copies while their list is not complete", async () => {
  const unknown = await told("ENV-03", { ...COPIED, complete: [] });
  expect(unknown).toMatchObject({
    "api@2026-01":
      "unknown: No production data is known to have been copied elsewhere. Nobody knows whether that is all: nothing says that all data copies of api were collected for that time.",
    "api@2026-05":
      "unknown: Of 1 copy of production data made in the month: no masking of data:c5 (in it) was found. There may be more than was found: nothing says that all masking jobs of api were collected for that time.",
  });
  expect(unknown["api@2026-02"]).toContain("unknown: ");
  expect(unknown["api@2026-03"]).toContain("fail: ");
  expect(unknown["environment laptop@2026-05"]).toContain("unknown: ");
});

test("a policy may leave out what holds no personal data", async () => {
  const personal = { ...COPIED.config, controls: { "ENV-03": { parameters: { personal_only: true } } } };
  expect(await statuses("ENV-03", { ...COPIED, config: personal })).toMatchObject({ "api@2026-05": "not_applicable", "api@2026-03": "fail" });
});
