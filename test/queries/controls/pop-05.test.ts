import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const ACTED: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["change", "change_request_approval", "person"],
  data: {
    // ana wrote while she was there; her second login is known too. ben left on the 4th.
    person: `
      id    | logins        | is_bot | owner | active_from | active_until
      ana   | ana; aruiz    |        |       | 2025-01-01  |
      ben   | ben           | false  |       |             | 2026-03-04
      robot | robot         | true   | ana   |             |
      old   | old-robot     | true   | ben   |             |
      lone  | lone-robot    | true   |       |             |`,
    deployment: `
      id | service | environment | started_at           | finished_at          | status  | deployer   | change_requests | pipeline_run
      d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | aruiz      | C1              |
      d2 | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | robot      |                 |
      d3 | api     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | ben        |                 |
      d4 | api     | production  | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success | lone-robot |                 |
      d5 | api     | production  | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success | lone-robot |                 | p5
      d6 | api     | production  | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success | old-robot  |                 |
      d7 | api     | production  | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success | nemo       |                 |
      d8 | api     | production  | 2026-03-09T12:00:00Z | 2026-03-09T12:10:00Z | success |            |                 |
      d9 | api     | production  | 2026-03-10T12:00:00Z | 2026-03-10T12:10:00Z | success | ana        |                 |`,
    pipeline_run: `
      id | service | actor | started_at           | conclusion
      p5 | api     | ana   | 2026-03-06T11:59:00Z | success`,
    change: `
      id | repository | author | opened_at            | merged_at
      m9 | api        | ben    | 2026-03-09T18:00:00Z | 2026-03-10T08:00:00Z`,
    change_request: `
      id | service | requested_by | created_at
      C1 | api     | ana          | 2026-03-01T12:00:00Z
      C2 | api     | ana          | 2026-03-01T12:00:00Z
      C3 | api     | ben          | 2026-03-05T12:00:00Z
      C4 | api     | nemo         | 2026-03-05T12:00:00Z`,
    change_request_approval: `
      id | change_request | approver | decision | decided_at
      a1 | C1             | ben      | approved | 2026-03-02T10:00:00Z
      a2 | C2             | ben      | approved | 2026-03-05T10:00:00Z`,
  },
};

const FINE = "Everybody who acted is one known person who was there on that day, or a service account with an owner.";
const UNKNOWN = "The deployer is not to be found among the people who are known.";

test("everybody is a person who was there on that day, or a service account that somebody answers for", async () => {
  expect(await judged("POP-05", ACTED)).toEqual([
    { unit: "data:C1", status: "pass", reason: FINE },
    { unit: "data:C2", status: "fail", reason: "An approver had left by that day." },
    { unit: "data:C3", status: "fail", reason: "The author had left by that day." },
    { unit: "data:C4", status: "fail", reason: "The author is not to be found among the people who are known." },
    { unit: "data:d1", status: "pass", reason: FINE },
    { unit: "data:d2", status: "pass", reason: FINE },
    { unit: "data:d3", status: "fail", reason: "The deployer had left by that day." },
    { unit: "data:d4", status: "fail", reason: "The deployer is a service account that nobody answers for." },
    { unit: "data:d5", status: "pass", reason: FINE },
    { unit: "data:d6", status: "fail", reason: "The deployer is a service account whose owner was not there on that day." },
    { unit: "data:d7", status: "fail", reason: UNKNOWN },
    { unit: "data:d8", status: "unknown", reason: "The deployer is not recorded." },
    { unit: "data:d9", status: "fail", reason: "An author of a change had left by that day." },
  ]);
});

test("without people nobody is known, and without the sources of who acted nothing passes", async () => {
  const { person: _, ...data } = ACTED.data;
  const nobody = Object.values(await statuses("POP-05", { ...ACTED, data, complete: ["change", "change_request_approval"] }));
  expect(new Set(nobody)).toEqual(new Set(["unknown"]));
  expect(await statuses("POP-05", { ...ACTED, complete: [] })).toMatchObject({
    "data:d1": "unknown",
    "data:d3": "fail",
    "data:d7": "unknown",
  });
});

test("an address that several people share is nobody's", async () => {
  const config = { people: { shared_addresses: ["ops@example.com"] } };
  const data = { deployment: ACTED.data.deployment?.toString().replace("aruiz     ", "ops@example.com") ?? "" };
  expect(await judged("POP-05", { ...ACTED, config, data })).toContainEqual({
    unit: "data:d1",
    status: "fail",
    reason: "The deployer is an account that several people share.",
  });
});
