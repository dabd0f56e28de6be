import { note, table, type DocumentNode } from "../../layout/nodes.ts";
import { count } from "../../release/words.ts";
import type { Dossier } from "../data.ts";
import type { PartContext } from "./context.ts";

export function validationPart({ evidence }: Dossier, { times }: PartContext): DocumentNode[] {
  if (evidence.length === 0)
    return [
      note(
        "No smoke test, health check, scan or other piece of evidence about it is among those collected, beside the test results above.",
      ),
    ];
  return [
    table({
      caption: `Evidence about it and what it deployed (${count(evidence.length)})`,
      columns: [
        { title: "Kind" },
        { title: "When" },
        { title: "By" },
        { title: "Outcome" },
        { title: "Record" },
      ],
      rows: evidence.map((row) => [
        (row.kind ?? "not stated").replaceAll("_", " "),
        `${times.minute(row.occurred_at) ?? "time not recorded"}, ${row.is_before ? "before" : "after"} the start`,
        row.actor,
        row.outcome,
        row.evidence_id,
      ]),
    }),
  ];
}
