import { link, note, paragraph, table, type Section, type Text } from "../../layout/nodes.ts";
import type { ApprovalRow, ReleasePackData } from "../data.ts";
import { count, some, type Times } from "../words.ts";

export function approvalsSection({ approvals, summary }: ReleasePackData, times: Times): Section {
  const title = "Approvals";
  if (approvals.length === 0) {
    const reason = summary.has_approvals
      ? "No approval of a deployment of this release, or of a change request that one of them names, is among those collected."
      : "No approvals were collected: a source of deployment_approval or change_request_approval rows would bring them. That none is listed does not say whether anybody approved.";
    return { id: "approvals", title, nodes: [note(reason)] };
  }
  const rejected =
    summary.rejections === 0 ? "" : ` ${some(summary.rejections, "was a rejection", "were rejections")}.`;
  const late =
    summary.late_approvals === 0
      ? ""
      : ` ${count(summary.late_approvals)} came after the deployment had started.`;
  return {
    id: "approvals",
    title,
    nodes: [
      paragraph(
        `${some(approvals.length, "decision")} on deployments of this release and on change requests that they name.${rejected}${late}`,
      ),
      table({
        caption: `Decisions on deployments and change requests (${count(approvals.length)})`,
        columns: [
          { title: "On" },
          { title: "Decision" },
          { title: "By" },
          { title: "When" },
          { title: "Justification" },
        ],
        rows: approvals.map((approval) => [
          subject(approval),
          decision(approval),
          by(approval),
          when(approval, times),
          approval.justification,
        ]),
        note: "Attached as approvals.csv.",
      }),
    ],
  };
}

function subject({ kind, subject: name, subject_title, subject_type, environment, url }: ApprovalRow): Text {
  const about =
    kind === "deployment"
      ? ` to ${environment}`
      : `${subject_type === null ? "" : `, ${subject_type}`}${subject_title === null ? "" : `: ${subject_title}`}`;
  return [`${kind} `, link(name, url), about];
}

function decision({ decision: word }: ApprovalRow): Text {
  return { text: word, tone: word === "rejected" ? "worse" : "ink" };
}

function by({ approver, role }: ApprovalRow): string {
  return role === null ? approver : `${approver} (${role})`;
}

function when(approval: ApprovalRow, times: Times): Text {
  const { decided_at, is_derived, timing } = approval;
  const derived = is_derived ? ", derived from other events" : "";
  return [
    `${times.minute(decided_at) ?? "–"}${derived}, `,
    { text: timing, tone: timing === "before the start" ? "ink" : "worse" },
    ...later(approval),
  ];
}

const NAMED = 12;

/** An approval that came before what it is of says less than it seems. */
function later({ covered_changes, later_changes }: ApprovalRow): { text: string; tone: "worse" }[] {
  if (later_changes.length === 0) return [];
  const names = later_changes.slice(0, NAMED).join(", ");
  const more = later_changes.length > NAMED ? " …" : "";
  const text = `; ${count(later_changes.length)} of ${some(covered_changes, "change")} ${later_changes.length === 1 ? "was" : "were"} merged after it: ${names}${more}`;
  return [{ text, tone: "worse" }];
}
