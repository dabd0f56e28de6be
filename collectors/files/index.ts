import type { Collector } from "../contract.ts";
import { check } from "./check.ts";
import { filesConfig } from "./config.ts";
import { entitiesOf, planOf } from "./plan.ts";
import { entityStream } from "./stream.ts";

/** Reads CSV, JSON, NDJSON, Parquet and YAML files as any entity of the domain. */
export const files = {
  name: "files",
  configSchema: filesConfig,
  streams: (config) => entitiesOf(config).map(entityStream),
  plan: planOf,
  check,
} satisfies Collector<typeof filesConfig>;
