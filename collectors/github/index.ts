import type { Collector } from "../contract.ts";
import { type HttpEffects, realEffects } from "../http/effects.ts";
import { check } from "./check.ts";
import { githubConfig } from "./config.ts";
import { metered } from "./metered.ts";
import { plan } from "./plan.ts";
import { Session } from "./session.ts";
import { commitStream } from "./streams/commit.ts";
import { deployment } from "./streams/deployment.ts";
import { environmentStream } from "./streams/environment.ts";
import { issue } from "./streams/issue.ts";
import { pullRequest } from "./streams/pull-request.ts";
import { refStream } from "./streams/ref.ts";
import { RefLister } from "./streams/refs.ts";
import { releaseStream } from "./streams/release.ts";
import { repositoryStream } from "./streams/repository.ts";
import { walkStream } from "./streams/walk.ts";

/** github.com and Enterprise Servers. What the dashboard needs most comes first. */
export const githubWith = (effects: HttpEffects): Collector<typeof githubConfig> => ({
  name: "github",
  configSchema: githubConfig,
  streams(config) {
    const session = new Session(config, effects);
    const lister = new RefLister(session);
    return [
      repositoryStream(session),
      environmentStream(session),
      walkStream(session, deployment),
      walkStream(session, pullRequest),
      walkStream(session, issue),
      releaseStream(session),
      refStream(session, lister),
      commitStream(session, lister),
    ].map((stream) => metered(session, stream));
  },
  plan: (config, context) => plan(new Session(config, effects), context),
  bounded: (config, points) => ({ ...config, max_points: points }),
  check: (config) => check(new Session(config, effects)),
  origins: ({ url }) => [new URL(url).origin],
});

export const github = githubWith(realEffects);
