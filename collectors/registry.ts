import { z } from "zod";
import { cronExpression } from "../src/config/scalars.ts";
import type { Collector } from "./contract.ts";
import { eventsConfig } from "./events/config.ts";
import { evidenceConfig } from "./evidence/config.ts";
import { filesConfig } from "./files/config.ts";
import { gitConfig } from "./git/config.ts";
import { githubConfig } from "./github/config.ts";
import { gitlabConfig } from "./gitlab/config.ts";
import { pagerdutyConfig } from "./pagerduty/config.ts";
import { jiraConfig } from "./jira/config.ts";
import { servicenowConfig } from "./servicenow/config.ts";

/**
 * Every collector. A new one is a folder copied from `_template/`, a line here and its schema below, with what every source takes. Its code
 * is loaded when a source is read: figures need none of it.
 */
const collectors = {
  events: async () => (await import("./events/index.ts")).events,
  evidence: async () => (await import("./evidence/index.ts")).evidence,
  files: async () => (await import("./files/index.ts")).files,
  git: async () => (await import("./git/index.ts")).git,
  github: async () => (await import("./github/index.ts")).github,
  gitlab: async () => (await import("./gitlab/index.ts")).gitlab,
  pagerduty: async () => (await import("./pagerduty/index.ts")).pagerduty,
  jira: async () => (await import("./jira/index.ts")).jira,
  servicenow: async () => (await import("./servicenow/index.ts")).servicenow,
} as const;

/** What every source takes, whatever reads it. */
const everySource = {
  schedule: cronExpression
    .optional()
    .describe("When `quarterdeck schedule` reads it: a cron expression; left out = `schedule.default`."),
};

export const sourceConfig = z.discriminatedUnion("collector", [
  eventsConfig.safeExtend(everySource),
  evidenceConfig.safeExtend(everySource),
  filesConfig.safeExtend(everySource),
  gitConfig.safeExtend(everySource),
  githubConfig.safeExtend(everySource),
  gitlabConfig.safeExtend(everySource),
  jiraConfig.safeExtend(everySource),
  pagerdutyConfig.safeExtend(everySource),
  servicenowConfig.safeExtend(everySource),
]);

export type SourceConfig = z.output<typeof sourceConfig>;

export const collectorOf = (source: SourceConfig): Promise<Collector> => collectors[source.collector]();
