import { link, note, paragraph, type Section, type Text } from "../../layout/nodes.ts";
import { joined, shortSha, some, type Times } from "../../release/words.ts";
import type { DeploymentRow, PeriodPackData } from "../data.ts";
import type { PeriodTables } from "../tables.ts";
import { longTable, unitCell } from "../words.ts";

/** The population: every attempt to put something into production. */
export function deploymentsSection(
  { deployments, isFull }: PeriodPackData,
  times: Times,
  tables: PeriodTables,
): Section {
  const title = "Deployment log";
  if (deployments.length === 0)
    return {
      id: "deployments",
      title,
      nodes: [
        note(
          "No production deployment of the period is known. A source of deployment rows, or release tags of a git repository, would bring it.",
        ),
      ],
    };
  return {
    id: "deployments",
    title,
    nodes: [
      paragraph(
        `${some(deployments.length, "attempt")} to put something into production began in the period, those that failed included. They are the population that samples are drawn from.`,
      ),
      ...longTable({
        rows: deployments,
        isOfNote: ({ is_of_note }) => is_of_note,
        isFull,
        caption: "Production deployments",
        ofNote: "those that did not succeed, failed afterwards, rolled back, or fail a control",
        columns: [
          { title: "Deployment" },
          { title: "Version or commit" },
          { title: "Change requests" },
          { title: "Risk" },
          { title: "By" },
          { title: "Result" },
          { title: "Fails" },
        ],
        cells: (row) => [
          unitCell(link(row.deployment_id, row.url), row.service_title, times.minute(row.occurred_at)),
          row.version ?? shortSha(row.sha),
          joined(row.requests) ?? "none",
          row.risk,
          row.deployer,
          result(row),
          fails(row),
        ],
        attached: tables.of("deployments"),
      }),
    ],
  };
}

function result({ status, is_failure, wave_kind }: DeploymentRow): Text {
  const word = (status ?? "not known").replaceAll("_", " ");
  const kind = wave_kind === null || wave_kind === "deployment" ? "" : `, ${wave_kind}`;
  return {
    text: `${word}${kind}${is_failure ? ", change failure" : ""}`,
    tone: is_failure || status !== "success" ? "worse" : "ink",
  };
}

function fails({ failed_controls, exempt_controls, unknown_controls }: DeploymentRow): Text {
  const parts = [
    joined(failed_controls),
    exempt_controls.length > 0 ? `exempt: ${exempt_controls.join(", ")}` : null,
    unknown_controls.length > 0 ? `unknown: ${unknown_controls.join(", ")}` : null,
  ].filter((part) => part !== null);
  return parts.length === 0
    ? "–"
    : { text: parts.join("\n"), tone: failed_controls.length > 0 ? "worse" : "ink" };
}
