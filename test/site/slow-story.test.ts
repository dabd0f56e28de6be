import { expect, test } from "vitest";
import type { SlowChangeRow } from "../../src/site/retrospective-rows.ts";
import { slowStory } from "../../src/site/words/retrospective-stories.ts";

const HOUR = 3_600;
const row = (more: Partial<SlowChangeRow>): SlowChangeRow =>
  ({
    basis: "commit",
    lead_seconds: 10 * HOUR,
    coding_seconds: 2 * HOUR,
    pickup_seconds: 3 * HOUR,
    review_seconds: HOUR,
    no_review_seconds: 0,
    merge_to_live_seconds: 4 * HOUR,
    has_review: true,
    times_median: 2,
    lines: 1,
    commits: 3,
    tickets: ["PAY-1", "PAY-2"],
    is_failure: false,
    ...more,
  }) as SlowChangeRow;

test("a slow change is told stage by stage, with its size and what it was for", () => {
  expect(slowStory(row({})).replaceAll("\u202f", " ")).toBe(
    "Took 10 h, 2 times the team's median: was worked on for 2 h, waited 3 h for a first review, was in review for 60 min and waited 4 h from its merge to production. It changed 1 line. It has 3 commits. It names PAY-1 and PAY-2.",
  );
});

test("of what is not known it says nothing", () => {
  expect(slowStory(row({ lines: null, commits: null, tickets: [], times_median: null, is_failure: true }))).toMatch(
    /^Took 10.h: .* production\. The deployment failed\.$/,
  );
});
