import { link, note, paragraph, type Section, type Text } from "../../layout/nodes.ts";
import { count, restoredText, some, type Times } from "../../release/words.ts";
import type { IncidentRow, PeriodPackData } from "../data.ts";
import type { PeriodTables } from "../tables.ts";
import { longTable, unitCell } from "../words.ts";

/** Incidents, and the deployments that they may come from. */
export function incidentsSection(
  { incidents, isFull }: PeriodPackData,
  times: Times,
  tables: PeriodTables,
): Section {
  const title = "Incident correlation";
  if (incidents.length === 0) {
    return {
      id: "incidents",
      title,
      nodes: [
        note(
          "No incident of the period is among those collected. A source of incident rows would bring them; that none is listed does not say that there were none.",
        ),
      ],
    };
  }
  const distinct = new Set(incidents.map(({ incident_id }) => incident_id)).size;
  const linked = new Set(
    incidents.filter(({ is_accepted }) => is_accepted).map(({ incident_id }) => incident_id),
  ).size;
  return {
    id: "incidents",
    title,
    nodes: [
      paragraph(
        `${some(distinct, "incident")} began in the period or ${distinct === 1 ? "is" : "are"} linked to a deployment of it. ${count(linked)} ${linked === 1 ? "is" : "are"} linked to a deployment as its effect. A link is evidence of association, not proof of cause.`,
      ),
      ...longTable({
        rows: incidents,
        isOfNote: ({ is_accepted }) => is_accepted,
        isFull,
        caption: "Incidents and the deployments that they are linked to",
        ofNote: "links that count",
        columns: [
          { title: "Incident" },
          { title: "Service restored" },
          { title: "Deployment" },
          { title: "Confidence", align: "right" },
          { title: "Reasons" },
        ],
        cells: (row) => [
          unitCell(
            [link(row.native_id, row.url), row.title === null ? "" : `: ${row.title}`],
            row.severity,
            times.minute(row.started_at),
          ),
          restoredText(row, times),
          row.wave_id === null
            ? "none known"
            : `${row.deployment_id ?? row.wave_id}${row.deployment_id === null ? "\n(not of the period)" : ""}`,
          row.confidence === null ? null : row.confidence.toFixed(2),
          reasons(row),
        ],
        attached: tables.of("incidents"),
      }),
    ],
  };
}

function reasons({ words, is_rejected, verdict_reason, wave_id }: IncidentRow): Text {
  if (wave_id === null) return { text: "no deployment comes into question", tone: "muted" };
  const rejected = is_rejected
    ? [`Rejected by a person${verdict_reason === null ? "" : `: ${verdict_reason}`}`]
    : [];
  return [...words, ...rejected].join("; ");
}
