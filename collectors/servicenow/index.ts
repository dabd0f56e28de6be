import type { Collector } from "../contract.ts";
import { type HttpEffects, realEffects } from "../http/effects.ts";
import { check } from "./check.ts";
import { servicenowConfig } from "./config.ts";
import { plan } from "./plan.ts";
import { Session } from "./session.ts";
import { tableStream } from "./streams/table.ts";
import { tablesOf } from "./tables.ts";

/** ServiceNow through its Table API. What the dashboard needs most comes first. */
export const servicenowWith = (effects: HttpEffects): Collector<typeof servicenowConfig> => ({
  name: "servicenow",
  configSchema: servicenowConfig,
  streams(config) {
    const session = new Session(config, effects);
    return tablesOf(config).map((table) => tableStream(session, table));
  },
  plan: (config, context, cursors) => plan(new Session(config, effects), context, cursors),
  check: (config) => check(new Session(config, effects)),
  origins: ({ url }) => [new URL(url).origin],
});

export const servicenow = servicenowWith(realEffects);
