import type { Retrospective } from "../../../src/site/retrospective-rows.ts";
import { causeText, incidentEnd } from "../../../src/site/words/retrospective-stories.ts";
import { note, ruled, table, type Section } from "../../layout/nodes.ts";
import { count, type Times } from "../../release/words.ts";

/** Incidents of the quarter and the deployments they came from. */
export function incidentsSection({ incidents }: Retrospective, times: Times): Section {
  const title = "Incidents, and the changes they came from";
  const total = incidents[0]?.total ?? 0;
  if (incidents.length === 0)
    return {
      id: "incidents",
      title,
      nodes: [note("No incident of these services, or from their deployments, is known in this quarter. Without a source of incidents none would be.")],
    };
  return {
    id: "incidents",
    title,
    nodes: [
      table({
        caption: `Incidents (${count(incidents.length)}${total > incidents.length ? ` of ${count(total)}` : ""})`,
        columns: [{ title: "Incident" }, { title: "Service" }, { title: "Began" }, { title: "Restored", align: "right" }, { title: "Came from" }],
        rows: incidents.map((row) => {
          const { before, after } = causeText(row);
          return [
            `${row.native_id} ${row.title ?? ""}`.trim(),
            `${row.service_title}${row.is_own ? "" : " (not this team's)"}`,
            times.minute(row.started_at),
            incidentEnd(row),
            `${before}${row.cause_name ?? ""}${after}`,
          ];
        }),
        note: "Of the team's services, and of others where one of the team's deployments is the accepted cause; those that took longest first.",
      }),
      ruled(3),
    ],
  };
}
