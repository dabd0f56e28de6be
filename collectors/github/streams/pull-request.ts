import type { WalkSpec } from "./walk.ts";

/** GitHub orders by update without fail; the lag covers several updates in one second. */
export const UPDATE_LAG = 300;

export const pullRequest: WalkSpec = {
  name: "pull_request",
  page: "PullRequests",
  heads: "PullRequestHeads",
  ids: "PullRequestIds",
  byId: "PullRequestsById",
  inner: {
    reviews: "PullRequestReviews",
    commits: "PullRequestCommits",
    labels: "PullRequestLabels",
    closingIssuesReferences: "PullRequestClosingIssues",
    timelineItems: "PullRequestEvents",
    files: "PullRequestFiles",
  },
  orderedBy: "updatedAt",
  lag: () => UPDATE_LAG,
  // 1 + 49 x 5 requests are 2 points, 1 + 41 x 6 as well.
  sizes: ({ paths }) => ({ page: paths ? 41 : 49, head: 4 }),
  variables: ({ paths }) => ({ paths }),
};
