import type { Collector } from "../contract.ts";
import { check } from "./check.ts";
import { gitConfig } from "./config.ts";
import { plan } from "./plan.ts";
import { commit } from "./streams/commit.ts";
import { ref } from "./streams/ref.ts";

/**
 * Local clones, bare repositories and bundles: commits, main line and tags. References come first: commits
 * that appear in between are one run early, never missing.
 */
export const git: Collector<typeof gitConfig> = {
  name: "git",
  configSchema: gitConfig,
  streams: () => [ref, commit],
  plan,
  check,
};
