import type { Check, CheckContext, Collector, Stream } from "../contract.ts";
import { type HttpEffects, realEffects } from "../http/effects.ts";
import { check } from "./check.ts";
import { type GitHubConfig, githubConfig, isPolled } from "./config.ts";
import { metered } from "./metered.ts";
import { plan } from "./plan.ts";
import { Session } from "./session.ts";
import { commitStream } from "./streams/commit.ts";
import { deployment } from "./streams/deployment.ts";
import { checkRunStream } from "./streams/check-run.ts";
import { branchProtection } from "./streams/branch-protection.ts";
import { deploymentApprovalStream } from "./streams/deployment-approval.ts";
import { environment } from "./streams/environment.ts";
import { issue } from "./streams/issue.ts";
import { pullRequest } from "./streams/pull-request.ts";
import { refStream } from "./streams/ref.ts";
import { RefLister } from "./streams/refs.ts";
import { releaseStream } from "./streams/release.ts";
import { repositoryStream } from "./streams/repository.ts";
import { ruleSuiteStream } from "./streams/rule-suite.ts";
import { rulesetStream } from "./streams/ruleset.ts";
import { snapshotStream } from "./streams/snapshot.ts";
import { walkStream } from "./streams/walk.ts";
import { workflowJobStream } from "./streams/workflow-job.ts";
import { workflowRunStream } from "./streams/workflow-run.ts";
import { checkDeliveries } from "./webhooks/check.ts";
import { deliveryStream, planOf } from "./webhooks/stream.ts";

/** github.com and Enterprise Servers. What the dashboard needs most comes first. */
export const githubWith = (effects: HttpEffects): Collector<typeof githubConfig> => ({
  name: "github",
  configSchema: githubConfig,
  streams: (config) => [
    ...(config.deliveries ? [deliveryStream(config.deliveries)] : []),
    ...(isPolled(config) ? polled(new Session(config, effects)) : []),
  ],
  async plan(config, context) {
    const asked = isPolled(config) ? await plan(new Session(config, effects), context) : [];
    return [...asked, ...(config.deliveries ? await planOf(config.deliveries, context) : [])];
  },
  bounded: (config, points) => ({ ...config, max_points: points }),
  check: (config, context) => checks(config, context, effects),
  origins: (config) => (isPolled(config) ? [new URL(config.url).origin] : []),
});

function polled(session: Session): Stream<GitHubConfig>[] {
  const { checks, rules, pipelines } = session.config;
  const lister = new RefLister(session);
  return [
    repositoryStream(session),
    snapshotStream(session, environment),
    walkStream(session, deployment),
    deploymentApprovalStream(session),
    walkStream(session, pullRequest),
    walkStream(session, issue),
    releaseStream(session),
    refStream(session, lister),
    commitStream(session, lister),
    ...(rules ? [rulesetStream(session), snapshotStream(session, branchProtection), ruleSuiteStream(session)] : []),
    ...(pipelines.runs ? [workflowRunStream(session), workflowJobStream(session)] : []),
    ...(checks === "none" ? [] : [checkRunStream(session)]),
  ].map((stream) => metered(session, stream));
}

async function* checks(config: GitHubConfig, context: CheckContext, effects: HttpEffects): AsyncGenerator<Check> {
  if (isPolled(config)) yield* check(new Session(config, effects));
  if (config.deliveries) yield* checkDeliveries(config.deliveries, context);
}

export const github = githubWith(realEffects);
