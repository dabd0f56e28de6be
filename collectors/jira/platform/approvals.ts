import { getApprovals } from "jira.js/serviceDesk";
import { Refused } from "../client/refusal.ts";
import type { Jira } from "../client/jira.ts";
import { type Approval, approvalPage, shaped } from "../shapes.ts";

const SIZE = 50;

/** Decisions on a request of Jira Service Management; none where an issue was not filed as a request. */
export async function approvalsOf(jira: Jira, issue: string): Promise<readonly Approval[]> {
  const all: Approval[] = [];
  for (let start = 0; ;) {
    const page = await pageOf(jira, issue, start);
    if (!page) return [];
    all.push(...page.values);
    if (page.isLastPage || page.values.length === 0) return all;
    start += page.values.length;
  }
}

async function pageOf(jira: Jira, issue: string, start: number) {
  try {
    return shaped(
      approvalPage,
      await getApprovals(jira, { issueIdOrKey: issue, start, limit: SIZE }),
      "approvals",
    );
  } catch (error) {
    // After a first page there is a request: what is known of it must not look like none.
    if (error instanceof Refused && error.status === 404 && start === 0) return undefined;
    throw error;
  }
}
