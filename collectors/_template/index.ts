import type { Collector } from "../contract.ts";
import { type HttpEffects, realEffects } from "../http/effects.ts";
import { check } from "./check.ts";
import { clientOf } from "./client.ts";
import { exampleConfig } from "./config.ts";
import { deploymentStream } from "./streams/deployments.ts";

/** A collector to copy: one stream of a made-up deployment service. Tests hand in effects that do not wait. */
export const exampleWith = (effects: HttpEffects): Collector<typeof exampleConfig> => ({
  name: "example",
  configSchema: exampleConfig,
  // One client for all streams of a run.
  streams: (config) => [deploymentStream(clientOf(config, effects))],
  plan: ({ url }) => Promise.resolve([`deployments of ${url}`]),
  check,
  origins: ({ url }) => [new URL(url).origin],
});

export const example = exampleWith(realEffects);
