import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import { given, onlyControls, type History } from "../../support/history.ts";

const REVIEWED: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["post_implementation_review"],
  data: {
    person: `
      id  | logins
      ana | ana; aruiz`,
    deployment: `
      id  | service | environment | started_at           | finished_at          | status  | deployer | change_requests
      d01 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | ana      | C01
      d02 | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | ana      | C02
      d03 | api     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | ana      | C03
      d04 | api     | production  | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success | ana      | C04
      d05 | api     | production  | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success | ana      | C05
      d06 | api     | production  | 2026-03-30T12:00:00Z | 2026-03-30T12:10:00Z | success | ana      | C06
      d07 | api     | production  | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success |          | C07
      d08 | api     | production  | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success | ana      | C08`,
    change_request: `
      id  | type      | service | created_at
      C01 | emergency | api     | 2026-03-02T11:00:00Z
      C02 | emergency | api     | 2026-03-03T11:00:00Z
      C03 | emergency | api     | 2026-03-04T11:00:00Z
      C04 | emergency | api     | 2026-03-05T11:00:00Z
      C05 | emergency | api     | 2026-03-06T11:00:00Z
      C06 | emergency | api     | 2026-03-30T11:00:00Z
      C07 | emergency | api     | 2026-03-07T11:00:00Z
      C08 | emergency | api     | 2026-03-08T11:00:00Z
      C09 | emergency | api     | 2026-03-08T11:00:00Z
      C10 | normal    | api     | 2026-03-08T11:00:00Z`,
    post_implementation_review: `
      id | change_request | held_at              | reviewer | outcome    | is_approved | tests_made_good | documents_made_good
      p1 | C01            | 2026-03-07T12:10:00Z | ben      | successful | true        | true            | true
      p2 | C02            | 2026-03-10T12:00:00Z | ben      | successful | true        | true            | true
      p3 | C03            | 2026-03-05T12:00:00Z | aruiz    | successful | true        | true            | true
      p4 | C04            | 2026-03-06T12:00:00Z | ben      | successful | true        | false           |
      p7 | C07            | 2026-03-08T12:00:00Z | ben      | successful | true        | true            | true
      p8 | C08            | 2026-03-09T12:00:00Z |          | successful | true        | true            | true`,
  },
};

test("somebody who did not carry it out reviews it within days", async () => {
  const rows = await judged("EMG-02", REVIEWED);
  expect(Object.fromEntries(rows.map(({ unit, status, reason }) => [unit, `${status}: ${reason}`]))).toEqual({
    "data:C01":
      "pass: Somebody who did not carry the change out reviewed and approved it in time, and what was left out was made good.",
    "data:C02": "fail: The first review of the change came at 2026-03-10 12:00 UTC, 47 h after it was due.",
    "data:C03": "fail: The change was reviewed only by people who carried it out.",
    "data:C04": "fail: The reviews of the change do not say: that tests were made good, that documents were made good.",
    "data:C05": "fail: No review of this emergency change was found; it was due by 2026-03-11 12:10 UTC, 5 days after it was done.",
    "data:C06": "not_applicable: The change need not be reviewed before 2026-04-04 12:10 UTC.",
    "data:C07": "unknown: The change was reviewed in time, but nothing says who carried it out.",
    "data:C08": "fail: The review of the change does not say who reviewed.",
    "data:C09": "not_applicable: Nothing was deployed by the request yet.",
    "data:C10": "not_applicable: The request is a normal change, not an emergency.",
  });
});

test("without the reviews nobody knows; what is asked and the days can be set", async () => {
  const { post_implementation_review: _, ...data } = REVIEWED.data;
  expect(await statuses("EMG-02", { ...REVIEWED, complete: [], data })).toMatchObject({
    "data:C01": "unknown",
    "data:C06": "not_applicable",
  });
  const config = { controls: { "EMG-02": { parameters: { days: 7, asked: ["is_approved"] } } } };
  expect(await statuses("EMG-02", { ...REVIEWED, config })).toMatchObject({
    "data:C02": "pass",
    "data:C03": "fail",
    "data:C04": "pass",
  });
});

test("what something else calls an emergency, or lies outside of the scope, is listed as not judged", async () => {
  const config = { controls: { ...onlyControls(["EMG-02"]), "EMG-02": { scope: { services: ["api"] } } }, services: { api: {}, other: {} }, metrics: { rework_labels: ["hotfix"] } };
  const warehouse = await given({
    asOf: "2026-04-01T00:00:00Z",
    config,
    data: {
      deployment: `
        id | service | environment | version | started_at           | finished_at          | status  | labels | change_requests
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success |        | C1
        d2 | api     | production  | 1.1     | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | hotfix |
        d3 | other   | production  | 3.0     | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success |        | C3
        d4 | other   | production  | 4.0     | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success |        |
        d5 | other   | production  | 5.0     | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success |        |`,
      release: `
        service | version | kind
        other   | 4.0     | emergency
        other   | 5.0     | strategic`,
      change_request: `
        id | type      | service | created_at
        C1 | emergency | api     | 2026-03-02T11:00:00Z
        C3 | emergency | other   | 2026-03-04T11:00:00Z`,
    },
  });
  const rows = await warehouse.rows("select version, signs, names, is_outside from reports.site_emergency_wave order by version");
  warehouse.close();
  // 1.0 is judged (nobody knows), 5.0 is no emergency.
  expect(rows).toEqual([
    { version: "1.1", signs: ["label"], names: ["hotfix"], is_outside: false },
    { version: "3.0", signs: ["change request"], names: ["C3"], is_outside: true },
    { version: "4.0", signs: ["release"], names: ["4.0"], is_outside: false },
  ]);
});
