import type { Collector } from "../contract.ts";
import { check } from "./check.ts";
import { evidenceConfig } from "./config.ts";
import { documents, planOf } from "./stream.ts";

/** Reads what pipelines drop and what stands under version control, in the standard formats. */
export const evidence = {
  name: "evidence",
  configSchema: evidenceConfig,
  streams: () => [documents],
  plan: planOf,
  check,
} satisfies Collector<typeof evidenceConfig>;
