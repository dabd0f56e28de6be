import type { Session } from "../session.ts";
import type { Issue } from "../shapes.ts";
import { instantOf } from "./issue.ts";
import { type Taken, type WalkSpec, withoutFriendly } from "./walk.ts";

/** Requests are asked for one by one; so many at a time. */
const TOGETHER = 4;

/** Decisions on change requests of Jira Service Management: one record per request. */
export const approval: WalkSpec = {
  name: "approval",
  async wanted(session) {
    const where = await session.changeRequests();
    return where === undefined ? undefined : { where, fields: ["updated"] };
  },
  async records(session, issues) {
    const taken: Taken[] = [];
    for (let start = 0; start < issues.length; start += TOGETHER)
      taken.push(
        ...(await Promise.all(issues.slice(start, start + TOGETHER).map((one) => takenOf(session, one)))),
      );
    return taken;
  },
};

async function takenOf({ platform }: Session, issue: Issue): Promise<Taken> {
  const approvals = await platform.approvals(issue.id);
  return {
    record: {
      key: issue.id,
      updatedAt: instantOf(issue),
      payload: { id: issue.id, approvals: withoutFriendly(approvals) },
    },
    // One of several approvers may decide without touching the issue.
    isFinal: approvals.every(({ finalDecision }) => finalDecision !== "pending"),
  };
}
