import { keyValues, link, note, type DocumentNode, type Text } from "../../layout/nodes.ts";
import { joined, type Times } from "../../release/words.ts";
import type { DeploymentRow, Dossier } from "../data.ts";
import type { PartContext } from "./context.ts";

export function deploymentPart({ deployments }: Dossier, { times }: PartContext): DocumentNode[] {
  if (deployments.length === 0) return [note("No production deployment is known that goes by it.")];
  return deployments.map((row) => keyValues(deploymentRows(row, times)));
}

function deploymentRows(row: DeploymentRow, times: Times): (readonly [string, Text])[] {
  const given = (key: string, value: string | null): (readonly [string, Text])[] =>
    value === null ? [] : [[key, value]];
  return [
    [
      "Deployment",
      [
        link(row.deployment_id, row.url),
        ` of ${row.service_title ?? row.service ?? "an unknown service"} to ${row.environment ?? "production"}`,
      ],
    ],
    [
      "Delivered",
      [
        row.version === null ? "" : `version ${row.version}, `,
        `commit ${row.sha ?? "not recorded"}${row.branch === null ? "" : `, branch ${row.branch}`}`,
      ],
    ],
    [
      "Time",
      `began ${times.minute(row.occurred_at) ?? "–"}, live ${times.minute(row.live_at) ?? "never"}, ended ${times.minute(row.finished_at) ?? "not recorded"}`,
    ],
    ["By", triggerWords(row)],
    ["Result", { text: resultWords(row), tone: row.status === "success" ? "ink" : "worse" }],
    ...given("Release train", row.train),
    ...given("Labels", joined(row.labels)),
    ...given("Owned by", joined(row.teams)),
  ];
}

const triggerWords = ({ deployer, pipeline_run, workflow, trigger, triggered_by }: DeploymentRow): string =>
  [
    `${deployer}; pipeline run ${pipeline_run ?? "not recorded"}`,
    ...(workflow === null ? [] : [`workflow ${workflow}`]),
    ...(trigger === null ? [] : [`trigger ${trigger} (${triggered_by})`]),
  ].join(", ");

function resultWords({ status, wave_kind }: DeploymentRow): string {
  const word = (status ?? "not known").replaceAll("_", " ");
  return wave_kind === null || wave_kind === "deployment" ? word : `${word}, ${wave_kind}`;
}
