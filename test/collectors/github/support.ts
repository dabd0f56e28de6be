import { type GitHubConfig, githubConfig } from "../../../collectors/github/config.ts";
import { githubWith } from "../../../collectors/github/index.ts";
import { secretsIn } from "../../../src/config/secret.ts";
import { DEMO_TOKEN, startFakeGitHub } from "../../fakes/github/index.ts";
import { organization } from "../../fakes/github/world/repositories.ts";
import { begun } from "../../fakes/github/world/scenarios.ts";
import { World } from "../../fakes/github/world/world.ts";
import { benchOf } from "../bench.ts";

export const { serve, configured, bench } = benchOf({
  name: "github",
  start: startFakeGitHub,
  collectorWith: githubWith,
  env: { GITHUB_TOKEN: DEMO_TOKEN.token },
  source: (url, options = { organisations: ["acme"] }) => ({
    collector: "github",
    url,
    token: "${GITHUB_TOKEN}",
    ...options,
  }),
  company:
    "services:\n  one: { repository: acme/service1 }\nenvironments:\n  production: { kind: production }\n",
});

/** A source's own part of a configuration, with what the environment holds. */
export function configOf(url: string, options: object, environment: Record<string, string>): GitHubConfig {
  const config = githubConfig.parse({ collector: "github", url, organisations: ["acme"], ...options });
  for (const secret of secretsIn(config)) secret.resolve(environment);
  return config;
}

/** One repository with one commit. */
export function tiny(): World {
  const world = new World("2026-01-05T08:00:00Z");
  organization(world, "acme");
  begun(world, "acme/service1");
  return world;
}
