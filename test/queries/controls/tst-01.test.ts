import { expect, test } from "vitest";
import { statuses, told } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const REVIEWED: History = {
  asOf: "2026-04-01T00:00:00Z",
  config: { services: { api: { repository: "api", active_from: "2026-01-01" }, old: { repository: "old" } } },
  complete: ["change", "commit", "change_review"],
  data: {
    person: `
      id  | logins     | is_bot
      ana | ana; aruiz |
      bot | renovate   | true
      p1  | sam        |
      p2  | sam        |`,
    // 3: a commit came after the approval. 4: rebased, its commits were made anew at the merge. 5: squashed. 12: what was approved is not its last commit.
    change: `
      id | repository | author   | merged_at            | merge_sha | merge_method | commits
      1  | api        | ana      | 2026-03-01T10:00:00Z | m1        |              | c1
      2  | api        | ana      | 2026-03-02T10:00:00Z | m2        |              |
      3  | api        | ana      | 2026-03-03T10:00:00Z | m3        |              | c3; d3
      4  | api        | ana      | 2026-03-04T10:00:00Z | d4        | rebase       | c4; d4
      5  | api        | ana      | 2026-03-05T10:00:00Z | m5        | squash       | c5
      6  | api        | ana      | 2026-03-06T10:00:00Z | m6        |              | c6
      7  | api        | renovate | 2026-03-07T10:00:00Z | m7        |              |
      8  | api        | ana      | 2026-03-08T10:00:00Z | m8        |              |
      9  | api        | ana      | 2026-03-09T10:00:00Z | m9        |              |
      12 | api        | ana      | 2026-03-12T10:00:00Z | m12       |              | c12; d12`,
    commit: `
      repository | sha | parents  | authored_at          | committed_at         | author | co_authors
      api        | c1  | m0       | 2026-03-01T08:00:00Z | 2026-03-01T08:00:00Z | ana    |
      api        | c3  | m2       | 2026-03-03T08:00:00Z | 2026-03-03T08:00:00Z | ana    |
      api        | d3  | c3       | 2026-03-03T09:30:00Z | 2026-03-03T09:30:00Z | ana    |
      api        | c4  | m3       | 2026-03-04T07:00:00Z | 2026-03-04T10:00:00Z | ana    |
      api        | d4  | c4       | 2026-03-04T08:00:00Z | 2026-03-04T10:00:00Z | ana    |
      api        | c5  | d4       | 2026-03-05T08:00:00Z | 2026-03-05T08:00:00Z | ana    |
      api        | m5  | d4       | 2026-03-05T10:00:00Z | 2026-03-05T10:00:00Z | ana    |
      api        | c6  | m5       | 2026-03-06T08:00:00Z | 2026-03-06T08:00:00Z | ana    | ben
      api        | c12 | m9       | 2026-03-12T07:00:00Z | 2026-03-12T07:00:00Z | ana    |
      api        | d12 | c12      | 2026-03-12T08:00:00Z | 2026-03-12T08:00:00Z | ana    |`,
    change_review: `
      id   | change | reviewer | state             | submitted_at         | sha
      v1   | 1      | ben      | approved          | 2026-03-01T09:00:00Z | c1
      v2   | 2      | ben      | approved          | 2026-03-02T11:00:00Z |
      v3   | 3      | ben      | approved          | 2026-03-03T09:00:00Z |
      v4   | 4      | ben      | approved          | 2026-03-04T09:00:00Z | before4
      v5   | 5      | ben      | approved          | 2026-03-05T09:00:00Z | c5
      v6   | 6      | ben      | approved          | 2026-03-06T09:00:00Z |
      v8   | 8      | sam      | approved          | 2026-03-08T09:00:00Z |
      v9   | 9      | ben      | approved          | 2026-03-09T08:00:00Z |
      v9b  | 9      | ben      | changes_requested | 2026-03-09T09:00:00Z |
      v9c  | 9      | ben      | commented         | 2026-03-09T09:30:00Z |
      v12  | 12     | ben      | approved          | 2026-03-12T09:00:00Z | c12`,
    deployment: `
      id  | service | environment | version | started_at           | finished_at          | status
      d1  | api     | production  | 1.1     | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success
      d2  | api     | production  | 1.2     | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success
      d3  | api     | production  | 1.3     | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success
      d4  | api     | production  | 1.4     | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success
      d5  | api     | production  | 1.5     | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success
      d6  | api     | production  | 1.6     | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success
      d7  | api     | production  | 1.7     | 2026-03-07T12:00:00Z | 2026-03-07T12:10:00Z | success
      d8  | api     | production  | 1.8     | 2026-03-08T12:00:00Z | 2026-03-08T12:10:00Z | success
      d9  | api     | production  | 1.9     | 2026-03-09T12:00:00Z | 2026-03-09T12:10:00Z | success
      d10 | api     | production  | 1.10    | 2026-03-10T12:00:00Z | 2026-03-10T12:10:00Z | success
      d12 | api     | production  | 1.12    | 2026-03-12T12:00:00Z | 2026-03-12T12:10:00Z | success
      o1  | old     | production  | 1.0     | 2026-03-12T12:00:00Z | 2026-03-12T12:10:00Z | success`,
  },
};

test("a change counts as reviewed where somebody else approved what was merged", async () => {
  expect(await told("TST-01", REVIEWED)).toEqual({
    "api@1.1": "pass: All that the release brings (changes: 1) was approved as it was merged, by somebody who wrote nothing in it.",
    "api@1.2":
      "fail: The only change in the release was not approved by somebody else in the state that was merged. No approval from before the merge was found: data:api#2.",
    "api@1.3": "fail: The only change in the release was not approved by somebody else in the state that was merged. Commits were added after the approval: data:api#3.",
    "api@1.4": "pass: All that the release brings (changes: 1) was approved as it was merged, by somebody who wrote nothing in it.",
    "api@1.5": "pass: All that the release brings (changes: 1) was approved as it was merged, by somebody who wrote nothing in it.",
    "api@1.6": "fail: The only change in the release was not approved by somebody else in the state that was merged. Only an author approved: data:api#6.",
    "api@1.7": "not_applicable: Only bots wrote what the release brings (changes: 1): by policy (bots_need_review) that needs no review.",
    "api@1.8": "unknown: Whether somebody else approved these changes is not certain, for it is not certain who is behind a login: data:api#8.",
    "api@1.9":
      "fail: The only change in the release was not approved by somebody else in the state that was merged. No approval from before the merge was found: data:api#9.",
    "api@1.10": "not_applicable: The release was the first to bring no change that is known.",
    "api@1.12": "fail: The only change in the release was not approved by somebody else in the state that was merged. Commits were added after the approval: data:api#12.",
    "old@1.0":
      "unknown: Which changes the release brought is not known: no release of its service is known from before.",
  });
});

test("without word that changes are complete no release passes, and without that of reviews none is missing", async () => {
  expect(await statuses("TST-01", { ...REVIEWED, complete: [] })).toMatchObject({
    "api@1.1": "unknown",
    "api@1.2": "unknown",
    "api@1.3": "fail",
    "api@1.10": "unknown",
  });
});

test("a policy may ask for more people, and for reviews of what bots wrote", async () => {
  const strict = { ...REVIEWED.config, controls: { "TST-01": { parameters: { approvals: 2, bots_need_review: true } } } };
  expect(await statuses("TST-01", { ...REVIEWED, config: strict })).toMatchObject({ "api@1.1": "fail", "api@1.7": "fail" });
});

test("what reached the main line without a pull request was reviewed by nobody", async () => {
  const pushed: History = {
    ...REVIEWED,
    data: {
      ref: `
        repository | name | kind | sha
        api        | main | main | b`,
      commit: `
        repository | sha | parents | authored_at          | committed_at         | author
        api        | a   |         | 2026-03-01T08:00:00Z | 2026-03-01T08:00:00Z | ana
        api        | b   | a       | 2026-03-02T08:00:00Z | 2026-03-02T08:00:00Z | ana`,
      deployment: `
        id | service | environment | version | sha | started_at           | finished_at          | status
        d1 | api     | production  | 1.1     | a   | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success
        d2 | api     | production  | 1.2     | b   | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success`,
    },
  };
  expect((await told("TST-01", pushed))["api@1.2"]).toBe(
    "fail: The only change in the release was not approved by somebody else in the state that was merged. Not merged from a pull request: data:api@b.",
  );
  expect(await statuses("TST-01", { ...pushed, complete: ["commit"] })).toMatchObject({ "api@1.2": "unknown" });
});
