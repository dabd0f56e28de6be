import { skippedRuns } from "../files/delivery.ts";
import type { Deployment, Head, World } from "../records.ts";
import type { Service } from "../services.ts";
import { isoUtc } from "../clock.ts";
import type { EventType, Happening } from "./event.ts";

const PIPELINE = "/acme/pipeline";

const shaOf = (service: Service, head: Head) =>
  service.hasCommits ? (head.pick?.sha ?? head.change.sha) : undefined;

/** A package URL that names the version and, where it is known, the commit. */
function packageUrl(service: Service, version: string | undefined, sha: string | undefined): string {
  const { name } = service;
  const at = version === undefined ? "" : `@${encodeURIComponent(version)}`;
  const from = sha === undefined ? "" : `?vcs_url=git%2Bhttps://code.example.com/${name}%40${sha}`;
  return `pkg:generic/${name}${at}${from}`;
}

/** Successes say what is live now; of what failed, only the pipeline tells. */
export function deploymentEvents(world: World): Happening[] {
  const known = new Set<string>();
  return [
    ...world.deployments.flatMap((deployment) => [
      ...runEvents(deployment),
      ...(deployment.status === "success" ? [liveEvent(deployment, known)] : []),
    ]),
    ...skippedRuns(world).map(skippedEvent),
    ...strayEvents(),
  ];
}

const stated = (deployment: Deployment) => ({
  id: deployment.run.id,
  attempt: deployment.attempt,
  environment: deployment.environment,
  sha: shaOf(deployment.service, deployment.head),
  version: deployment.version,
  started_at: isoUtc(deployment.startedAt),
  status: deployment.status,
  deployer: deployment.deployer.login,
  pipeline_run: runId(deployment),
  rollback_of: deployment.rollbackOf?.run.id,
  train: deployment.train,
  branch: deployment.branch,
  labels: deployment.labels,
  change_requests: deployment.changeRequest ? [deployment.changeRequest.id] : [],
});

const runId = ({ run }: Deployment) => `P${run.id.slice(1)}`;

function liveEvent(deployment: Deployment, known: Set<string>): Happening {
  const { service, environment, head, version, finishedAt, run, attempt, rollbackOf } = deployment;
  const place = `${service.name} ${environment}`;
  const isFirst = !known.has(place);
  known.add(place);
  const type: EventType = rollbackOf
    ? "service.rolledback"
    : isFirst
      ? "service.deployed"
      : "service.upgraded";
  // The commit and version stand in the package URL, the status in the type.
  const { sha: _, version: __, status: ___, environment: ____, ...columns } = stated(deployment);
  return {
    ...{ type, at: finishedAt, producer: PIPELINE, id: `${run.id}.${attempt}`, subject: service.code },
    content: {
      environment: { id: environment },
      artifactId: packageUrl(service, version, shaOf(service, head)),
    },
    customData: { quarterdeck: { deployment: columns } },
  };
}

const OUTCOMES = { success: "success", failure: "failure", cancelled: "cancel", skipped: "cancel" } as const;

function runEvents(deployment: Deployment): Happening[] {
  const { service, head, attempt, startedAt, finishedAt, status, deployer } = deployment;
  const subject = runId(deployment);
  const common = { producer: PIPELINE, id: `${subject}.${attempt}`, subject };
  const uri = `https://pipeline.example.com/runs/${subject}`;
  const content = { pipelineName: `deploy-${service.name}`, uri };
  const run = {
    attempt,
    sha: shaOf(service, head),
    trigger: deployer.isBot ? "push" : "manual",
    actor: deployer.login,
  };
  const customData = { application: service.code, quarterdeck: { pipeline_run: run } };
  const failed = status === "success" ? {} : { deployment: stated(deployment) };
  return [
    { type: "pipelinerun.queued", at: startedAt - 30 - (attempt - 1) * 20, ...common, content, customData },
    { type: "pipelinerun.started", at: startedAt, ...common, content, customData },
    {
      ...{ type: "pipelinerun.finished", at: finishedAt, ...common },
      content: { ...content, outcome: OUTCOMES[status] },
      customData: { ...customData, quarterdeck: { pipeline_run: run, ...failed } },
    },
  ];
}

function skippedEvent(deployment: Deployment): Happening {
  const { run, service, finishedAt } = deployment;
  return {
    ...{ type: "taskrun.finished", at: finishedAt, producer: PIPELINE, id: run.id, subject: `T${run.id}` },
    content: { taskName: "deploy", pipelineRun: { id: runId(deployment) }, outcome: "skipped" },
    customData: { application: service.code, quarterdeck: { deployment: stated(deployment) } },
  };
}

/** An experiment that nobody told the catalogue of services about. */
const strayEvents = (): Happening[] =>
  STRAY.map((at, index) => ({
    ...{ type: "service.deployed", at, producer: PIPELINE, id: `R80000${index + 1}`, subject: "CHATBOT" },
    content: { environment: { id: "prod" }, artifactId: `pkg:generic/chatbot@0.${index + 1}` },
    customData: {
      quarterdeck: { deployment: { id: `R80000${index + 1}`, deployer: "pqueiroz", branch: "main" } },
    },
  }));

const STRAY = ["2026-02-03T10:15:00Z", "2026-02-17T14:42:10Z", "2026-03-05T09:02:33Z"].map(
  (at) => Date.parse(at) / 1000,
);

/** An artifact whose publication is a release. */
export const releaseEvents = (world: World): Happening[] =>
  world.releases.map(({ service, version, head, title, kind, train, plannedAt, publishedAt }) => ({
    ...{ type: "artifact.published", at: publishedAt, producer: PIPELINE, id: `${service.name}@${version}` },
    subject: packageUrl(service, version, shaOf(service, head)),
    content: { user: "svc-pipeline" },
    customData: {
      application: service.code,
      quarterdeck: {
        release: { tag: `${service.name}-${version}`, title, kind, train, planned_at: isoUtc(plannedAt) },
      },
    },
  }));

export const testEvents = (world: World): Happening[] =>
  world.tests.map(({ id, service, head, suite, kind, total, failed, skipped, coverage, finishedAt }) => ({
    ...{ type: "testsuiterun.finished", at: finishedAt, producer: "/acme/tests", id, subject: id },
    content: {
      environment: { id: "build" },
      testSuite: { id: suite, name: suite },
      outcome: failed > 0 ? "failure" : "success",
    },
    customData: {
      application: service.code,
      quarterdeck: {
        test_result: {
          ...{ repository: head.change.repository.name, sha: head.pick?.sha ?? head.change.sha },
          ...{ kind, total, failed, skipped, coverage },
        },
      },
    },
  }));
