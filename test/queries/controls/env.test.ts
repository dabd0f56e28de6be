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
    "data:d1": "pass: What it deployed was there before, in order: it, staging.",
    "data:d2": "fail: Was not there before it began: staging.",
    "data:d3": "fail: Was there only before an earlier stage: staging.",
    "data:d4": "fail: The same version was there from another commit, so that it was built anew: staging.",
    "data:d5": "fail: Was not there before it began: staging.",
    "data:d6": "not_applicable: It is an emergency: EMG-01 judges it.",
    "data:d7": "not_applicable: A change of the type standard may go to production directly (types_without).",
    "data:d8": "fail: Was not there before it began: staging.",
    "data:d9": "pass: What it deployed was there before, in order: it, staging.",
    "data:dx": "unknown: It names neither commit nor version, so that nobody can tell where else that was.",
  });
  expect(await statuses("ENV-01", { ...PROMOTED, complete: [] })).toMatchObject({ "data:d1": "pass", "data:d2": "unknown", "data:d3": "fail" });
});

const COMPARED: History = {
  asOf: "2026-04-01T00:00:00Z",
  config: { environments: { eu: { kind: "production", wave: "production" }, production: { kind: "production" } } },
  complete: ["drift_scan"],
  data: {
    drift_scan: `
      id | environment | service | scanned_at           | differences | unapproved | details
      x1 | production  |         | 2026-03-01T02:00:00Z | 1           | 0          | replicas
      x2 | production  |         | 2026-03-02T02:00:00Z | 0           | 0          |
      y2 | production  | api     | 2026-03-02T03:00:00Z | 2           | 2          | port; image
      x3 | production  | other   | 2026-03-03T03:00:00Z | 0           | 0          |
      x5 | production  |         | 2026-03-05T11:00:00Z | 1           |            |
      x6 | eu          | api     | 2026-03-06T12:00:00Z | 0           |            |
      x7 | production  | api     | 2026-03-06T12:30:00Z | 0           |            |`,
    deployment: `
      id | service | environment | version | started_at           | status
      d0 | api     | production  | 1.0     | 2026-02-28T12:00:00Z | success
      d1 | api     | production  | 1.1     | 2026-03-01T12:00:00Z | success
      d2 | api     | production  | 1.2     | 2026-03-02T12:00:00Z | success
      d3 | api     | production  | 1.3     | 2026-03-03T12:00:00Z | success
      d5 | api     | production  | 1.5     | 2026-03-05T12:00:00Z | success
      d6 | api     | eu          | 1.6     | 2026-03-07T12:00:00Z | success`,
  },
};

test("the last comparison before a deployment is fresh and found nothing that nobody allowed", async () => {
  expect(await told("ENV-02", COMPARED)).toEqual({
    "data:d0": "fail: No comparison of its target with a baseline was found from before it began.",
    "data:d1": "pass: The comparison at 2026-03-01 02:00 found no difference that nobody allowed.",
    "data:d2": "fail: The comparison at 2026-03-02 03:00 found 2 differences that nobody allowed: image; port.",
    "data:d3": "fail: The last comparison of its target was at 2026-03-02 03:00, more than 24 hours before it began.",
    "data:d5": "fail: The comparison at 2026-03-05 11:00 found 1 difference that nobody allowed.",
    "data:d6": "pass: The comparison at 2026-03-06 12:30 found no difference that nobody allowed.",
  });
  expect(await statuses("ENV-02", { ...COMPARED, complete: [] })).toMatchObject({
    "data:d0": "unknown",
    "data:d1": "pass",
    "data:d2": "fail",
    "data:d3": "unknown",
  });
});

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
    "api@2026-03": "fail: Of 1 copy: data:c3 was masked 30 minutes after it could be used.",
    "api@2026-04": "fail: Of 1 copy: the masking of data:c4 failed.",
    "api@2026-05": "fail: Of 1 copy: no masking of data:c5 was found.",
    "api@2026-06": "not_applicable: No production data is known to have been copied elsewhere.",
    "api@2026-07": "not_applicable: What was copied could not be used yet.",
    "environment laptop@2026-05": "fail: Of 1 copy: no masking of data:n5 was found.",
    "late@2026-07": "not_applicable: No production data is known to have been copied elsewhere.",
  });
});

test("nobody knows of copies while their list is not complete", async () => {
  const unknown = await told("ENV-03", { ...COPIED, complete: [] });
  expect(unknown).toMatchObject({
    "api@2026-01":
      "unknown: No production data is known to have been copied elsewhere. Nobody knows whether that is all: nothing says that the data copies of api are complete for then.",
    "api@2026-05":
      "unknown: Of 1 copy: no masking of data:c5 was found. Nobody knows whether there is one: nothing says that the masking jobs of api are complete for then.",
  });
  expect(unknown["api@2026-02"]).toContain("unknown: ");
  expect(unknown["api@2026-03"]).toContain("fail: ");
  expect(unknown["environment laptop@2026-05"]).toContain("unknown: ");
});

test("a policy may leave out what holds no personal data", async () => {
  const personal = { ...COPIED.config, controls: { "ENV-03": { parameters: { personal_only: true } } } };
  expect(await statuses("ENV-03", { ...COPIED, config: personal })).toMatchObject({ "api@2026-05": "not_applicable", "api@2026-03": "fail" });
});
