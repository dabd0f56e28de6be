import { note, table, type DocumentNode, type Text } from "../../layout/nodes.ts";
import { count, type Times } from "../../release/words.ts";
import type { DecisionRow, Dossier } from "../data.ts";
import type { PartContext } from "./context.ts";

export function approvalPart({ decisions }: Dossier, { times }: PartContext): DocumentNode[] {
  if (decisions.length === 0) return [note("No decision on it is among those collected.")];
  return [
    table({
      caption: `Decisions (${count(decisions.length)})`,
      columns: [
        { title: "On" },
        { title: "Decision" },
        { title: "By" },
        { title: "When" },
        { title: "Justification" },
      ],
      rows: decisions.map((row) => [
        `${row.kind} ${row.subject}`,
        decision(row, times),
        row.role === null ? row.approver : `${row.approver} (${row.role})`,
        when(row, times),
        row.justification,
      ]),
    }),
  ];
}

function decision({ decision: word, withdrawn_at }: DecisionRow, times: Times): Text {
  const withdrawn = withdrawn_at === null ? "" : `, taken back ${times.minute(withdrawn_at) ?? ""}`;
  return {
    text: `${word ?? "not stated"}${withdrawn}`,
    tone: word === "approved" && withdrawn_at === null ? "ink" : "worse",
  };
}

function when({ decided_at, is_derived, timing }: DecisionRow, times: Times): Text {
  return [
    `${times.minute(decided_at) ?? "–"}${is_derived ? ", derived from other events" : ""}, `,
    { text: timing, tone: timing === "before the start" ? "ink" : "worse" },
  ];
}
