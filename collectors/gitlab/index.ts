import type { Collector } from "../contract.ts";
import { type HttpEffects, realEffects } from "../http/effects.ts";
import { check } from "./check.ts";
import { gitlabConfig } from "./config.ts";
import { plan } from "./plan.ts";
import { Session } from "./session.ts";
import { branchStream } from "./streams/branch.ts";
import { commitStream } from "./streams/commit.ts";
import { deploymentStream } from "./streams/deployment.ts";
import { issueStream } from "./streams/issue.ts";
import { mergeRequestStream } from "./streams/merge-request.ts";
import { pipelineStream } from "./streams/pipeline.ts";
import { projectStream } from "./streams/project.ts";
import { environmentStream, releaseStream } from "./streams/snapshot.ts";

/** GitLab, on gitlab.com or an instance of one's own. What the dashboard needs most comes first. */
export const gitlabWith = (effects: HttpEffects): Collector<typeof gitlabConfig> => ({
  name: "gitlab",
  configSchema: gitlabConfig,
  streams(config) {
    const session = new Session(config, effects);
    return [
      projectStream(session),
      environmentStream(session),
      deploymentStream(session),
      branchStream(session),
      commitStream(session),
      mergeRequestStream(session),
      ...(config.pipelines === "none" ? [] : [pipelineStream(session)]),
      releaseStream(session),
      ...(config.issues === "none" ? [] : [issueStream(session)]),
    ];
  },
  plan: (config, context, cursors) => plan(new Session(config, effects), context, cursors),
  check: (config) => check(new Session(config, effects)),
  origins: ({ url }) => [new URL(url).origin],
});

export const gitlab = gitlabWith(realEffects);
