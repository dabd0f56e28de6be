import {
  heading,
  link,
  note,
  paragraph,
  table,
  type DocumentNode,
  type Section,
} from "../../layout/nodes.ts";
import { count, some, type Times } from "../../release/words.ts";
import type { PeriodPackData } from "../data.ts";
import type { PeriodTables } from "../tables.ts";
import { attachedAs, controlLink, failures, longTable, percent, unitCell } from "../words.ts";

const FAMILIES = ["authorisation", "segregation"];

/** Who decided, before what, and whether it was somebody else. */
export function approvalsSection(data: PeriodPackData, times: Times, tables: PeriodTables): Section {
  return {
    id: "approvals",
    title: "Approvals and separation of duties",
    nodes: [
      ...familyTable(data),
      heading(3, "Where it is in question", "approvals.separation"),
      ...separationTable(data, times, tables),
      heading(3, "Requests that their requester approved", "approvals.self"),
      ...selfTable(data, times, tables),
      heading(3, "Decisions", "approvals.decisions"),
      ...decisionTable(data, times, tables),
    ],
  };
}

function familyTable({ controls }: PeriodPackData): DocumentNode[] {
  const rows = controls.filter(({ family }) => FAMILIES.includes(family));
  if (rows.length === 0) return [note("No control of authorisation or separation of duties is asked here.")];
  return [
    table({
      caption: "Controls of authorisation and separation of duties",
      columns: [
        { title: "Control" },
        { title: "What it asks" },
        { title: "Pass", align: "right" },
        { title: "Fail", align: "right" },
        { title: "Unknown", align: "right" },
        { title: "Exempt", align: "right" },
        { title: "Adherence", align: "right" },
      ],
      rows: rows.map((row) => [
        controlLink(row.control),
        row.question,
        count(row.passed),
        failures(row.failed),
        count(row.unknown),
        count(row.exempt),
        percent(row.rate),
      ]),
    }),
  ];
}

function separationTable(
  { separation, deployments }: PeriodPackData,
  times: Times,
  tables: PeriodTables,
): DocumentNode[] {
  if (separation.length === 0)
    return [
      note(
        `Of ${some(deployments.length, "production deployment")} none fails, is exempt from, or cannot be judged by a control of authorisation or separation of duties.`,
      ),
    ];
  return [
    table({
      caption: `Deployments that fail, are exempt or cannot be judged (${count(separation.length)})`,
      columns: [
        { title: "Deployment" },
        { title: "Approvals", align: "right" },
        { title: "Not by authors", align: "right" },
        { title: "Not by who deployed", align: "right" },
        { title: "What controls say" },
      ],
      rows: separation.map((row) => [
        unitCell(row.deployment_id, row.service_title, times.minute(row.occurred_at)),
        count(row.approvals),
        count(row.others),
        count(row.bystanders),
        { text: row.reasons, tone: row.badness === 3 ? "worse" : "ink" },
      ]),
      note: attachedAs(
        tables.of("separation"),
        "Approvals count that hold for the whole deployment, or for each change in it.",
      ),
    }),
  ];
}

/** Facts and no verdict: no control asks it. */
function selfTable(
  { selfApproved: rows, requests }: PeriodPackData,
  times: Times,
  tables: PeriodTables,
): DocumentNode[] {
  if (rows.length === 0)
    return [
      note(`Of ${some(requests.length, "change request")} none is known to be approved by who asked for it.`),
    ];
  const alone = rows.filter(({ others }) => others === 0).length;
  return [
    table({
      caption: `Change requests approved by who asked for them (${count(rows.length)} of ${count(requests.length)}; ${count(alone)} by nobody else)`,
      columns: [
        { title: "Change request" },
        { title: "Type" },
        { title: "Asked for and approved by" },
        { title: "Others who approved", align: "right" },
      ],
      rows: rows.map((row) => [
        unitCell(link(row.change_request_id, row.url), row.service_title, times.minute(row.occurred_at)),
        row.type,
        row.requester,
        row.others === 0 ? { text: "0", strong: true, tone: "worse" as const } : count(row.others),
      ]),
      note: attachedAs(
        tables.of("self-approved"),
        "No control fails for it: SOD-01 and SOD-03 ask for an approval by somebody who neither wrote nor deployed the change.",
      ),
    }),
  ];
}

function decisionTable(
  { decisions, isFull }: PeriodPackData,
  times: Times,
  tables: PeriodTables,
): DocumentNode[] {
  if (decisions.length === 0)
    return [
      note(
        "No decision on a deployment of the period, or on a change request that one of them names, is among those collected. A source of deployment_approval or change_request_approval rows would bring them.",
      ),
    ];
  return [
    paragraph(
      `${some(decisions.length, "decision")} on deployments of the period and on the change requests that they name.`,
    ),
    ...longTable({
      rows: decisions,
      isOfNote: ({ is_of_note }) => is_of_note,
      isFull,
      caption: "Decisions",
      ofNote: "those that were no approval before the start",
      columns: [
        { title: "Deployment" },
        { title: "On" },
        { title: "Decision" },
        { title: "By" },
        { title: "When" },
        { title: "Justification" },
      ],
      cells: (row) => [
        row.deployment_id,
        `${row.kind} ${row.subject}${row.subject_type === null ? "" : `, ${row.subject_type}`}`,
        { text: row.decision ?? "not stated", tone: row.decision === "approved" ? "ink" : "worse" },
        row.role === null ? row.approver : `${row.approver} (${row.role})`,
        [
          `${times.minute(row.decided_at) ?? "–"}, `,
          { text: row.timing, tone: row.timing === "before the start" ? "ink" : "worse" },
        ],
        row.justification,
      ],
      attached: tables.of("decisions"),
    }),
  ];
}
