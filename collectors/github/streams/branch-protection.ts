import type { SnapshotSpec } from "./snapshot.ts";

/** What protects branches as it is now, with everybody whom it lets by. */
export const branchProtection: SnapshotSpec = {
  name: "branch_protection",
  page: "BranchProtections",
  more: "MoreBranchProtections",
  inner: {
    bypassForcePushAllowances: "BypassForcePushAllowances",
    bypassPullRequestAllowances: "BypassPullRequestAllowances",
    pushAllowances: "PushAllowances",
    reviewDismissalAllowances: "ReviewDismissalAllowances",
  },
  first: 5,
};
