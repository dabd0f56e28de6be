import { germanLocal, isoUtc, MINUTE } from "../clock.ts";
import type { Deployment, Head, World } from "../records.ts";
import type { Service } from "../services.ts";
import { csv, ndjson, type Row, type TextFile, withLine } from "./text.ts";

const RESULTS: Readonly<Record<Deployment["status"], string>> = {
  success: "OK",
  failure: "KO",
  cancelled: "STOPPED",
  skipped: "SKIPPED",
};
const STAGES: Readonly<Record<string, string>> = {
  prod: "PRD",
  "prod-eu": "PRD-EU",
  "prod-us": "PRD-US",
  staging: "STG",
};

/** As a deployment tool of the bank's own would list its runs: own names, local time, no offset. */
export function deploymentsFile(world: World): TextFile {
  const rows = [...world.deployments, ...skippedRuns(world)].map(deploymentRow);
  return {
    name: "deployments.csv",
    text: withLine(withLine(withNoise(csv(rows, ";")), 1200, IMPOSSIBLE_DAY), 2400, UNKNOWN_RESULT),
  };
}

/** The commit, where the service records any. */
const shaOf = (service: Service, head: Head) =>
  service.hasCommits ? (head.pick?.sha ?? head.change.sha) : "";

function deploymentRow(deployment: Deployment): Row {
  const { service, head, run } = deployment;
  return {
    RUN: run.id,
    TRY: deployment.attempt,
    APPLICATION: service.code,
    STAGE: STAGES[deployment.environment] ?? deployment.environment,
    COMMIT: shaOf(service, head),
    VERSION: deployment.version ?? "",
    BEGIN: germanLocal(deployment.startedAt),
    END: germanLocal(deployment.finishedAt),
    RESULT: RESULTS[deployment.status],
    STARTED_BY: deployment.deployer.login,
    TAKES_BACK: deployment.rollbackOf?.run.id ?? "",
    TRAIN: deployment.train ?? "",
    BRANCH: deployment.branch,
    MARKS: deployment.labels.join("|"),
    PIPELINE_RUN: `P${run.id.slice(1)}`,
    CHANGE_NO: deployment.changeRequest?.id ?? "",
  };
}

/** Runs that had nothing to do: every hundredth deployment is preceded by one. */
export function skippedRuns(world: World): Deployment[] {
  return world.deployments
    .filter((_, index) => index % 100 === 50)
    .map((deployment, index) => ({
      ...deployment,
      run: { id: `R9${String(index + 1).padStart(5, "0")}` },
      attempt: 1,
      startedAt: deployment.startedAt - 40 * MINUTE,
      finishedAt: deployment.startedAt - 40 * MINUTE + 20,
      status: "skipped",
      rollbackOf: undefined,
    }));
}

/** An experiment that nobody told the catalogue of services about. */
function withNoise(text: string): string {
  return ["03.02.2026 11:15:00", "17.02.2026 15:42:10", "05.03.2026 10:02:33"].reduce(
    (lines, begin, index) =>
      withLine(
        lines,
        900 + index,
        `R80000${index + 1};1;CHATBOT;PRD;;0.${index + 1};${begin};${begin};OK;pqueiroz;;;main;;;`,
      ),
    text,
  );
}

const IMPOSSIBLE_DAY =
  "R800010;1;WEB;PRD;;;31.02.2025 10:00:00;31.02.2025 10:08:00;OK;svc-pipeline;;;main;;;";
const UNKNOWN_RESULT =
  "R800011;1;MOB;PRD;;;12.05.2025 14:00:00;12.05.2025 14:06:00;PERHAPS;svc-pipeline;;;main;;;";

/** The pipeline's own log, with times in milliseconds since 1970 as its database keeps them. */
export function pipelineRunsFile(world: World): TextFile {
  const rows = world.deployments.map(
    ({ run, attempt, service, head, startedAt, finishedAt, status, deployer, environment }) => ({
      runId: `P${run.id.slice(1)}`,
      attempt,
      pipeline: `deploy-${service.name}`,
      application: service.code,
      commit: shaOf(service, head) || null,
      event: deployer.isBot ? "push" : "manual",
      actor: deployer.login,
      target: environment,
      times: {
        queued: (startedAt - 30 - (attempt - 1) * 20) * 1000,
        started: startedAt * 1000,
        finished: finishedAt * 1000,
      },
      result: status.toUpperCase(),
    }),
  );
  return { name: "pipeline-runs.ndjson", text: ndjson(rows) };
}

export function releasesFile(world: World): TextFile {
  const rows = world.releases.map(
    ({ service, version, head, title, kind, train, plannedAt, publishedAt }) => ({
      service: service.name,
      version,
      tag: `${service.name}-${version}`,
      sha: shaOf(service, head),
      title,
      kind,
      train: train ?? "",
      planned_at: isoUtc(plannedAt),
      published_at: isoUtc(publishedAt),
    }),
  );
  return { name: "releases.csv", text: csv(rows) };
}
