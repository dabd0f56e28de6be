import type { Collector } from "../contract.ts";
import { realEffects } from "../http/effects.ts";
import { check } from "./check.ts";
import type { JiraEffects } from "./client/jira.ts";
import { jiraConfig } from "./config.ts";
import { plan } from "./plan.ts";
import { Session } from "./session.ts";
import { approval } from "./streams/approval.ts";
import { fieldStream, siteStream } from "./streams/field.ts";
import { issue } from "./streams/issue.ts";
import { walkStream } from "./streams/walk.ts";

/** Jira Cloud with Service Management, and Data Center. */
export const jiraWith = (effects: JiraEffects): Collector<typeof jiraConfig> => ({
  name: "jira",
  configSchema: jiraConfig,
  streams(config) {
    const session = new Session(config, effects);
    return [
      siteStream(session),
      fieldStream(session),
      walkStream(session, issue),
      walkStream(session, approval),
    ];
  },
  plan: (config, context) => plan(new Session(config, effects), context),
  check: (config) => check(new Session(config, effects)),
  origins: ({ url }) => [new URL(url).origin],
});

export const jira = jiraWith(realEffects);
