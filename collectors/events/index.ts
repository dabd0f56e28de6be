import type { Collector } from "../contract.ts";
import { check } from "./check.ts";
import { eventsConfig } from "./config.ts";
import { eventStream, planOf } from "./stream.ts";

/** Reads CDEvents, bare or in CloudEvents envelopes, from files. */
export const events = {
  name: "events",
  configSchema: eventsConfig,
  streams: () => [eventStream],
  plan: planOf,
  check,
} satisfies Collector<typeof eventsConfig>;
