import type { Collector } from "../contract.ts";
import { type HttpEffects, realEffects } from "../http/effects.ts";
import { check } from "./check.ts";
import { pagerdutyConfig } from "./config.ts";
import { plan } from "./plan.ts";
import { Session } from "./session.ts";
import { incidentStream } from "./streams/incident.ts";
import { priorityStream, serviceStream } from "./streams/snapshot.ts";
import { changeEventStream, logEntryStream } from "./streams/timed.ts";

/** PagerDuty, in any of its service regions. What the dashboard needs most comes first. */
export const pagerdutyWith = (effects: HttpEffects): Collector<typeof pagerdutyConfig> => ({
  name: "pagerduty",
  configSchema: pagerdutyConfig,
  streams(config) {
    const session = new Session(config, effects);
    return [
      serviceStream(session),
      priorityStream(session),
      incidentStream(session),
      logEntryStream(session),
      ...(config.change_events === "ignore" ? [] : [changeEventStream(session)]),
    ];
  },
  plan: (config, context, cursors) => plan(new Session(config, effects), context, cursors),
  check: (config) => check(new Session(config, effects)),
  origins: ({ url }) => [new URL(url).origin],
});

export const pagerduty = pagerdutyWith(realEffects);
