import {
  heading,
  link,
  note,
  paragraph,
  table,
  type DocumentNode,
  type Section,
  type Text,
} from "../../layout/nodes.ts";
import type { DeploymentRow, ReleasePackData, WaveRow } from "../data.ts";
import { count, joined, seconds, shortSha, some, type Times } from "../words.ts";

/** Every attempt in every environment, and what became of those that went live in production. */
export function deploymentsSection({ deployments, waves }: ReleasePackData, times: Times): Section {
  const title = "Deployment log";
  if (deployments.length === 0) {
    return {
      id: "deployments",
      title,
      nodes: [
        note(
          "No deployment of this release is known. A source of deployment rows, or release tags of a git repository, would bring it.",
        ),
      ],
    };
  }
  return {
    id: "deployments",
    title,
    nodes: [
      paragraph(`${some(deployments.length, "attempt")} in all environments, those that failed included.`),
      table({
        caption: `Deployment attempts (${count(deployments.length)})`,
        columns: [
          { title: "Deployment" },
          { title: "Environment" },
          { title: "Commit" },
          { title: "Started" },
          { title: "Finished" },
          { title: "Took", align: "right" },
          { title: "By" },
          { title: "Result" },
        ],
        rows: deployments.map((deployment) => [
          name(deployment),
          deployment.environment,
          shortSha(deployment.sha),
          times.minute(deployment.started_at),
          times.minute(deployment.finished_at),
          seconds(deployment.duration_seconds),
          deployment.deployer,
          result(deployment),
        ]),
        note: "Attached as deployments.csv.",
      }),
      ...outcomes(waves, times),
    ],
  };
}

function name({ native_id, attempt, url }: DeploymentRow): Text {
  return attempt > 1 ? [link(native_id, url), ` attempt ${attempt}`] : link(native_id, url);
}

function result({ status, wave_kind, excluded_reason }: DeploymentRow): Text {
  const kind = wave_kind === null || wave_kind === "deployment" ? "" : `, ${wave_kind}`;
  const excluded = excluded_reason === null ? "" : ` (left out of figures: ${excluded_reason})`;
  return {
    text: `${status.replace("_", " ")}${kind}${excluded}`,
    tone: status === "failure" || status === "cancelled" ? "worse" : "ink",
  };
}

function outcomes(waves: readonly WaveRow[], times: Times): DocumentNode[] {
  if (waves.length === 0) return [note("No attempt went live in production.")];
  return [
    heading(3, "What became of the production deployments", "deployments.outcomes"),
    table({
      caption: `Production deployments, copies of one environment counted once (${count(waves.length)})`,
      columns: [
        { title: "Deployment" },
        { title: "Live" },
        { title: "Kind" },
        { title: "Outcome" },
        { title: "Reasons" },
        { title: "Restored" },
        { title: "After", align: "right" },
      ],
      rows: waves.map((wave) => [
        wave.wave_id,
        times.minute(wave.live_at),
        wave.kind,
        outcome(wave),
        joined([...(wave.failure_words ?? []), ...(wave.rework_words ?? [])]),
        wave.is_open ? "not yet" : times.minute(wave.restored_at),
        seconds(wave.recovery_seconds),
      ]),
      note: "Pending: still within the observation window. Unknown: no incident source covers the service at that time. Attached as waves.csv.",
    }),
  ];
}

function outcome({ outcome: word, is_failure, is_rework }: WaveRow): Text {
  const failure = is_failure ? "change failure" : word === "known" ? "no failure known" : (word ?? "unknown");
  const pending = is_failure && word === "pending" ? ", still pending" : "";
  return { text: `${failure}${pending}${is_rework ? ", rework" : ""}`, tone: is_failure ? "worse" : "ink" };
}
