import { UPDATE_LAG } from "./pull-request.ts";
import type { WalkSpec } from "./walk.ts";

export const issue: WalkSpec = {
  name: "issue",
  page: "Issues",
  heads: "IssueHeads",
  ids: "IssueIds",
  byId: "IssuesById",
  inner: { labels: "IssueLabels" },
  orderedBy: "updatedAt",
  lag: () => UPDATE_LAG,
  // 1 + 74 x 2 requests are 1 point.
  sizes: () => ({ page: 74, head: 6 }),
};
