import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

// a -> b -> c -> d -> e -> f -> g on the main line; x leaves it at c. 1.1 ships b, 1.2 c and d, 1.3 e, 1.4 f, 1.5 nothing new, 1.3.1 x.
const LINE: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["commit", "change", "change_review"],
  data: {
    ref: `
      repository | name | kind | sha
      api        | main | main | g000000`,
    commit: `
      repository | sha     | parents | authored_at          | author | subject
      api        | a000000 |         | 2026-03-01T08:00:00Z | ana    | Begin
      api        | b000000 | a000000 | 2026-03-02T08:00:00Z | ana    | Add retries (#2)
      api        | c000000 | b000000 | 2026-03-03T08:00:00Z | ana    | Add a limit (#3)
      api        | d000000 | c000000 | 2026-03-03T09:00:00Z | ana    | Straight in
      api        | e000000 | d000000 | 2026-03-04T08:00:00Z | ana    | Nobody looked (#5)
      api        | f000000 | e000000 | 2026-03-05T08:00:00Z | robot  | Bump version to 1.4
      api        | g000000 | f000000 | 2026-03-09T08:00:00Z | ana    | Not out yet
      api        | x000000 | c000000 | 2026-03-06T08:00:00Z | ana    | Mend in a hurry`,
    person: `
      id    | logins | is_bot | owner
      robot | robot  | true   | ana`,
    change: `
      id | repository | number | author | title       | merged_at            | merge_sha
      2  | api        | 2      | ana    | Add retries | 2026-03-02T08:00:00Z | b000000
      3  | api        | 3      | ana    | Add a limit | 2026-03-03T08:00:00Z | c000000
      5  | api        | 5      | ana    | Nobody      | 2026-03-04T08:00:00Z | e000000`,
    change_review: `
      id | change | reviewer | state     | submitted_at
      r2 | 2      | ben      | approved  | 2026-03-02T07:00:00Z
      r3 | 3      | ben      | approved  | 2026-03-03T07:00:00Z
      r5 | 5      | ana      | approved  | 2026-03-04T07:00:00Z
      r6 | 5      | ben      | commented | 2026-03-04T07:00:00Z`,
    deployment: `
      id | service | environment | started_at           | finished_at          | status  | version | sha
      d0 | api     | production  | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success | 1.0     | a000000
      d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | 1.1     | b000000
      d2 | api     | production  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success | 1.2     | d000000
      d3 | api     | production  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success | 1.3     | e000000
      d4 | api     | production  | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success | 1.4     | f000000
      d5 | api     | production  | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success | 1.3.1   | x000000
      d6 | api     | production  | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success | 1.5     | f000000
      d7 | api     | production  | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success | 1.6     | 9999999`,
  },
};

test("every commit of a release comes from a pull request that somebody else approved", async () => {
  expect(await judged("POP-04", LINE)).toEqual([
    { unit: "api@1.0", status: "not_applicable", reason: "This is the first release of the service that is known." },
    { unit: "api@1.1", status: "pass", reason: "The only change since 1.0 was merged from a pull request that somebody else approved." },
    { unit: "api@1.2", status: "fail", reason: "In the release are commits that came without a pull request: d000000." },
    { unit: "api@1.3", status: "fail", reason: "In the release are changes that were merged with no approval of somebody else: #5 of api." },
    { unit: "api@1.3.1", status: "fail", reason: "In the release are commits that came without a pull request: x000000." },
    { unit: "api@1.4", status: "not_applicable", reason: "Since 1.3 there are only commits that a bot may bring by policy." },
    { unit: "api@1.5", status: "pass", reason: "The release brings no commit that was not in production before." },
    { unit: "api@1.6", status: "unknown", reason: "The commits between 1.5 and this release are not known." },
  ]);
});

test("what is not known to be complete is neither missing nor ruled out", async () => {
  expect(await statuses("POP-04", { ...LINE, complete: ["commit"] })).toMatchObject({
    "api@1.1": "pass",
    "api@1.2": "unknown",
    "api@1.3": "unknown",
  });
  const passed = Object.values(await statuses("POP-04", { ...LINE, complete: ["change", "change_review"] }));
  expect(passed).not.toContain("pass");
});
