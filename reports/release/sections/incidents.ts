import { link, note, paragraph, table, type Section, type Text } from "../../layout/nodes.ts";
import type { IncidentRow, ReleasePackData, SummaryRow } from "../data.ts";
import { count, restoredText, some, type Times } from "../words.ts";

/** Incidents that may be an effect of the release, each with the reasons for thinking so. */
export function incidentsSection({ incidents, summary }: ReleasePackData, times: Times): Section {
  const title = "Incidents";
  if (incidents.length === 0) return { id: "incidents", title, nodes: [note(nothing(summary))] };
  const accepted = some(summary.accepted_incidents, "incident is", "incidents are");
  return {
    id: "incidents",
    title,
    nodes: [
      paragraph(
        `${accepted} linked to this release as its effect; other candidates are shown because a reader may know better. A link is evidence of association, not proof of cause.`,
      ),
      table({
        caption: `Incidents and how they are linked (${count(incidents.length)})`,
        columns: [
          { title: "Incident" },
          { title: "Severity" },
          { title: "Began" },
          { title: "Service restored" },
          { title: "Confidence", align: "right" },
          { title: "Link" },
          { title: "Reasons" },
        ],
        rows: incidents.map((incident) => [
          name(incident),
          incident.severity,
          times.minute(incident.started_at),
          restoredText(incident, times),
          incident.confidence.toFixed(2),
          linkWords(incident),
          incident.words.join("\n"),
        ]),
        note: "Attached as incidents.csv.",
      }),
    ],
  };
}

function nothing({ has_incidents, waves, waves_with_incident_source }: SummaryRow): string {
  if (!has_incidents)
    return "No incidents were collected: a source of incident rows would bring them. That none is listed does not say that there were none.";
  if (waves === 0)
    return "No production deployment of this release is known, so no incident can be linked to it.";
  if (waves_with_incident_source < waves)
    return `No incident is linked to this release, but no incident source covers ${count(waves - waves_with_incident_source)} of its ${some(waves, "production deployment")}: incidents may be missing.`;
  return "No incident among those collected is linked to this release.";
}

function name({ native_id, title, incident_service, url }: IncidentRow): Text {
  return [
    link(native_id, url),
    `${title === null ? "" : ` ${title}`}${incident_service === null ? "" : ` (${incident_service})`}`,
  ];
}

function linkWords({ class: strength, is_accepted, is_rejected }: IncidentRow): Text {
  if (is_rejected) return { text: "rejected, not counted", tone: "muted" };
  return {
    text: is_accepted ? `${strength}, counted` : `${strength}, not counted`,
    tone: is_accepted ? "worse" : "muted",
  };
}
