import { note, table, type DocumentNode } from "../../layout/nodes.ts";
import { statusText } from "../../period/words.ts";
import { count } from "../../release/words.ts";
import type { ControlRow, Dossier } from "../data.ts";
import type { PartContext } from "./context.ts";

export function controlPart({ controls }: Dossier, context: PartContext): DocumentNode[] {
  if (controls.length === 0) return [note("No control has it among its units.")];
  const judged = controls.filter(({ status }) => status !== "not_applicable");
  return [
    ...(judged.length === 0 ? [] : [controlTable(judged, context.control)]),
    ...notApplicable(controls, context.control),
  ];
}

function controlTable(rows: readonly ControlRow[], control: PartContext["control"]): DocumentNode {
  return table({
    caption: `Controls that apply, their status and the reason for it (${count(rows.length)})`,
    columns: [
      { title: "Control" },
      { title: "What it asks" },
      { title: "Of its" },
      { title: "Status" },
      { title: "Reason" },
    ],
    rows: rows.map((row) => [
      control(row.control),
      row.title,
      row.unit_kind.replaceAll("_", " "),
      statusText(row.status),
      row.exemptions.length === 0 ? row.reason : `${row.reason} (${row.exemptions.join(", ")})`,
    ]),
  });
}

/** Those with the same reason together. */
function notApplicable(controls: readonly ControlRow[], control: PartContext["control"]): DocumentNode[] {
  const rows = controls.filter(({ status }) => status === "not_applicable");
  if (rows.length === 0) return [];
  const why = Map.groupBy(rows, ({ reason, is_not_due }) => `${is_not_due ? "Not due yet: " : ""}${reason}`);
  return [
    table({
      caption: `Controls that do not apply, and why (${count(rows.length)})`,
      columns: [{ title: "Controls" }, { title: "Reason" }],
      rows: [...why].map(([reason, of]) => [
        of.flatMap((row, index) => [
          index === 0 ? "" : ", ",
          control(row.control),
          ` (${row.unit_kind.replaceAll("_", " ")})`,
        ]),
        reason,
      ]),
    }),
  ];
}
