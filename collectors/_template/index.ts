import type { Collector } from "../contract.ts";
import { check } from "./check.ts";
import { exampleConfig } from "./config.ts";
import { deployments } from "./streams/deployments.ts";

/** A collector to copy: one stream of a made-up deployment service. */
export const example = {
  name: "example",
  configSchema: exampleConfig,
  streams: () => [deployments],
  plan: ({ url }) => Promise.resolve([`deployments of ${url}`]),
  check,
  origins: ({ url }) => [new URL(url).origin],
} satisfies Collector<typeof exampleConfig>;
