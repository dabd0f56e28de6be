import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const HELD: History = {
  asOf: "2026-03-31T20:00:00Z",
  complete: ["post_implementation_review", "action"],
  config: { time_zone: "Europe/Berlin", services: { api: {}, web: {} } },
  data: {
    deployment: `
      id  | service | environment | started_at           | finished_at          | status  | version | rollback_of | change_requests
      d01 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | 1.1     |             | C01
      d02 | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | 1.2     |             | C02
      d03 | api     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | failure | 1.3     |             | C03
      d04 | api     | production  | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success | 1.4     |             | C04
      d05 | api     | production  | 2026-03-05T13:00:00Z | 2026-03-05T13:10:00Z | success | 1.2     | d04         | C02
      d06 | web     | production  | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success | 5.0     |             |
      d07 | web     | production  | 2026-03-30T12:00:00Z | 2026-03-30T12:10:00Z | success | 5.1     |             | C07
      d08 | web     | production  | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success | 5.2     |             | C08
      d09 | web     | production  | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success | 5.3     |             | C09`,
    change_request: `
      id  | type   | risk | service | created_at           | status
      C01 | normal | high | api     | 2026-03-02T11:00:00Z |
      C02 | normal | low  | api     | 2026-03-03T11:00:00Z |
      C03 | normal | low  | api     | 2026-03-04T11:00:00Z |
      C04 | normal | low  | api     | 2026-03-05T11:00:00Z |
      C07 | normal | high | web     | 2026-03-06T11:00:00Z |
      C08 | normal | high | web     | 2026-03-07T11:00:00Z |
      C09 | normal | high | web     | 2026-03-08T11:00:00Z |
      C10 | normal |      | web     | 2026-03-08T11:00:00Z |
      C11 | normal | high | web     | 2026-03-08T11:00:00Z | withdrawn`,
    post_implementation_review: `
      id | change_request | service | version | held_at              | reviewer | anomalies | feedback
      p1 | C01            |         |         | 2026-03-09T12:10:00Z | ben      | none      | keep on
      p4 |                | api     | 1.4     | 2026-03-19T13:10:01Z | ben      | slow      | index
      p8 | C08            |         |         | 2026-03-09T12:00:00Z | ben      |           | index
      p9 | C09            |         |         | 2026-03-09T12:00:00Z | ben      | slow      | index`,
    action: `
      id | title | review  | due_on     | status | closed_on
      A1 | Index | p1      | 2026-03-20 | done   | 2026-03-25
      A2 | Alert | data:p1 | 2026-03-31 | open   |
      A3 | Index | data:p9 | 2026-03-30 | open   |`,
  },
};

test("what failed or was of high risk is reviewed in time, and actions that were due are closed", async () => {
  const rows = await judged("PIR-01", HELD);
  expect(Object.fromEntries(rows.map(({ unit, status, reason }) => [unit, `${status}: ${reason}`]))).toEqual({
    "data:C01":
      "pass: The request is of a risk that is always reviewed (high); it was reviewed in time, and no action decided then is open after its day.",
    "data:C02": "not_applicable: No deployment of the request failed or was rolled back, and its risk asks for no review.",
    "data:C03": "fail: The deployment d03 failed at 2026-03-04 13:10 Europe/Berlin; no review was found, which was due by 2026-03-18 13:10 Europe/Berlin (14 days).",
    "data:C04":
      "fail: The deployment d04 was rolled back at 2026-03-05 14:10 Europe/Berlin; the first review came at 2026-03-19 14:10 Europe/Berlin, 1 s after it was due.",
    "data:C07": "not_applicable: The request is of a risk that is always reviewed (high); the review need not be held before 2026-04-13 14:10 Europe/Berlin.",
    "data:C08": "fail: The request is of a risk that is always reviewed (high); its review does not say: what was not as expected.",
    "data:C09":
      "fail: The request is of a risk that is always reviewed (high); it was reviewed, but 1 of the actions decided then is still open after the day set: data:A3.",
    "data:C10": "unknown: No deployment of the request failed or was rolled back, and nothing says of what risk it is.",
    "data:C11": "not_applicable: The request was called off before anything was deployed.",
    "api@1.1":
      "pass: A request of the release is of a risk that is always reviewed (high); it was reviewed in time, and no action decided then is open after its day.",
    "api@1.2": "not_applicable: No deployment of the release failed or was rolled back, and its risk asks for no review.",
    "api@1.4":
      "fail: The deployment d04 was rolled back at 2026-03-05 14:10 Europe/Berlin; the first review came at 2026-03-19 14:10 Europe/Berlin, 1 s after it was due.",
    "web@5.0": "unknown: No deployment of the release failed or was rolled back, and nothing says of what risk it is.",
    "web@5.1": "not_applicable: A request of the release is of a risk that is always reviewed (high); the review need not be held before 2026-04-13 14:10 Europe/Berlin.",
    "web@5.2": "fail: A request of the release is of a risk that is always reviewed (high); its review does not say: what was not as expected.",
    "web@5.3":
      "fail: A request of the release is of a risk that is always reviewed (high); it was reviewed, but 1 of the actions decided then is still open after the day set: data:A3.",
  });
});

test("a day of an action ends in the organisation's time zone", async () => {
  // 22:00 UTC is midnight in Berlin: at that instant the day of A2 is over.
  expect(await statuses("PIR-01", { ...HELD, asOf: "2026-03-31T21:59:59Z" })).toMatchObject({
    "data:C01": "pass",
  });
  expect(await statuses("PIR-01", { ...HELD, asOf: "2026-03-31T22:00:00Z" })).toMatchObject({
    "data:C01": "fail",
  });
});

test("without the actions nobody knows that all are closed, without the reviews that there was none", async () => {
  const { post_implementation_review: _, action: __, ...data } = HELD.data;
  const { action: ___, ...reviewed } = HELD.data;
  expect(
    await statuses("PIR-01", { ...HELD, complete: ["post_implementation_review"], data: reviewed }),
  ).toMatchObject({
    "data:C01": "unknown",
    "data:C03": "fail",
    "data:C09": "unknown",
  });
  expect(await statuses("PIR-01", { ...HELD, complete: [], data })).toMatchObject({
    "data:C01": "unknown",
    "data:C03": "unknown",
    "data:C09": "unknown",
    "data:C02": "not_applicable",
  });
});
