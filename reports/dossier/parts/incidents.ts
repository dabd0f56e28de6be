import { link, note, table, type DocumentNode } from "../../layout/nodes.ts";
import { unitCell } from "../../period/words.ts";
import { count, joined, restoredText } from "../../release/words.ts";
import type { Dossier } from "../data.ts";
import type { PartContext } from "./context.ts";

export function incidentPart({ deployments, incidents }: Dossier, { times }: PartContext): DocumentNode[] {
  const failed = deployments.filter(({ is_failure }) => is_failure);
  const outcome = failed.map((row) =>
    note(
      `${row.deployment_id} counts as a change failure: ${joined(row.failure_words) ?? "no reason stated"}${row.is_open ? "; service is not restored yet" : row.restored_at === null ? "" : `; users were served again ${times.minute(row.restored_at) ?? ""}`}.`,
    ),
  );
  if (incidents.length === 0) {
    const unknown = deployments.some((row) => row.outcome === null || row.outcome === "unknown");
    return [
      ...outcome,
      note(
        unknown
          ? "No incident is linked to it; no incident source covers all of it, so incidents may be missing."
          : "No incident is linked to it.",
      ),
    ];
  }
  return [
    ...outcome,
    table({
      caption: `Incidents that may be its effect (${count(incidents.length)})`,
      columns: [
        { title: "Incident" },
        { title: "Service restored" },
        { title: "Link" },
        { title: "Confidence", align: "right" },
        { title: "Reasons" },
      ],
      rows: incidents.map((row) => [
        unitCell(
          [link(row.native_id, row.url), row.title === null ? "" : `: ${row.title}`],
          row.severity,
          times.minute(row.started_at),
        ),
        restoredText(row, times),
        row.is_accepted
          ? { text: "counts", strong: true, tone: "worse" as const }
          : row.is_rejected
            ? `rejected by a person${row.verdict_reason === null ? "" : `: ${row.verdict_reason}`}`
            : "does not count",
        row.confidence.toFixed(2),
        row.words.join("; "),
      ]),
      note: "A link is evidence of association, not proof of cause.",
    }),
  ];
}
