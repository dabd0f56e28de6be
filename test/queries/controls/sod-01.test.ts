import { expect, test } from "vitest";
import { judged, statuses, statusesOf, told } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const COMPLETE = ["change_request", "change_request_approval", "deployment_approval", "change", "commit"] as const;

/** From the first of January all deployments are known, so that the first one's changes are too. */
const config = { services: { api: { repository: "api", active_from: "2026-01-01" }, old: { repository: "old" } } };

const APPROVED: History = {
  asOf: "2026-04-01T00:00:00Z",
  config,
  complete: COMPLETE,
  data: {
    person: `
      id  | logins     | is_bot | owner
      ana | ana; aruiz |        |
      ben | ben        |        |
      eva | eva        |        |
      p1  | sam        |        |
      p2  | sam        |        |
      bot | deploybot  | true   | ana`,
    change: `
      id | repository | author | merged_at            | tickets | commits | merge_sha
      1  | api        | ana    | 2026-03-01T10:00:00Z |         |         | m1
      2  | api        | ana    | 2026-03-02T10:00:00Z |         |         | m2
      3  | api        | ana    | 2026-03-03T10:00:00Z |         | c3      | m3
      4  | api        | ana    | 2026-03-04T10:00:00Z |         |         | m4
      6  | api        | ana    | 2026-03-06T10:00:00Z |         |         | m6
      7  | api        | ana    | 2026-03-07T10:00:00Z |         |         | m7
      9  | api        | ana    | 2026-03-09T10:00:00Z |         |         | m9
      10 | api        | ana    | 2026-03-10T09:00:00Z | C10     |         | m10
      11 | api        | ben    | 2026-03-10T10:00:00Z | C11     |         | m11
      12 | api        | ana    | 2026-03-11T09:00:00Z | C10     |         | m12
      13 | api        | ben    | 2026-03-11T10:00:00Z |         |         | m13
      14 | api        |        | 2026-03-12T10:00:00Z |         |         | m14
      15 | api        | ana    | 2026-03-13T10:00:00Z |         |         | m15
      16 | api        | ana    | 2026-03-14T10:00:00Z |         |         | m16`,
    commit: `
      repository | sha | authored_at          | author | co_authors
      api        | c3  | 2026-03-03T09:00:00Z | ana    | ben`,
    change_request: `
      id  | type      | service | created_at
      C1  | normal    | api     | 2026-02-01T12:00:00Z
      C2  | normal    | api     | 2026-02-01T12:00:00Z
      C3  | normal    | api     | 2026-02-01T12:00:00Z
      C4  | normal    | api     | 2026-02-01T12:00:00Z
      C6  | normal    | api     | 2026-02-01T12:00:00Z
      C7  | emergency | api     | 2026-02-01T12:00:00Z
      C9  | normal    | api     | 2026-02-01T12:00:00Z
      C10 | normal    | api     | 2026-02-01T12:00:00Z
      C11 | normal    | api     | 2026-02-01T12:00:00Z
      C14 | normal    | api     | 2026-02-01T12:00:00Z
      C15 | normal    | api     | 2026-02-01T12:00:00Z`,
    change_request_approval: `
      id  | change_request | approver  | decision | decided_at           | withdrawn_at
      a1  | C1             | ben       | approved | 2026-02-02T10:00:00Z |
      a2  | C2             | ana       | approved | 2026-02-02T10:00:00Z |
      a2b | C2             | ben       | approved | 2026-03-20T10:00:00Z |
      a2c | C2             | eva       | rejected | 2026-02-01T10:00:00Z |
      a3  | C3             | ben       | approved | 2026-02-02T10:00:00Z |
      a6  | C6             | sam       | approved | 2026-02-02T10:00:00Z |
      a7  | C7             | ben       | approved | 2026-03-20T10:00:00Z |
      a9  | C9             | aruiz     | approved | 2026-02-02T10:00:00Z |
      a9b | C9             | eva       | approved | 2026-02-02T10:00:00Z | 2026-02-03T10:00:00Z
      a9c | C9             | deploybot | approved | 2026-02-02T10:00:00Z |
      a10 | C10            | ben       | approved | 2026-02-02T10:00:00Z |
      a11 | C11            | eva       | approved | 2026-02-02T10:00:00Z |
      a14 | C14            | eva       | approved | 2026-02-02T10:00:00Z |
      a15 | C15            | ana       | approved | 2026-02-02T10:00:00Z |`,
    deployment_approval: `
      id  | deployment | approver | decision | decided_at
      g15 | d15        | eva      | approved | 2026-03-13T11:59:00Z
      g16 | d16        | eva      | rejected | 2026-03-14T11:59:00Z`,
    deployment: `
      id  | service | environment | version | started_at           | finished_at          | status  | deployer  | change_requests
      d1  | api     | production  | 1.1     | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success | eva       | C1
      d2  | api     | production  | 1.2     | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | ana       | C2
      d3  | api     | production  | 1.3     | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | ben       | C3
      d4  | api     | production  | 1.4     | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | eva       | C4
      d5  | api     | production  | 1.4     | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success | eva       | C1
      d6  | api     | production  | 1.6     | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success | ben       | C6
      d7  | api     | production  | 1.7     | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success | ben       | C7
      d8  | api     | production  | 1.8     | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | failure | ben       | C1
      d9  | api     | production  | 1.9     | 2026-03-09T12:00:00Z | 2026-03-09T12:10:00Z | success | aruiz     | C9
      d10 | api     | production  | 1.10    | 2026-03-10T12:00:00Z | 2026-03-10T12:10:00Z | success | eva       |
      d11 | api     | production  | 1.11    | 2026-03-11T12:00:00Z | 2026-03-11T12:10:00Z | success |           |
      d14 | api     | production  | 1.14    | 2026-03-12T12:00:00Z | 2026-03-12T12:10:00Z | success | eva       | C14
      d15 | api     | production  | 1.15    | 2026-03-13T12:00:00Z | 2026-03-13T12:10:00Z | success | deploybot | C15
      d16 | api     | production  | 1.16    | 2026-03-14T12:00:00Z | 2026-03-14T12:10:00Z | success | ana       |
      o1  | old     | production  | 7.0     | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success | eva       | C1`,
  },
};

test("an approval counts for SOD-01 that somebody gave who wrote nothing in what is deployed", async () => {
  expect(await told("SOD-01", APPROVED)).toEqual({
    "data:d1": "pass: 1 person who wrote nothing in the deployment approved it (a service account counts as its owner).",
    "data:d2": "fail: Only people who wrote in the deployment approved it.",
    "data:d3": "fail: Only people who wrote in the deployment approved it.",
    "data:d4": "fail: No approval from before the deployment began was found.",
    "data:d5": "not_applicable: The deployment brings nothing that was not there before.",
    "data:d6":
      "unknown: The deployment was approved, but whether its approvers wrote in it is not known: it is not certain who is behind a login.",
    "data:d7": "pass: 1 person who wrote nothing in the deployment approved it (a service account counts as its owner).",
    "data:d8":
      "not_applicable: The deployment never went live, and who wrote what it would have brought is not known.",
    "data:d9": "fail: Only people who wrote in the deployment approved it.",
    "data:d10": "pass: 1 person who wrote nothing in the deployment approved it (a service account counts as its owner).",
    "data:d11": "fail: No approval from before the deployment began was found of what it brings: data:api#13.",
    "data:d14": "unknown: The deployment was approved, but who wrote a change in it is not known.",
    "data:d15": "pass: 1 person who wrote nothing in the deployment approved it (a service account counts as its owner).",
    "data:d16": "fail: The deployment names no change request, and nobody approved it directly.",
    "data:o1":
      "unknown: The deployment was approved, but which changes it brought is not known: no deployment of its service is known from before.",
  });
});

test("without word that changes are complete nobody knows who else wrote, and without that of approvals none is missing", async () => {
  expect(await statuses("SOD-01", { ...APPROVED, complete: ["change_request", "commit"] })).toMatchObject({
    "data:d1": "unknown",
    "data:d2": "fail",
    "data:d4": "unknown",
    "data:d5": "unknown",
    "data:d16": "fail",
  });
});

const LONE: History = {
  ...APPROVED,
  data: {
    change: `
      id | repository | author          | merged_at            | merge_sha
      1  | api        | zoe@example.org | 2026-03-01T10:00:00Z | m1
      2  | api        | yan             | 2026-03-02T10:00:00Z | m2`,
    deployment_approval: `
      id | deployment | approver | decision | decided_at
      g1 | d1         | zed      | approved | 2026-03-01T11:59:00Z
      g2 | d2         | zed      | approved | 2026-03-02T11:59:00Z`,
    deployment: `
      id | service | environment | version | started_at           | finished_at          | status  | deployer
      d1 | api     | production  | 1.1     | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success | yan
      d2 | api     | production  | 1.2     | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | wim@example.org`,
  },
};

test("two logins that no source has both, and nothing joins, may be one person", async () => {
  expect(await statusesOf(["SOD-01", "SOD-02", "SOD-03"], LONE)).toEqual({
    "SOD-01": { "data:d1": "unknown", "data:d2": "pass" },
    "SOD-02": { "data:d1": "unknown", "data:d2": "unknown" },
    "SOD-03": { "data:d1": "pass", "data:d2": "unknown" },
  });
});

test("a record of a person says that two logins are one, or are not", async () => {
  const person = `
    id | logins
    z  | zed; zoe@example.org
    w  | wim@example.org`;
  const known = { ...LONE, data: { ...LONE.data, person } };
  expect(await statusesOf(["SOD-01", "SOD-03"], known)).toEqual({
    "SOD-01": { "data:d1": "fail", "data:d2": "pass" },
    "SOD-03": { "data:d1": "pass", "data:d2": "pass" },
  });
});

test("SOD-01 and SOD-03 ask for as many people as the configuration says", async () => {
  const two = { ...APPROVED, config: { ...config, controls: { "SOD-01": { parameters: { approvals: 2 } }, "SOD-03": { parameters: { approvals: 2 } } } } };
  expect(await statusesOf(["SOD-01", "SOD-03"], two)).toMatchObject({
    "SOD-01": { "data:d1": "fail", "data:d15": "fail", "data:d10": "fail" },
    // A bot of one of the two approvers brought the last one to production: only the other one is independent.
    "SOD-03": { "data:d1": "fail", "data:d15": "fail" },
  });
});

test("an approval counts for SOD-03 that somebody gave who did not deploy", async () => {
  expect(await told("SOD-03", APPROVED)).toMatchObject({
    "data:d1": "pass: 1 person who did not begin the deployment approved it (a service account counts as its owner).",
    "data:d2": "fail: Only who began the deployment approved it (a service account counts as its owner).",
    "data:d3": "fail: Only who began the deployment approved it (a service account counts as its owner).",
    "data:d4": "fail: No approval from before the deployment began was found.",
    "data:d6": "unknown: The deployment was approved, but whether only by who began it is not known: it is not certain who is behind a login.",
    "data:d9": "fail: Only who began the deployment approved it (a service account counts as its owner).",
    "data:d10": "fail: A change in the deployment was approved only by who began the deployment (a service account counts as its owner).",
    "data:d11": "fail: No approval from before the deployment began was found of what it brings: data:api#13.",
    "data:d15": "pass: 1 person who did not begin the deployment approved it (a service account counts as its owner).",
    "data:d16": "fail: The deployment names no change request, and nobody approved it directly.",
  });
  expect(await statuses("SOD-03", { ...APPROVED, complete: [] })).toMatchObject({ "data:d1": "pass", "data:d2": "fail", "data:d4": "unknown" });
});

test("SOD-03 is not known where nobody recorded who deployed", async () => {
  const deployment = (APPROVED.data.deployment as string).replace("| eva       | C1\n      d2", "|           | C1\n      d2");
  expect(await judged("SOD-03", { ...APPROVED, data: { ...APPROVED.data, deployment } })).toContainEqual({
    unit: "data:d1",
    status: "unknown",
    reason: "The deployment was approved, but who began it is not recorded.",
  });
});
